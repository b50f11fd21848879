import { InMemoryCache } from '@apollo/client';
import { pagesOf } from './apollo-pages.ts';
import { boardTypePolicies } from './features/board/cachePolicies.ts';
import { trainingTypePolicies } from './features/training/cachePolicies.ts';

/** How the answers of the server are kept: each feature says it for its own types. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Viewer: { keyFields: [] },
      Setup: { keyFields: [] },
      Query: { fields: { datasets: pagesOf('projectId'), users: pagesOf('search') } },
      Dataset: { fields: { runs: pagesOf() } },
      ...boardTypePolicies,
      ...trainingTypePolicies,
    },
  });
}
