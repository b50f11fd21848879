import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useProjectEvents } from '../activity/useProjectEvents.ts';
import { RulesDocument, type RuleFactsFragment } from './automation.generated.ts';
import type { RuleProject } from './rule-words.ts';

export interface ShownRules {
  rules: readonly RuleFactsFragment[] | undefined;
  error: unknown;
  refetch: () => void;
  /** Goes up when a rule fired, or was changed. */
  news: number;
}

/** The rules of a project, as they come, change and go. */
export function useRules({ id, seq }: RuleProject): ShownRules {
  const [news, setNews] = useState(0);
  const { data, error, refetch } = useQuery(RulesDocument, { variables: { projectId: id }, fetchPolicy: 'cache-and-network' });
  const again = (): void => void refetch().catch(() => undefined);
  useProjectEvents({
    projectId: id,
    since: seq,
    onEvents: ({ activities }) => {
      const told = activities.filter(({ entity }) => entity === 'RULE');
      if (told.length > 0) setNews((before) => before + 1);
      // what a known one has become, the news say
      if (told.some(({ action }) => action !== 'UPDATED')) again();
    },
    onReset: () => {
      setNews((before) => before + 1);
      again();
    },
  });
  return { rules: data?.rules, error, refetch: again, news };
}
