import { InMemoryCache } from '@apollo/client';
import { boardTypePolicies } from './features/board/cachePolicies.ts';
import { trainingTypePolicies } from './features/training/cachePolicies.ts';

/** How the answers of the server are kept: each feature says it for its own types. */
export function createCache(): InMemoryCache {
  return new InMemoryCache({
    typePolicies: {
      Viewer: { keyFields: [] },
      Setup: { keyFields: [] },
      ...boardTypePolicies,
      ...trainingTypePolicies,
    },
  });
}
