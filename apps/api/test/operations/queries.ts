import { buildThing } from './things.ts';
import type { Case } from './case.ts';

const readsProject = (arrange: Case['try'], nullable = true): Case => ({ demands: ['project.read'], on: 'PROJECT', nullable, try: arrange });
const forAll = (demand: Case['demands'][number], variables: Record<string, unknown> = {}): Case => ({
  demands: [demand],
  on: 'ORGANISATION',
  try: () => variables,
});

/** Every query, and what it demands. */
export const QUERIES: Record<string, Case> = {
  attention: forAll('organisation.read'),
  auditEntries: forAll('audit.read'),
  board: readsProject((at) => ({ id: at.project.boardId })),
  calendar: { ...forAll('organisation.read'), try: async (at) => ({ id: await buildThing.calendar(at) }) },
  calendars: forAll('organisation.read'),
  column: readsProject((at) => ({ id: at.project.columns[0] })),
  compute: forAll('organisation.read'),
  dataset: readsProject(async (at) => ({ id: await buildThing.dataset(at) })),
  datasets: readsProject((at) => ({ projectId: at.project.id }), false),
  forecastBacktest: readsProject((at) => ({ projectId: at.project.id }), false),
  find: { ...forAll('organisation.read'), try: (at) => ({ text: 'a', projectKey: at.project.key }) },
  home: forAll('organisation.read'),
  inbox: forAll('organisation.read'),
  inboxSettings: forAll('organisation.read'),
  unreadCount: forAll('organisation.read'),
  knownThings: { ...forAll('organisation.read'), try: (at) => ({ things: [{ kind: 'PROJECT', id: at.project.id }] }) },
  project: readsProject((at) => ({ id: at.project.id })),
  projectEvents: readsProject((at) => ({ projectId: at.project.id, since: 0 }), false),
  projectFlow: readsProject((at) => ({ projectId: at.project.id }), false),
  projectForecast: readsProject((at) => ({ projectId: at.project.id, count: 3 }), false),
  projectVelocity: readsProject((at) => ({ projectId: at.project.id }), false),
  projects: forAll('SIGNED_IN'),
  roles: forAll('organisation.read'),
  queueOutlook: {
    demands: ['run.queue'],
    on: 'PROJECT',
    try: async (at) => ({
      ...{ ticketId: await buildThing.ticket(at), template: 'NET_2_3_1', engine: 'AUTO', dropout: false },
      datasetId: await buildThing.dataset(at),
    }),
  },
  run: readsProject(async (at) => ({ id: await buildThing.run(at) })),
  runs: readsProject((at) => ({ projectId: at.project.id }), false),
  runColumns: readsProject((at) => ({ projectId: at.project.id }), false),
  runGroups: readsProject((at) => ({ projectId: at.project.id, by: 'DATASET' }), false),
  // what may not be read is left out of its answer
  runsById: { ...forAll('SIGNED_IN'), try: async (at) => ({ ids: [await buildThing.run(at)] }) },
  runnerCredentials: forAll('runner.manage'),
  runners: forAll('runner.read'),
  savedViews: readsProject((at) => ({ projectId: at.project.id, list: 'TICKETS' }), false),
  setup: forAll('PUBLIC'),
  sinceYesterday: forAll('organisation.read'),
  sprint: readsProject(async (at) => ({ id: await buildThing.sprint(at) })),
  sprintReport: readsProject(async (at) => ({ sprintId: await buildThing.sprint(at) })),
  team: { ...forAll('organisation.read'), try: (at) => ({ id: at.project.teamId }) },
  teams: forAll('organisation.read'),
  ticket: readsProject(async (at) => ({ id: await buildThing.ticket(at) })),
  tickets: readsProject((at) => ({ projectId: at.project.id }), false),
  users: forAll('organisation.read'),
  viewer: forAll('SIGNED_IN'),
  week: forAll('organisation.read'),
  workload: { ...forAll('organisation.read'), try: (at) => ({ teamId: at.project.teamId }) },
  webhook: { demands: ['webhook.read'], on: 'PROJECT', try: async (at) => ({ id: await buildThing.webhook(at) }) },
  webhookDeliveries: { demands: ['webhook.read'], on: 'PROJECT', try: async (at) => ({ webhookId: await buildThing.webhook(at) }) },
  webhookRequest: { demands: ['webhook.read'], on: 'PROJECT', try: async (at) => ({ deliveryId: await buildThing.delivery(at) }) },
  webhooks: { demands: ['webhook.read'], on: 'PROJECT', try: (at) => ({ projectId: at.project.id }) },
};
