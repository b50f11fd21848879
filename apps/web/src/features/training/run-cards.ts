import type { ApolloCache } from '@apollo/client';
import { skipToken, useApolloClient, useSubscription } from '@apollo/client/react';
import { newsPart } from '../activity/news.ts';
import { CardRunFragmentDoc, RunCardsDocument, RunNewsFragmentDoc, type CardRunFragment } from './run-cards.generated.ts';

/** Writes the cards that are news in one broadcast: an update overtaken by a newer one (by its `tick`) is dropped. */
export function writeRunCards(cache: ApolloCache, cards: readonly CardRunFragment[]): void {
  cache.batch({
    update(batch) {
      for (const card of cards) {
        const id = batch.identify({ __typename: 'RunCard', id: card.id });
        const known = batch.readFragment({ id, fragment: CardRunFragmentDoc, fragmentName: 'CardRun' });
        if (known && known.tick >= card.tick) continue;
        batch.writeFragment({ id, fragment: CardRunFragmentDoc, fragmentName: 'CardRun', data: card });
      }
    },
  });
}

export const runNews = newsPart(RunNewsFragmentDoc, (cache, sent) =>
  writeRunCards(
    cache,
    sent.flatMap(({ runs }) => runs),
  ),
);

/** Keeps the cards of a project's going runs current while mounted. Mounted twice it still is one subscription. */
export function useRunCards(projectId: string | null, onCards?: (cards: readonly CardRunFragment[]) => void): void {
  const client = useApolloClient();
  useSubscription(
    RunCardsDocument,
    projectId === null
      ? skipToken
      : {
          variables: { projectId },
          fetchPolicy: 'no-cache',
          ignoreResults: true,
          onData({ data }) {
            if (!data.data) return;
            writeRunCards(client.cache, data.data.runCards);
            onCards?.(data.data.runCards);
          },
        },
  );
}
