import { ApolloClient, InMemoryCache, type ApolloLink } from '@apollo/client';
import { pagesOf } from './apollo-pages.ts';
import { boardTypePolicies } from './features/board/cache-policies.ts';
import { trainingTypePolicies } from './features/training/cache-policies.ts';

/** How the answers of the server are kept: each feature says it for its own types. */
function createCache(): InMemoryCache {
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

/**
 * The client of the app, and of its specs. It has no `nextFetchPolicy` for all: a query that has become `cache-first` is told
 * nothing of the cache while a page of it is on its way (Apollo Client 4.3, `ObservableQuery.notify`), and two that overlap with
 * the same answer left the old list on the screen.
 */
export function createClient(link: ApolloLink): ApolloClient {
  return new ApolloClient({ link, cache: createCache(), dataMasking: true });
}
