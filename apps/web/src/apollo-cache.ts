import { ApolloClient, ApolloLink, InMemoryCache, type TypePolicies } from '@apollo/client';
import { newestAnswerLink } from './apollo-answers.ts';

/**
 * The client of the app, and of its specs. Each room says how its types are kept. It has no `nextFetchPolicy` for all: a query that has become `cache-first` is told
 * nothing of the cache while a page of it is on its way (Apollo Client 4.3, `ObservableQuery.notify`), and two that overlap with
 * the same answer left the old list on the screen.
 */
export function createClient(link: ApolloLink, typePolicies: readonly TypePolicies[]): ApolloClient {
  const cache = new InMemoryCache();
  for (const each of typePolicies) cache.policies.addTypePolicies(each);
  return new ApolloClient({
    link: ApolloLink.from([newestAnswerLink(), link]),
    queryDeduplication: false,
    cache,
    dataMasking: true,
    // nobody looks
    defaultOptions: { watchQuery: { skipPollAttempt: () => document.visibilityState === 'hidden' } },
  });
}
