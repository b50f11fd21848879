import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { news } from '../../news.ts';
import {
  AddColumnDocument,
  ChangeLabelDocument,
  ConfigureColumnDocument,
  ProjectSettingsDocument,
  RemoveColumnDocument,
  RemoveLabelDocument,
  UpdateProjectDocument,
  type ProjectSettingsQuery,
} from './project-settings.generated.ts';
import { ProjectSettings } from './ProjectSettingsPage.tsx';

type Project = NonNullable<ProjectSettingsQuery['project']>;
type Column = Project['boards'][number]['columns'][number];

const column = (id: string, overrides: Partial<Column> = {}): Column => ({
  __typename: 'Column',
  id,
  name: id,
  category: 'DOING',
  wipLimit: null,
  wipPolicy: 'WARN',
  rank: id,
  version: 1,
  ticketCount: 0,
  ...overrides,
});
const project = (columns: Column[], overrides: Partial<Project> = {}): Project => ({
  __typename: 'Project',
  id: 'project-1',
  key: 'NLP',
  name: 'Natural language',
  description: '',
  visibility: 'OPEN',
  state: 'ACTIVE' as const,
  version: 4,
  seq: 7,
  team: { __typename: 'Team', id: 'team-1', name: 'Language' },
  timeZone: 'UTC',
  calendar: { __typename: 'Calendar', id: 'weekdays' },
  labels: [],
  archivedAt: null,
  erasedAt: null,
  boards: [{ __typename: 'Board', id: 'board-1', name: 'Board', kind: 'KANBAN', archived: false, version: 1, ticketCount: 0, columns }],
  ...overrides,
});
const CALENDARS = [
  { __typename: 'Calendar' as const, id: 'weekdays', key: 'WEEKDAYS', name: 'Monday to Friday' },
  { __typename: 'Calendar' as const, id: 'china', key: 'CHINA', name: 'China' },
];
const loads = (loaded: Project | null) => ({
  request: { query: ProjectSettingsDocument, variables: { key: 'NLP' } },
  result: { data: { project: loaded, teams: [{ __typename: 'Team' as const, id: 'team-1', name: 'Language' }], calendars: CALENDARS } },
});
const configures = (id: string, input: object, result: Column) => ({
  request: { query: ConfigureColumnDocument, variables: { id, version: 1, input } },
  result: { data: { updateColumn: result } },
});
const label = (id: string, overrides: Partial<Project['labels'][number]> = {}): Project['labels'][number] => ({
  __typename: 'Label',
  id,
  name: id,
  color: 'BLUE',
  version: 1,
  ticketCount: 0,
  ...overrides,
});
/** The log, silent but for what is given. */
const heard = (...entities: string[]): MockLink.MockedResponse => ({
  request: { query: news.subscription, variables: () => true },
  ...(entities.length === 0 && { delay: Number.POSITIVE_INFINITY }),
  maxUsageCount: Number.POSITIVE_INFINITY,
  result: {
    data: {
      projectEvents: {
        __typename: 'ProjectEvents',
        seq: 8,
        reset: false,
        tickets: [],
        columns: [],
        labels: [],
        sprints: [],
        runs: [],
        activities: entities.map((entity, i) => ({
          __typename: 'Activity',
          seq: 8 + i,
          entity,
          entityId: entity,
          ticketId: null,
          action: 'UPDATED',
          changes: {},
          actor: null,
        })),
      },
    },
  },
});
const Webhooks = ({ projectKey }: { projectKey: string }) => <p>Webhooks of {projectKey}</p>;
const open = ({ mocks = [], ...options }: RenderOptions) =>
  renderApp(<ProjectSettings projectKey="NLP" Webhooks={Webhooks} />, { mocks: [...mocks, heard()], ...options });
const order = (): string[] =>
  within(screen.getByRole('table', { name: 'Columns of Board' }))
    .getAllByRole<HTMLInputElement>('textbox', { name: /^Name of/ })
    .map((field) => field.value);

