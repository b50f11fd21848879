import { useQuery } from '@apollo/client/react';
import { Button, Skeleton } from '@mantine/core';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { COMPARED_RUNS_MAX, comparedIds, isEnded, type ComparisonFault } from '@trainyard/domain';
import { Delayed, EmptyState } from '@trainyard/ui';
import { useCallback, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../../apollo-failure.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { LinkButton } from '../../shell/LinkButton.tsx';
import { Page } from '../../shell/Page.tsx';
import { useRunCards } from '../run-cards.ts';
import { ComparedRunsDocument, type ComparedRunFragment } from './compare.generated.ts';
import { compareSearch } from './compare-search.ts';
import { Comparison } from './Comparison.tsx';
import classes from './ComparePage.module.css';

/** Runs side by side. The address is the comparison: whoever opens it sees the same, as far as they may. */
export function ComparePage() {
  const { runs = '' } = compareSearch(useSearch({ strict: false }));
  const { ids, fault } = comparedIds(runs);
  return fault ? <NoComparison fault={fault} count={ids.length} /> : <ComparisonOf key={ids.join()} ids={ids} />;
}

function NoComparison({ fault, count }: { fault: ComparisonFault; count: number }) {
  const { t } = useTranslation('training');
  return (
    <Page title={t('compare.title')}>
      <EmptyState
        icon={<IconArrowsDiff />}
        title={t(`compare.fault.${fault}`, { max: COMPARED_RUNS_MAX, count })}
        text={t(`compare.faultHint.${fault}`, { max: COMPARED_RUNS_MAX })}
        action={<LinkButton to="/runs">{t('compare.choose')}</LinkButton>}
      />
    </Page>
  );
}

function ComparisonOf({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('training');
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(ComparedRunsDocument, { variables: { ids: [...ids] }, fetchPolicy: 'cache-and-network' });
  const onMoved = useCallback(() => toldByQuery(refetch()), [refetch]);
  const runs = data?.runsById ?? [];
  const missing = data ? ids.length - runs.length : 0;
  // the card is pushed, the result is asked for
  const behind = runs.filter((run) => isEnded(run.card.state) && !isEnded(run.state)).length;
  useEffect(() => {
    if (behind > 0) onMoved();
  }, [behind, onMoved]);
  const only = (kept: readonly string[]): void => void navigate({ to: '/compare', search: { runs: kept.join(',') }, replace: true, resetScroll: false });

  const title = data ? t('compare.titleOf', { count: runs.length }) : t('compare.title');
  return (
    <Page
      title={title}
      lead={data && aboutOf(t, runs)}
      actions={
        <LinkButton variant="default" to="/runs">
          {t('compare.allRuns')}
        </LinkButton>
      }
    >
      <ErrorNotice error={error} onRetry={onMoved} />
      {missing > 0 && (
        <p className={classes.missing} role="status">
          {t('compare.missing', { count: missing })}
          {runs.length > 1 && (
            <Button size="compact-xs" variant="default" onClick={() => only(runs.map(({ id }) => id))}>
              {t('compare.leaveOut', { count: missing })}
            </Button>
          )}
        </p>
      )}
      {!data && !error && (
        <Delayed>
          <Skeleton height={420} />
        </Delayed>
      )}
      {data && runs.length < 2 && (
        <EmptyState
          icon={<IconArrowsDiff />}
          title={t('compare.fault.TOO_FEW')}
          text={t('compare.faultHint.TOO_FEW')}
          action={<LinkButton to="/runs">{t('compare.choose')}</LinkButton>}
        />
      )}
      {runs.length > 1 && <Comparison runs={runs} onMoved={onMoved} onRemove={runs.length > 2 ? (id) => only(ids.filter((one) => one !== id)) : null} />}
      {goingProjects(runs).map((id) => (
        <LiveRuns key={id} projectId={id} />
      ))}
    </Page>
  );
}

/** What all of them have in common. */
function aboutOf(t: ReturnType<typeof useTranslation<'training'>>['t'], runs: readonly ComparedRunFragment[]): string {
  const tickets = new Set(runs.map(({ ticket }) => ticket?.key ?? ''));
  const datasets = new Set(runs.map(({ dataset }) => dataset?.name ?? t('fact.datasetGone')));
  const templates = new Set(runs.map(({ template }) => t(`template.${template}.name`)));
  const [ticket] = runs.map((run) => run.ticket);
  return [
    tickets.size === 1 && ticket ? `${ticket.key} ${ticket.title}` : t('compare.tickets', { count: tickets.size }),
    templates.size === 1 ? [...templates][0] : t('compare.templates', { count: templates.size }),
    datasets.size === 1 ? [...datasets][0] : t('compare.datasets', { count: datasets.size }),
  ].join(' · ');
}

/** Projects with compared runs that have not ended: those are listened to. */
const goingProjects = (runs: readonly ComparedRunFragment[]): string[] => [
  ...new Set(runs.filter(({ card }) => !isEnded(card.state)).map(({ projectId }) => projectId)),
];

function LiveRuns({ projectId }: { projectId: string }) {
  useRunCards(projectId);
  return null;
}
