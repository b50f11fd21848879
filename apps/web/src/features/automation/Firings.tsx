import { useQuery } from '@apollo/client/react';
import { IconHistory } from '@tabler/icons-react';
import { FIRING_OUTCOMES, type FiringOutcome } from '@trainyard/domain';
import { EmptyState, Segments } from '@trainyard/ui';
import { useEffect, useEffectEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../shell/Page.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { Waiting } from '../shell/Waiting.tsx';
import { RuleFiringsDocument } from './automation.generated.ts';
import { FiringRow } from './FiringRow.tsx';
import type { RuleProject } from './rule-words.ts';
import classes from './Rules.module.css';

const PAGE = 20;
const ALL = 'ALL';

export interface FiringsProps {
  project: RuleProject;
  /** Null: of all rules. */
  ruleId: string | null;
  /** Goes up when one may have fired. */
  news: number;
}

/** What became of events for rules, newest first. */
export function Firings({ project, ruleId, news }: FiringsProps) {
  const { t } = useTranslation('automation');
  const [outcome, setOutcome] = useState<FiringOutcome | typeof ALL>(ALL);
  const { data, error, refetch, fetchMore } = useQuery(RuleFiringsDocument, {
    variables: { projectId: project.id, ruleId, outcome: outcome === ALL ? null : outcome, first: PAGE },
    fetchPolicy: 'cache-and-network',
  });
  const again = useEffectEvent(() => void fetchMore({ variables: { first: PAGE, after: null } }).catch(() => undefined));
  useEffect(() => {
    if (news > 0) again();
  }, [news]);
  const firings = data?.ruleFirings;
  return (
    <Section
      title={t('firings.title')}
      actions={
        <Segments
          className={classes.outcomes}
          label={t('firings.filter')}
          value={outcome}
          onChange={setOutcome}
          data={[ALL, ...FIRING_OUTCOMES].map((value) => ({ value: value as FiringOutcome, label: t(`outcome.${value as FiringOutcome}`) }))}
        />
      }
    >
      {!firings && <Waiting error={error} onRetry={refetch} height={120} />}
      {firings?.nodes.length === 0 && (
        <EmptyState icon={<IconHistory />} title={t(outcome === ALL ? 'firings.none' : 'firings.noneSuch')} text={outcome === ALL && t('firings.noneText')} />
      )}
      {firings && firings.nodes.length > 0 && (
        <ul className={classes.firings} aria-label={t('firings.title')}>
          {firings.nodes.map((firing) => (
            <FiringRow key={firing.id} firing={firing} project={project} showsRule={ruleId === null} />
          ))}
        </ul>
      )}
      {firings?.pageInfo.hasNextPage && <ShowMore onMore={() => fetchMore({ variables: { after: firings.pageInfo.endCursor } })} />}
    </Section>
  );
}