describe('the settings of a project', () => {
  it('send a limit when its field is left, and let the policy be chosen then', async () => {
    const limited = column('Review', { wipLimit: 3, version: 2 });
    const { user } = await open({
      mocks: [loads(project([column('Review')])), configures('Review', { wipLimit: 3 }, limited), loads(project([limited]))],
    });
    const policy = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Over the limit of Review' });
    expect(policy.disabled).toBe(true);
    await user.type(screen.getByRole('textbox', { name: 'WIP limit of Review' }), '3');
    await user.tab();
    await waitFor(() => expect(policy.disabled).toBe(false));
  });

  it('move a column by naming its neighbour', async () => {
    const mocks = [
      loads(project([column('Ideas'), column('Ready'), column('Done')])),
      configures('Done', { afterId: 'Ideas' }, column('Done', { version: 2 })),
      loads(project([column('Ideas'), column('Done', { version: 2 }), column('Ready')])),
    ];
    const { user } = await open({ mocks });
    await user.click(await screen.findByRole('button', { name: 'Move “Done” up' }));
    await waitFor(() => expect(order()).toEqual(['Ideas', 'Done', 'Ready']));
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Move “Ideas” up' }).disabled).toBe(true);
  });

  it('do not offer to add a column again that was added, because the list did not come', async () => {
    const { user } = await open({
      mocks: [
        loads(project([column('Ready')])),
        { request: { query: AddColumnDocument, variables: () => true }, result: { data: { createColumn: { __typename: 'Column', id: 'Later' } } } },
        { request: { query: ProjectSettingsDocument, variables: () => true }, error: new TypeError('Failed to fetch') },
        loads(project([column('Ready'), column('Later')])),
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
      loads(project([column('Ready')])),
      { request: { query: RemoveColumnDocument, variables: { id: 'Ready', version: 1 } }, result: { errors: [refusal] } },
      loads(project([column('Ready')])),
    ];
    const { user } = await open({ mocks });
    await user.click(await screen.findByRole('button', { name: 'Delete “Ready”' }));
    await user.click(within(await screen.findByRole('dialog')).getByRole('button', { name: 'Delete column' }));
    expect(await screen.findByText('The column still holds tickets. Move them to another column first.')).toBeTruthy();
    expect(order()).toEqual(['Ready']);
  });

  it('keep what was written when somebody else was faster, and send it on top of theirs', async () => {
    const stale = new GraphQLError('stale', { extensions: { code: 'STALE_VERSION', params: { version: 5 } } });
    const input = { name: 'Language models', description: '', teamId: 'team-1', visibility: 'OPEN' as const, timeZone: 'UTC', calendarId: 'weekdays' };
    const theirs = project([], { version: 5, description: 'Theirs' });
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
      loads(project([])),
      { request: { query: UpdateProjectDocument, variables: { id: 'project-1', version: 4, input } }, result: { errors: [stale] } },
      loads(theirs),
      {
        request: { query: UpdateProjectDocument, variables: { id: 'project-1', version: 5, input: { ...input, description: 'Theirs' } } },
        result: { data: { updateProject: saved } },
      },
    ];
    const { user } = await open({ mocks });
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
    const { labels: _, boards: __, seq: ___, archivedAt: ____, erasedAt: _____, key: ______, ...saved } = project([], { ...chosen, version: 5 });
    const { user } = await open({
      mocks: [
        loads(project([])),
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

  it('keep a name of a label that is refused, with the reason, and let it be mended', async () => {
    const labels = [label('data'), label('gpu', { version: 3 })];
    const changes = (name: string) => ({ query: ChangeLabelDocument, variables: { id: 'gpu', version: 3, input: { name } } });
    const { user } = await open({
      mocks: [
        loads(project([], { labels })),
        { request: changes('Data'), result: { errors: [new GraphQLError('taken', { extensions: { code: 'LABEL_TAKEN' } })] } },
        loads(project([], { labels })),
        { request: changes('Data on GPU'), result: { data: { updateLabel: label('gpu', { name: 'Data on GPU', version: 4 }) } } },
        loads(project([], { labels: [label('data'), label('gpu', { name: 'Data on GPU', version: 4 })] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'Data{Enter}');
    expect(await screen.findByText('This project already has a label with that name.')).toBeTruthy();
    expect(field.value).toBe('Data');
    await user.type(field, ' on GPU{Enter}');
    expect(await screen.findByRole('textbox', { name: 'Name of Data on GPU' })).toBeTruthy();
    expect(screen.queryByText('This project already has a label with that name.')).toBeNull();
  });

  it('send the new name of a label once, by Enter or by going on to the next field', async () => {
    const renamed = label('gpu', { name: 'GPU', version: 4 });
    const sent: unknown[] = [];
    const { user } = await open({
      mocks: [
        loads(project([], { labels: [label('gpu', { version: 3 })] })),
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: renamed } },
          maxUsageCount: 2,
        },
        loads(project([], { labels: [renamed] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'GPU{Enter}{Tab}');
    expect(await screen.findByRole('textbox', { name: 'Name of GPU' })).toBeTruthy();
    expect(sent).toEqual([{ id: 'gpu', version: 3, input: { name: 'GPU' } }]);
  });

  it('keep what is written into a name while the one before is saved, and send it of the version that made', async () => {
    const sent: unknown[] = [];
    const { user } = await open({
      mocks: [
        loads(project([], { labels: [label('gpu')] })),
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: label('gpu', { name: 'GPU', version: 2 }) } },
          delay: 50,
        },
        {
          request: { query: ChangeLabelDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateLabel: label('gpu', { name: 'GPUs', version: 3 }) } },
        },
        loads(project([], { labels: [label('gpu', { name: 'GPU', version: 2 })] })),
        loads(project([], { labels: [label('gpu', { name: 'GPUs', version: 3 })] })),
      ],
    });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Name of gpu' });
    await user.clear(field);
    await user.type(field, 'GPU{Enter}');
    await user.type(field, 's');
    await screen.findByRole('textbox', { name: 'Name of GPU' });
    expect(field.value).toBe('GPUs');
    await user.type(field, '{Enter}');
    expect(await screen.findByRole('textbox', { name: 'Name of GPUs' })).toBeTruthy();
    expect(sent).toEqual([
      { id: 'gpu', version: 1, input: { name: 'GPU' } },
      { id: 'gpu', version: 2, input: { name: 'GPUs' } },
    ]);
  });

  it('send two changes of a column in turn, the second of the version that the first has made', async () => {
    const sent: unknown[] = [];
    const { user } = await open({
      mocks: [
        loads(project([column('Review', { wipLimit: 3 })])),
        {
          request: { query: ConfigureColumnDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateColumn: column('Review', { wipLimit: 4, version: 2 }) } },
          delay: 50,
        },
        {
          request: { query: ConfigureColumnDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { updateColumn: column('Review', { name: 'Peers', wipLimit: 4, version: 3 }) } },
        },
        { ...loads(project([column('Review', { name: 'Peers', wipLimit: 4, version: 3 })])), maxUsageCount: 2 },
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
    const { user } = await open({ mocks: [loads(project([column('Review', { wipLimit: 3 })]))] });
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
    const { user } = await open({ mocks: [loads(project([column('Review')]))] });
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
    const theirs = loads(project([column('Review', { name: 'Peer review', version: 2 })]));
    const { unmount } = await open({ mocks: [loads(project([column('Review')])), heard('COLUMN'), theirs] });
    expect(await screen.findByRole('textbox', { name: 'Name of Peer review' })).toBeTruthy();
    unmount();
    // one answer only: a second reading would find none and say so
    await open({ mocks: [loads(project([column('Review')])), heard('TICKET', 'COMMENT')] });
    expect(await screen.findByRole('textbox', { name: 'Name of Review' })).toBeTruthy();
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('ask before a label goes, with the tickets that carry it at that moment', async () => {
    const carried = (ticketCount: number) => loads(project([], { labels: [label('gpu', { version: 3, ticketCount })] }));
    const { user } = await open({
      mocks: [
        carried(2),
        carried(1204),
        { request: { query: RemoveLabelDocument, variables: { id: 'gpu', version: 3 } }, result: { data: { deleteLabel: true } } },
        loads(project([])),
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Delete “gpu”' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('1,204 tickets carry it and lose it. This cannot be undone.')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Delete label' }));
    expect(await screen.findByText('No labels yet')).toBeTruthy();
  });

  it('are read, not changed, by those who may not manage it, with the reason', async () => {
    await open({ mocks: [loads(project([column('Ready', { wipLimit: 2 })]))], viewer: { orgRole: 'MEMBER' } });
    expect(await screen.findByText('Only the leads of Language and administrators can change these settings.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.getByRole('row', { name: 'Ready In progress 2 Warn' })).toBeTruthy();
    expect(screen.queryByText('Webhooks of NLP')).toBeNull();
  });

  it('show the webhooks to those who manage it', async () => {
    await open({ mocks: [loads(project([]))] });
    expect(await screen.findByText('Webhooks of NLP')).toBeTruthy();
  });

  it('do not tell an absent project from a forbidden one', async () => {
    await open({ mocks: [loads(null)] });
    expect(await screen.findByRole('heading', { name: 'Nothing here' })).toBeTruthy();
  });
});
