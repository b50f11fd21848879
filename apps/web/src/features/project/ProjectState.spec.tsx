import { screen, within } from '@testing-library/react';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { NavigationDocument } from './navigation.generated.ts';
import { ProjectSettingsDocument, type ProjectSettingsQuery } from './project-settings.generated.ts';
import {
  ArchiveBoardDocument,
  ArchiveProjectDocument,
  ChangeBoardDocument,
  DeleteProjectDocument,
  ProjectContentsDocument,
  RemoveBoardDocument,
  RestoreProjectDocument,
  type SettingsBoardFragment,
} from './project-state.generated.ts';
import { ProjectSettings } from './ProjectSettingsPage.tsx';
import { ProjectsPage } from './ProjectsPage.tsx';
import { ProjectsDocument, type ProjectsQuery } from './projects.generated.ts';

type Project = NonNullable<ProjectSettingsQuery['project']>;
type Mocks = NonNullable<RenderOptions['mocks']>;

const board = (id: string, overrides: Partial<SettingsBoardFragment> = {}): Project['boards'][number] => ({
  __typename: 'Board',
  id,
  name: id,
  kind: 'KANBAN',
  archived: false,
  version: 1,
  ticketCount: 0,
  ...overrides,
  columns: [],
});
const project = (boards: Project['boards'], overrides: Partial<Project> = {}): Project => ({
  __typename: 'Project',
  id: 'project-1',
  key: 'NLP',
  name: 'Language',
  description: '',
  visibility: 'OPEN',
  state: 'ACTIVE',
  version: 4,
  seq: 7,
  archivedAt: null,
  erasedAt: null,
  team: { __typename: 'Team', id: 'team-1', name: 'Words' },
  timeZone: 'UTC',
  calendar: { __typename: 'Calendar', id: 'weekdays' },
  labels: [],
  boards,
  ...overrides,
});
const loads = (loaded: Project) => ({
  request: { query: ProjectSettingsDocument, variables: { key: 'NLP' } },
  result: { data: { project: loaded, teams: [{ __typename: 'Team' as const, id: 'team-1', name: 'Words' }], calendars: [] } },
});
const states = (state: 'ACTIVE' | 'ARCHIVED' | 'DELETED', version: number) => ({
  __typename: 'Project' as const,
  id: 'project-1',
  state,
  version,
  archivedAt: state === 'ARCHIVED' ? '2026-11-29T12:00:00.000Z' : null,
  erasedAt: state === 'DELETED' ? '2026-12-13T12:00:00.000Z' : null,
});
const contents = {
  request: { query: ProjectContentsDocument, variables: { id: 'project-1' } },
  result: {
    data: {
      project: {
        __typename: 'Project' as const,
        id: 'project-1',
        contents: {
          __typename: 'ProjectContents' as const,
          boards: 1,
          tickets: 1204,
          comments: 3,
          runs: 2,
          waitingRuns: 1,
          liveRuns: 1,
          datasets: 0,
          files: 2,
          bytes: 2e9,
        },
      },
    },
  },
};
const open = (mocks: Mocks, viewer: RenderOptions['viewer'] = { orgRole: 'ADMIN' }) =>
  renderApp(<ProjectSettings projectKey="NLP" Webhooks={() => null} />, { mocks, viewer });

