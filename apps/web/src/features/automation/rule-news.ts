import { newsPart } from '../activity/news.ts';
import { RuleFactsFragmentDoc, RuleNewsFragmentDoc } from './automation.generated.ts';

export const ruleNews = newsPart(RuleNewsFragmentDoc, (cache, sent) => {
  for (const rule of sent.flatMap(({ rules }) => rules)) cache.writeFragment({ id: cache.identify(rule), fragment: RuleFactsFragmentDoc, data: rule });
});
