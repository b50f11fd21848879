import type { MockLink } from '@apollo/client/testing';
import { fireEvent, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildSprintReport } from '../../../test/build-sprint-report.ts';
import { ALWAYS, openReport, reportProject, sprintReport } from '../../../test/open-report.tsx';
import { ReportProjectDocument, SprintReportDocument } from './flow.generated.ts';

describe('a report', () => {
  it('is of a past moment by its address, which is written as clocks of the project show it', async () => {
    const asked: unknown[] = [];
    const { user, address } = await openReport('burndown', [reportProject(), sprintReport(asked)], '?asOf=2026-11-06T13:00Z');
    await screen.findByRole('heading', { name: 'Burndown of Sprint 1' });
    expect(asked[0]).toMatchObject({ asOf: '2026-11-06T13:00Z' });
    const field = screen.getByLabelText('As of (Europe/Berlin)') as HTMLInputElement;
    expect(field.value).toBe('2026-11-06T14:00');
    fireEvent.change(field, { target: { value: '2026-11-05T12:00' } });
    fireEvent.blur(field);
    await waitFor(() => expect(decodeURIComponent(address())).toContain('asOf=2026-11-05T11:00Z'));
    await user.click(screen.getByRole('button', { name: 'Back to now' }));
    await waitFor(() => expect(address()).not.toContain('asOf'));
  });

  it('takes no moment that is still to come', async () => {
    const { address } = await openReport('burndown', [reportProject(), sprintReport([])]);
    const field = await screen.findByLabelText('As of (Europe/Berlin)');
    fireEvent.change(field, { target: { value: '2999-01-01T00:00' } });
    fireEvent.blur(field);
    expect(await screen.findByText('This is still to come.')).toBeTruthy();
    expect(address()).not.toContain('asOf');
  });

  it('says what is still to be taken in, and asks again until it is there', async () => {
    let told = 0;
    const late: MockLink.MockedResponse = {
      request: { query: SprintReportDocument, variables: () => true },
      result: () => ({ data: { sprintReport: buildSprintReport({ behind: told++ === 0 ? 3 : 0 }) } }),
      ...ALWAYS,
    };
    await openReport('burndown', [reportProject(), late]);
    expect(await screen.findByText('3 entries of the log are still to be taken in: the numbers follow.')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText(/still to be taken in/)).toBeNull(), { timeout: 5_000 });
  });

  it('says what failed, in its place', async () => {
    const failed = {
      request: { query: SprintReportDocument, variables: () => true },
      result: { errors: [new GraphQLError('x', { extensions: { code: 'QUERY_TOO_SLOW' } })] },
    };
    await openReport('burndown', [reportProject(), failed]);
    expect(await screen.findByRole('alert')).toBeTruthy();
  });

  it.each([
    ['nonsense', reportProject()],
    ['burndown', { request: { query: ReportProjectDocument, variables: { key: 'ATL' } }, result: { data: { project: null } } }],
  ])('is not there by a name or a project that is not known: %s', async (name, mock) => {
    await openReport(name, [mock]);
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});
