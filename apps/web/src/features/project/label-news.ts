import type { ApolloCache } from '@apollo/client';
import { LabelChipFragmentDoc, type LabelNewsFragment } from './labels.generated.ts';

export function writeLabelNews(cache: ApolloCache, batch: readonly Pick<LabelNewsFragment, 'labels'>[]): void {
  for (const label of batch.flatMap(({ labels }) => labels)) {
    cache.writeFragment({ id: cache.identify(label), fragment: LabelChipFragmentDoc, data: label });
  }
}
