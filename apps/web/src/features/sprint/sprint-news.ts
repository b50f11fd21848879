import { newsPart } from '../activity/news.ts';
import { ReleaseHeadFragmentDoc, SprintHeadFragmentDoc, SprintNewsFragmentDoc } from './sprints.generated.ts';

export const sprintNews = newsPart(SprintNewsFragmentDoc, (cache, sent) => {
  for (const sprint of sent.flatMap(({ sprints }) => sprints))
    cache.writeFragment({ id: cache.identify(sprint), fragment: SprintHeadFragmentDoc, data: sprint });
  for (const release of sent.flatMap(({ releases }) => releases))
    cache.writeFragment({ id: cache.identify(release), fragment: ReleaseHeadFragmentDoc, data: release });
});