describe('the boards of a project', () => {
  it('are placed by buttons, archived, and deleted only then, with what becomes of their tickets said', async () => {
    const [one, two] = [board('One', { ticketCount: 1204 }), board('Two')];
    const { user } = await open([
      loads(project([one, two])),
      {
        request: { query: ChangeBoardDocument, variables: { id: 'Two', version: 1, input: { afterId: null } } },
        result: { data: { updateBoard: { ...board('Two', { version: 2 }) } } },
      },
      loads(project([board('Two', { version: 2 }), one])),
      {
        request: { query: ArchiveBoardDocument, variables: { id: 'One', version: 1 } },
        result: { data: { archiveBoard: board('One', { archived: true, version: 2, ticketCount: 1204 }) } },
      },
      { ...loads(project([board('Two', { version: 2 }), board('One', { archived: true, version: 2, ticketCount: 1204 })])), maxUsageCount: 2 },
      { request: { query: RemoveBoardDocument, variables: { id: 'One', version: 2 } }, result: { data: { deleteBoard: true } } },
      loads(project([board('Two', { version: 2 })])),
    ]);
    const table = within(await screen.findByRole('table', { name: 'Boards' }));
    expect((table.getByRole('button', { name: 'Delete “One”' }) as HTMLButtonElement).disabled).toBe(true);
    await user.click(table.getByRole('button', { name: 'Move “Two” up' }));
    await user.click(await table.findByRole('button', { name: 'Archive “One”' }));
    expect(await table.findByRole('link', { name: 'Archived' })).toBeTruthy();
    expect((table.getByRole('button', { name: 'Archive “Two”' }) as HTMLButtonElement).disabled).toBe(true);
    await user.click(table.getByRole('button', { name: 'Delete “One”' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText('Its columns go with it. 1,204 tickets stay in the project, in its backlog. This cannot be undone.')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Delete board' }));
    expect(await table.findByRole('textbox', { name: 'Name of Two' })).toBeTruthy();
    expect(screen.queryByText('Archived')).toBeNull();
  });
});

describe('what ends a project', () => {
  it('says what becomes of runs, archives, and offers the way back instead of what would be refused', async () => {
    const archived = project([board('One')], { ...states('ARCHIVED', 5) });
    const { user } = await open([
      loads(project([board('One')])),
      contents,
      { request: { query: ArchiveProjectDocument, variables: { id: 'project-1', version: 4 } }, result: { data: { archiveProject: states('ARCHIVED', 5) } } },
      loads(archived),
      { request: { query: RestoreProjectDocument, variables: { id: 'project-1', version: 5 } }, result: { data: { restoreProject: states('ACTIVE', 6) } } },
      loads(project([board('One')], { version: 6 })),
    ]);
    await user.click(await screen.findByRole('button', { name: 'Archive project' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('One run is under way and goes on to its end.')).toBeTruthy();
    expect(dialog.getByText('One run waits and will be cancelled.')).toBeTruthy();
    await user.click(dialog.getByRole('button', { name: 'Archive project' }));
    expect(await screen.findByText('This project is archived: it can be read and not changed.')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Save' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Archive project' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByRole('button', { name: 'Save' })).toBeTruthy();
  });

  it('counts what a deleted one takes, and deletes only what was named', async () => {
    let deleted = 0;
    const { user } = await open([
      loads(project([board('One')])),
      contents,
      {
        request: { query: DeleteProjectDocument, variables: { id: 'project-1', version: 4 } },
        result: () => {
          deleted += 1;
          return { data: { deleteProject: states('DELETED', 5) } };
        },
      },
      loads(project([board('One')], states('DELETED', 5))),
    ]);
    await user.click(await screen.findByRole('button', { name: 'Delete project' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(await dialog.findByText('1,204 tickets')).toBeTruthy();
    expect(dialog.getByText('2 files of 2 GB')).toBeTruthy();
    const confirm = dialog.getByRole<HTMLButtonElement>('button', { name: 'Delete project' });
    await user.type(dialog.getByRole('textbox', { name: 'Type “Language” to confirm' }), 'language');
    expect(confirm.disabled).toBe(true);
    await user.clear(dialog.getByRole('textbox'));
    await user.type(dialog.getByRole('textbox'), 'Language{Enter}');
    expect(await screen.findByText('“Language” waits to be deleted')).toBeTruthy();
    expect(deleted).toBe(1);
  });

  it('is archiving alone for leads, and nothing for others', async () => {
    const { unmount } = await open([loads(project([board('One')]))], {
      orgRole: 'MEMBER',
      teams: [{ __typename: 'ViewerTeam', teamId: 'team-1', role: 'LEAD' }],
    });
    expect(await screen.findByRole('button', { name: 'Archive project' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete project' })).toBeNull();
    unmount();
    await open([loads(project([board('One')]))], { orgRole: 'MEMBER' });
    expect(await screen.findByText('Only the leads of Words and administrators can change these settings.')).toBeTruthy();
    expect(screen.queryByRole('heading', { name: 'Archive or delete' })).toBeNull();
  });
});

describe('the list of projects', () => {
  const listed = (state: 'ACTIVE' | 'ARCHIVED' | 'DELETED', projects: ProjectsQuery['projects']) => ({
    request: { query: ProjectsDocument, variables: { states: [state] } },
    result: { data: { projects } },
  });
  const row = (state: 'DELETED'): ProjectsQuery['projects'][number] => ({
    ...states(state, 2),
    key: 'NLP',
    name: 'Language',
    description: '',
    visibility: 'OPEN',
    team: { __typename: 'Team', id: 'team-1', name: 'Words' },
    boards: [],
  });

  it('shows archived and deleted ones when asked, the day they go, and the way back', async () => {
    const { user } = await renderApp(<ProjectsPage />, {
      mocks: [
        listed('ACTIVE', []),
        listed('ARCHIVED', []),
        { ...listed('DELETED', [row('DELETED')]) },
        { request: { query: RestoreProjectDocument, variables: { id: 'project-1', version: 2 } }, result: { data: { restoreProject: states('ACTIVE', 3) } } },
        listed('DELETED', []),
        { request: { query: NavigationDocument }, result: { data: { projects: [] } } },
      ],
      viewer: { orgRole: 'ADMIN' },
    });
    await user.click(await screen.findByRole('radio', { name: 'Archived' }));
    expect(await screen.findByText('No archived projects')).toBeTruthy();
    await user.click(screen.getByRole('radio', { name: 'Deleted' }));
    expect(await screen.findByText('This project is deleted: only administrators see it, until Dec 13, 2026.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('No deleted projects')).toBeTruthy();
  });
});
