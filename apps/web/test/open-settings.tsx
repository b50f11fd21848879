import type { MockLink } from '@apollo/client/testing';
import { news } from '../src/news.ts';
import { ProjectSettingsDocument, type ProjectSettingsQuery } from '../src/features/project/project-settings.generated.ts';
import { ProjectSettings } from '../src/features/project/ProjectSettingsPage.tsx';
import { renderApp, type RenderOptions } from './render.tsx';

type Project = NonNullable<ProjectSettingsQuery['project']>;
export type SettingsColumn = Project['boards'][number]['columns'][number];

export const buildColumn = (id: string, overrides: Partial<SettingsColumn> = {}): SettingsColumn => ({
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
export const buildSettings = (columns: SettingsColumn[], overrides: Partial<Project> = {}): Project => ({
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
export const loads = (loaded: Project | null) => ({
  request: { query: ProjectSettingsDocument, variables: { key: 'NLP' } },
  result: { data: { project: loaded, teams: [{ __typename: 'Team' as const, id: 'team-1', name: 'Language' }], calendars: CALENDARS } },
});
export const buildSettingsLabel = (id: string, overrides: Partial<Project['labels'][number]> = {}): Project['labels'][number] => ({
  __typename: 'Label',
  id,
  name: id,
  color: 'BLUE',
  version: 1,
  ticketCount: 0,
  ...overrides,
});
/** The log, silent but for what is given. */
export const heard = (...entities: string[]): MockLink.MockedResponse => ({
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
        releases: [],
        rules: [],
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
export const openSettings = ({ mocks = [], ...options }: RenderOptions) =>
  renderApp(<ProjectSettings projectKey="NLP" Webhooks={Webhooks} />, { mocks: [...mocks, heard()], ...options });
