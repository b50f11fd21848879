import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildColumn, buildSettings, heard, loads, openSettings, type SettingsColumn } from '../../../test/open-settings.tsx';
import {
  AddColumnDocument,
  ColumnPolicyDocument,
  ConfigureColumnDocument,
  ProjectSettingsDocument,
  RemoveColumnDocument,
  UpdateProjectDocument,
} from './project-settings.generated.ts';

const configures = (id: string, input: object, result: SettingsColumn) => ({
  request: { query: ConfigureColumnDocument, variables: { id, version: 1, input } },
  result: { data: { updateColumn: result } },
});
const order = (): string[] =>
  within(screen.getByRole('table', { name: 'Columns of Board' }))
    .getAllByRole<HTMLInputElement>('textbox', { name: /^Name of/ })
    .map((field) => field.value);

describe('the settings of a project', () => {
  it('send a limit when its field is left, and let the policy be chosen then', async () => {
    const limited = buildColumn('Review', { wipLimit: 3, version: 2 });
    const { user } = await openSettings({
      mocks: [loads(buildSettings([buildColumn('Review')])), configures('Review', { wipLimit: 3 }, limited), loads(buildSettings([limited]))],
    });
    const policy = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Over the limit of Review' });
    expect(policy.disabled).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'WIP limit of Review' }), '3');
    await user.tab();
    await waitFor(() => expect(policy.disabled).toBe(false));
  });

  it('move a column by naming its neighbour', async () => {
    const mocks = [
      loads(buildSettings([buildColumn('Ideas'), buildColumn('Ready'), buildColumn('Done')])),
      configures('Done', { afterId: 'Ideas' }, buildColumn('Done', { version: 2 })),
      loads(buildSettings([buildColumn('Ideas'), buildColumn('Done', { version: 2 }), buildColumn('Ready')])),
    ];
    const { user } = await openSettings({ mocks });
    await user.click(await screen.findByRole('button', { name: 'Move “Done” up' }));
    await waitFor(() => expect(order()).toEqual(['Ideas', 'Done', 'Ready']));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move “Ideas” up' }).disabled).toBe(true);
  });

  it('do not offer to add a column again that was added, because the list did not come', async () => {
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([buildColumn('Ready')])),
        { request: { query: AddColumnDocument, variables: () => true }, result: { data: { createColumn: { __typename: 'Column', id: 'Later' } } } },
        { request: { query: ProjectSettingsDocument, variables: () => true }, error: new TypeError('Failed to fetch') },
        loads(buildSettings([buildColumn('Ready'), buildColumn('Later')])),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Add column' }));
    await user.type(screen.getByRole('textbox', { name: 'Column' }), 'Later{Enter}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Column' })).toBeNull());
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(order()).toEqual(['Ready', 'Later']));
  });

  it('say why a column stays', async () => {
    const refusal = new GraphQLError('not empty', { extensions: { code: 'COLUMN_NOT_EMPTY' } });
    const mocks = [
      loads(buildSettings([buildColumn('Ready')])),
      { request: { query: RemoveColumnDocument, variables: { id: 'Ready', version: 1 } }, result: { errors: [refusal] } },
      loads(buildSettings([buildColumn('Ready')])),
    ];
    const { user } = await openSettings({ mocks });
    await user.click(await screen.findByRole('button', { name: 'Delete “Ready”' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete column' }));
    expect(await screen.findByText('The column still holds tickets. Move them to another column first.')).toBeTruthy();
    expect(order()).toEqual(['Ready']);
  });

  it('let an item of a definition of done be written as soon as it is added', async () => {
    const column = { __typename: 'Column' as const, id: 'Ready', version: 1, policy: { __typename: 'ColumnPolicy' as const, requiredFields: [], checks: [] } };
    const mocks = [
      loads(buildSettings([buildColumn('Ready')])),
      { request: { query: ColumnPolicyDocument, variables: { id: 'Ready' } }, result: { data: { column } } },
    ];
    const { user } = await openSettings({ mocks });
    await user.click(await screen.findByRole('button', { name: 'What “Ready” asks for' }));
    await user.click(await screen.findByRole('button', { name: 'Add an item' }));
    await user.keyboard('Reviewed');
    expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Item 1' }).value).toBe('Reviewed');
  });

  it('keep what was written when somebody else was faster, and send it on top of theirs', async () => {
    const stale = new GraphQLError('stale', { extensions: { code: 'STALE_VERSION', params: { version: 5 } } });
    const input = { name: 'Language models', description: '', teamId: 'team-1', visibility: 'OPEN' as const, timeZone: 'UTC', calendarId: 'weekdays' };
    const theirs = buildSettings([], { version: 5, description: 'Theirs' });
    const saved = {
      __typename: 'Project' as const,
      id: 'project-1',
      version: 6,
      name: 'Language models',
      description: 'Theirs',
      visibility: 'OPEN' as const,
      state: 'ACTIVE' as const,
      team: theirs.team,
      timeZone: 'UTC',
      calendar: theirs.calendar,
    };
    const mocks = [
      loads(buildSettings([])),
      { request: { query: UpdateProjectDocument, variables: { id: 'project-1', version: 4, input } }, result: { errors: [stale] } },
      loads(theirs),
      {
        request: { query: UpdateProjectDocument, variables: { id: 'project-1', version: 5, input: { ...input, description: 'Theirs' } } },
        result: { data: { updateProject: saved } },
      },
    ];
    const { user } = await openSettings({ mocks });
    const name = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, 'Language models');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' }).value).toBe('Theirs'));
    expect(name.value).toBe('Language models');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('choose a zone by a part of its name, each with the time there, and a calendar', async () => {
    const input = { name: 'Natural language', description: '', teamId: 'team-1', visibility: 'OPEN' as const, timeZone: 'Asia/Shanghai', calendarId: 'china' };
    const chosen = { timeZone: 'Asia/Shanghai', calendar: { __typename: 'Calendar' as const, id: 'china' } };
    const { labels: _, boards: __, seq: ___, archivedAt: ____, erasedAt: _____, key: ______, ...saved } = buildSettings([], { ...chosen, version: 5 });
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([])),
        { request: { query: UpdateProjectDocument, variables: { id: 'project-1', version: 4, input } }, result: { data: { updateProject: saved } } },
      ],
    });
    const zone = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Time zone' });
    expect(screen.getByText(/^There it is .*, UTC\. Days/)).toBeTruthy();
    await user.clear(zone);
    await user.type(zone, 'shang');
    await user.click(await screen.findByRole('option', { name: /^Asia\/Shanghai.* · UTC\+8$/ }));
    expect(screen.getByText(/^There it is .*, UTC\+8\. Days/)).toBeTruthy();
    await user.click(screen.getByRole('combobox', { name: 'Calendar' }));
    await user.click(await screen.findByRole('option', { name: 'China' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeTruthy();
  });

  it('send two changes of a column in turn, the second of the version that the first has made', async () => {
    const sent: unknown[] = [];
    const { user } = await openSettings({
      mocks: [
        loads(buildSettings([buildColumn('Review', { wipLimit: 3 })])),
        {
          request: { query: ConfigureColumnDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateColumn: buildColumn('Review', { wipLimit: 4, version: 2 }) } },
          delay: 50,
        },
        {
          request: { query: ConfigureColumnDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateColumn: buildColumn('Review', { name: 'Peers', wipLimit: 4, version: 3 }) } },
        },
        { ...loads(buildSettings([buildColumn('Review', { name: 'Peers', wipLimit: 4, version: 3 })])), maxUsageCount: 2 },
      ],
    });
    const limit = await screen.findByRole('textbox', { name: 'WIP limit of Review' });
    await user.clear(limit);
    await user.type(limit, '4{Enter}');
    const name = screen.getByRole('textbox', { name: 'Name of Review' });
    await user.clear(name);
    await user.type(name, 'Peers{Enter}');
    expect(await screen.findByRole('textbox', { name: 'Name of Peers' })).toBeTruthy();
    expect(sent).toEqual([
      { id: 'Review', version: 1, input: { wipLimit: 4 } },
      { id: 'Review', version: 2, input: { name: 'Peers' } },
    ]);
  });

  it('say that a limit is out of range, change and send nothing, and give the old one back on Esc', async () => {
    const { user } = await openSettings({ mocks: [loads(buildSettings([buildColumn('Review', { wipLimit: 3 })]))] });
    const limit = await screen.findByRole<HTMLInputElement>('textbox', { name: 'WIP limit of Review' });
    await user.clear(limit);
    await user.type(limit, '200000');
    await user.tab();
    expect(limit.value).toBe('200000');
    expect(screen.getByText('1 to 100,000')).toBeTruthy();
    await user.type(limit, '{Escape}');
    expect(limit.value).toBe('3');
    expect(screen.queryByText('1 to 100,000')).toBeNull();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('say that a column has too long a name, cut nothing, and give the old one back on Esc', async () => {
    const { user } = await openSettings({ mocks: [loads(buildSettings([buildColumn('Review')]))] });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of Review' });
    await user.click(field);
    await user.paste('x'.repeat(60));
    await user.tab();
    expect(await screen.findByText('60 characters at most: 6 too many')).toBeTruthy();
    expect(field.value).toHaveLength(66);
    await user.type(field, '{Escape}');
    expect(field.value).toBe('Review');
    expect(screen.queryByText(/too many/)).toBeNull();
  });

  it('show what another person changes meanwhile, and nothing anew for what the page does not show', async () => {
    const theirs = loads(buildSettings([buildColumn('Review', { name: 'Peer review', version: 2 })]));
    const { unmount } = await openSettings({ mocks: [loads(buildSettings([buildColumn('Review')])), heard('COLUMN'), theirs] });
    expect(await screen.findByRole('textbox', { name: 'Name of Peer review' })).toBeTruthy();
    unmount();
    // one answer only: a second reading would find none and say so
    await openSettings({ mocks: [loads(buildSettings([buildColumn('Review')])), heard('TICKET', 'COMMENT')] });
    expect(await screen.findByRole('textbox', { name: 'Name of Review' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('are read, not changed, by those who may not manage it, with the reason', async () => {
    await openSettings({ mocks: [loads(buildSettings([buildColumn('Ready', { wipLimit: 2 })]))], viewer: { orgRole: 'MEMBER' } });
    expect(await screen.findByText('Only the leads of Language and administrators can change these settings.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.getByRole('row', { name: 'Ready In progress 2 Warn' })).toBeTruthy();
    expect(screen.queryByText('Webhooks of NLP')).toBeNull();
  });

  it('show the webhooks to those who manage it', async () => {
    await openSettings({ mocks: [loads(buildSettings([]))] });
    expect(await screen.findByText('Webhooks of NLP')).toBeTruthy();
  });

  it('do not tell an absent project from a forbidden one', async () => {
    await openSettings({ mocks: [loads(null)] });
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});
