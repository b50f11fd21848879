import type { Place } from './case.ts';
import type { Demand } from './expected.ts';
import { buildThing } from './things.ts';

export interface RouteCase {
  demands: readonly (Demand | 'RUNNER')[];
  on: 'PROJECT' | 'ORGANISATION';
  /** The address of one try. */
  url: string | ((at: Place) => Promise<string>);
}

/** Every route but GraphQL's, and what it demands; RUNNER: a guard and a secret of its own. */
export const ROUTES: Record<string, RouteCase> = {
  'GET /health': { demands: ['PUBLIC'], on: 'ORGANISATION', url: '/health' },
  'GET /metrics': { demands: ['PUBLIC'], on: 'ORGANISATION', url: '/metrics' },
  'POST /uploads': { demands: ['dataset.create'], on: 'ORGANISATION', url: '/uploads?name=a.csv' },
  'GET /export/:file': { demands: ['organisation.read'], on: 'ORGANISATION', url: '/export/people.csv' },
  'GET /artifacts/:id': { demands: ['project.read'], on: 'PROJECT', url: async (at) => `/artifacts/${await buildThing.artifact(at)}` },
  'POST /attachments/ticket/:ticketId': {
    demands: ['attachment.write'],
    on: 'PROJECT',
    url: async (at) => `/attachments/ticket/${await buildThing.ticket(at)}?name=a.csv`,
  },
  'GET /attachments/:id/*': { demands: ['project.read'], on: 'PROJECT', url: async (at) => `/attachments/${await buildThing.attachment(at)}/plan.txt` },
};
/** All routes below it are the runners'. */
export const RUNNER_ROUTES = /^(GET|POST|PUT) \/runner\/v1\//;
