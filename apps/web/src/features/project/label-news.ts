import { newsPart } from '../activity/news.ts';
import { LabelChipFragmentDoc, LabelNewsFragmentDoc } from './labels.generated.ts';

export const labelNews = newsPart(LabelNewsFragmentDoc, (cache, sent) => {
  for (const label of sent.flatMap(({ labels }) => labels)) {
    cache.writeFragment({ id: cache.identify(label), fragment: LabelChipFragmentDoc, data: label });
  }
});
