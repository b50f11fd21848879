import { screen, waitFor, within } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { SettingsPage } from './SettingsPage.tsx';
import { EndOtherSessionsDocument, EndSessionDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';

type Session = SettingsQuery['viewer']['sessions'][number];

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
const session = (number: number, overrides: Partial<Session> = {}): Session => ({
  __typename: 'Session',
  id: `session-${number}`,
  userAgent: FIREFOX,
  address: `192.0.2.${number}`,
  createdAt: '2026-11-01T08:00:00Z',
  lastSeenAt: '2026-11-20T08:00:00Z',
  current: number === 1,
  ...overrides,
});
const settings = (numbers: number[]) => ({
  request: { query: SettingsDocument },
  result: {
    data: {
      viewer: {
        __typename: 'Viewer' as const,
        user: { __typename: 'User' as const, id: 'user-1', name: 'Wei Chen', email: 'wei@example.com', orgRole: 'ADMIN' as const, version: 1, memberships: [] },
        sessions: numbers.map((number) => session(number)),
        accessTokens: [],
      },
    },
  },
});
const table = async () => within(await screen.findByRole('table', { name: 'Sessions' }));

describe('sessions', () => {
  it('are a few until more are asked for, with the one that asks marked and without an end of its own', async () => {
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([1, 2, 3, 4, 5, 6, 7])] });
    const rows = await table();
    expect(rows.getAllByRole('row')).toHaveLength(1 + 4);
    const here = rows.getByRole('row', { name: /This one/ });
    expect(within(here).queryByRole('button')).toBeNull();
    expect(here.textContent).toContain('192.0.2.1');
    await user.click(screen.getByRole('button', { name: 'Show 3 more' }));
    expect(rows.getAllByRole('row')).toHaveLength(1 + 7);
    await user.click(screen.getByRole('button', { name: 'Show fewer' }));
    expect(rows.getAllByRole('row')).toHaveLength(1 + 4);
  });

  it('are ended one by one', async () => {
    const ended = { request: { query: EndSessionDocument, variables: { id: 'session-2' } }, result: { data: { endSession: true } } };
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([1, 2]), ended, settings([1])] });
    const rows = await table();
    await user.click(within(rows.getByRole('row', { name: /192\.0\.2\.2/ })).getByRole('button', { name: /^Sign out Firefox/ }));
    await waitFor(() => expect(rows.queryByRole('row', { name: /192\.0\.2\.2/ })).toBeNull());
    expect(rows.getAllByRole('row')).toHaveLength(1 + 1);
    // Nobody else is signed in: there are no others to end.
    expect(screen.queryByRole('button', { name: 'Sign out the others' })).toBeNull();
  });

  it('are ended but this one, after a question', async () => {
    const ended = { request: { query: EndOtherSessionsDocument }, result: { data: { endOtherSessions: true } } };
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([1, 2, 3]), ended, settings([1])] });
    const rows = await table();
    await user.click(screen.getByRole('button', { name: 'Sign out the others' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('but this one');
    await user.click(within(dialog).getByRole('button', { name: 'Sign out the others' }));
    await waitFor(() => expect(rows.getAllByRole('row')).toHaveLength(1 + 1));
  });
});
