import type { Demand } from './expected.ts';

/** Every route but GraphQL's, and what it demands; RUNNER: a guard and a secret of its own. */
export const ROUTES: Record<string, { demands: readonly (Demand | 'RUNNER')[]; on: 'PROJECT' | 'ORGANISATION' }> = {
  'GET /health': { demands: ['PUBLIC'], on: 'ORGANISATION' },
  'GET /metrics': { demands: ['PUBLIC'], on: 'ORGANISATION' },
  'POST /uploads': { demands: ['dataset.create'], on: 'ORGANISATION' },
  'GET /export/:file': { demands: ['organisation.read'], on: 'ORGANISATION' },
  'GET /artifacts/:id': { demands: ['project.read'], on: 'PROJECT' },
};
/** All routes below it are the runners'. */
export const RUNNER_ROUTES = /^(GET|POST|PUT) \/runner\/v1\//;
