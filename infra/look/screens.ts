/** What the addresses of screens name: one of each thing. */
export interface Places {
  projectKey: string;
  boardId: string;
  ticketKey: string;
  runId: string;
  /** To be compared. */
  runIds: readonly string[];
  datasetId: string;
  teamId: string;
  webhookId: string;
  /** On a Scrum board, with its project. */
  sprint: { projectKey: string; id: string };
}

export interface Screen {
  name: string;
  /** Of the web's router. */
  route: string;
  path: (at: Places) => string;
  /** For people who have not signed in. */
  isEntry?: true;
}

/** Every screen: walked by the tests of pages, by `npm run look` and by `npm run guide`. A spec of the web knows whether a route is missing. */
export const SCREENS: readonly Screen[] = [
  { name: 'home', route: '/', path: () => '/' },
  { name: 'my-work', route: '/my-work', path: () => '/my-work' },
  { name: 'stand-up', route: '/stand-up/$teamId', path: ({ teamId }) => `/stand-up/${teamId}` },
  { name: 'inbox', route: '/inbox', path: () => '/inbox' },
  { name: 'projects', route: '/projects', path: () => '/projects' },
  { name: 'new-project', route: '/projects/new', path: () => '/projects/new' },
  { name: 'overview', route: '/projects/$projectKey', path: ({ projectKey }) => `/projects/${projectKey}` },
  { name: 'board', route: '/projects/$projectKey/board/$boardId', path: ({ projectKey, boardId }) => `/projects/${projectKey}/board/${boardId}` },
  {
    name: 'peek',
    route: '/projects/$projectKey/board/$boardId',
    path: ({ projectKey, boardId, ticketKey }) => `/projects/${projectKey}/board/${boardId}?ticket=${ticketKey}`,
  },
  { name: 'backlog', route: '/projects/$projectKey/backlog', path: ({ sprint }) => `/projects/${sprint.projectKey}/backlog` },
  { name: 'timeline', route: '/projects/$projectKey/timeline', path: ({ sprint }) => `/projects/${sprint.projectKey}/timeline` },
  { name: 'sprints', route: '/projects/$projectKey/sprints', path: ({ sprint }) => `/projects/${sprint.projectKey}/sprints` },
  {
    name: 'sprint',
    route: '/projects/$projectKey/sprints/$sprintId',
    path: ({ sprint }) => `/projects/${sprint.projectKey}/sprints/${sprint.id}`,
  },
  {
    name: 'daily',
    route: '/projects/$projectKey/sprints/$sprintId/daily',
    path: ({ sprint }) => `/projects/${sprint.projectKey}/sprints/${sprint.id}/daily`,
  },
  {
    name: 'retrospective',
    route: '/projects/$projectKey/sprints/$sprintId/retrospective',
    path: ({ sprint }) => `/projects/${sprint.projectKey}/sprints/${sprint.id}/retrospective`,
  },
  { name: 'reports', route: '/projects/$projectKey/reports', path: ({ sprint }) => `/projects/${sprint.projectKey}/reports` },
  {
    name: 'report',
    route: '/projects/$projectKey/reports/$report',
    path: ({ sprint }) => `/projects/${sprint.projectKey}/reports/cumulative-flow`,
  },
  { name: 'project-tickets', route: '/projects/$projectKey/tickets', path: ({ projectKey }) => `/projects/${projectKey}/tickets` },
  { name: 'project-runs', route: '/projects/$projectKey/runs', path: ({ projectKey }) => `/projects/${projectKey}/runs` },
  { name: 'rules', route: '/projects/$projectKey/rules', path: ({ projectKey }) => `/projects/${projectKey}/rules` },
  { name: 'rule', route: '/projects/$projectKey/rules/$ruleId', path: ({ projectKey }) => `/projects/${projectKey}/rules/new` },
  { name: 'project-settings', route: '/projects/$projectKey/settings', path: ({ projectKey }) => `/projects/${projectKey}/settings` },
  {
    name: 'webhook',
    route: '/projects/$projectKey/settings/webhooks/$webhookId',
    path: ({ projectKey, webhookId }) => `/projects/${projectKey}/settings/webhooks/${webhookId}`,
  },
  { name: 'ticket', route: '/tickets/$ticketKey', path: ({ ticketKey }) => `/tickets/${ticketKey}` },
  { name: 'tickets', route: '/tickets', path: () => '/tickets' },
  { name: 'runs', route: '/runs', path: () => '/runs' },
  { name: 'run', route: '/runs/$runId', path: ({ runId }) => `/runs/${runId}` },
  { name: 'compare', route: '/compare', path: ({ runIds }) => `/compare?runs=${runIds.join(',')}` },
  { name: 'datasets', route: '/datasets', path: () => '/datasets' },
  { name: 'dataset', route: '/datasets/$datasetId', path: ({ datasetId }) => `/datasets/${datasetId}` },
  { name: 'compute', route: '/runners', path: () => '/runners' },
  { name: 'teams', route: '/teams', path: () => '/teams' },
  { name: 'team', route: '/teams/$teamId', path: ({ teamId }) => `/teams/${teamId}` },
  { name: 'people', route: '/people', path: () => '/people' },
  { name: 'calendars', route: '/calendars', path: () => '/calendars' },
  { name: 'settings', route: '/settings', path: () => '/settings' },
  { name: 'nothing', route: '/$', path: () => '/no-such-page' },
  { name: 'sign-in', route: '/sign-in', path: () => '/sign-in', isEntry: true },
];

/** Routes that no screen is of, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  '/setup': 'Only an installation without any account shows it: access.spec.ts walks it in one of its own.',
};

export function screenOf(name: string): Screen {
  const found = SCREENS.find((screen) => screen.name === name);
  if (!found) throw new Error(`there is no screen ${name}`);
  return found;
}
