import { useQuery } from '@apollo/client/react';
import { scopeOf } from '../access/project-scope.ts';
import { Button, Skeleton } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { isEnded, type ProjectScope } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useCallback, useEffect, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { NotFoundPage } from '../shell/NotFoundPage.tsx';
import { Page } from '../shell/Page.tsx';
import { LossTrouble } from './LossTrouble.tsx';
import { RunActions } from './RunActions.tsx';
import { RunArtifacts } from './RunArtifacts.tsx';
import { RunAttempts } from './RunAttempts.tsx';
import { useRunCards } from './run-cards.ts';
import { RunCharts, hasPoints } from './RunCharts.tsx';
import { RunFacts } from './RunFacts.tsx';
import { RunFailure } from './RunFailure.tsx';
import { RunLog } from './RunLog.tsx';
import classes from './RunPage.module.css';
import { RunPageDocument, RunPlaceDocument, type RunPageQuery, type RunPlaceQuery } from './runs.generated.ts';
import { RunResult } from './RunResult.tsx';
import { RunStats } from './RunStats.tsx';
import { RunStateBadge } from './RunStateBadge.tsx';
import { RunStatus } from './RunStatus.tsx';
import { useRunFeed } from './useRunFeed.ts';

type Run = NonNullable<RunPageQuery['run']>;

/** One run: live while it goes, its result and everything that decided it afterwards. */
export function RunPage() {
  const { t } = useTranslation('training');
  const { runId = '' } = useParams({ strict: false });
  const { data, error, refetch } = useQuery(RunPageDocument, { variables: { id: runId }, fetchPolicy: 'cache-and-network' });
  const onMoved = useCallback(() => toldByQuery(refetch()), [refetch]);
  if (data?.run) return <RunView key={data.run.id} run={data.run} onMoved={onMoved} />;
  if (data && data.run === null) return <NotFoundPage />;
  return <Page title={t('runs.title')}>{error ? <ErrorNotice error={error} onRetry={onMoved} /> : <RunSkeleton />}</Page>;
}

function RunView({ run, onMoved }: { run: Run; onMoved: () => void }) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const navigate = useNavigate();
  const ended = isEnded(run.card.state);
  const { feed, error } = useRunFeed(run.id, !ended, onMoved);
  // One that ended may begin again elsewhere: its feed is closed then, the project's cards tell.
  useRunCards(run.projectId);
  // The card is pushed, the rest is asked for: when the card is in another state, attempts and environment have news.
  useEffect(() => {
    if (run.card.state !== run.state) onMoved();
  }, [run.card.state, run.state, onMoved]);
  const { data: place } = useQuery(RunPlaceDocument, { variables: { ticketId: run.ticketId, projectId: run.projectId } });
  const scope = useMemo((): ProjectScope | null => (place?.project ? scopeOf(place.project) : null), [place]);
  const title = t('page.short', { number: run.number });
  const model = run.attempts
    .flatMap((attempt) => (attempt.id === run.attempt?.id ? attempt.artifacts : []))
    .find((artifact) => artifact.name.startsWith('model'));
  const attempts = useMemo(() => [...run.attempts].sort((one, other) => one.number - other.number), [run.attempts]);
  const about = [
    t(`template.${run.template}.name`),
    run.dataset?.name,
    run.createdBy && t('page.queuedBy', { name: run.createdBy.name, at: format.dateTime(run.queuedAt) }),
  ];
  return (
    <Page
      title={title}
      trail={trailOf(place)}
      lead={
        <span className={classes.lead}>
          <RunStateBadge state={run.card.state} />
          {about.filter(Boolean).join(' · ')}
        </span>
      }
      actions={
        <>
          {model && (
            <Button component="a" href={`/artifacts/${model.id}`} download={model.name} leftSection={<IconDownload size={16} aria-hidden="true" />}>
              {t('downloadModel')}
            </Button>
          )}
          <RunActions run={run} scope={scope} onRetried={onMoved} onQueued={(id) => void navigate({ to: '/runs/$runId', params: { runId: id } })} />
        </>
      }
    >
      <div className={classes.columns}>
        <div className={classes.main}>
          {run.card.state === 'FAILED' && <RunFailure code={run.failureCode} params={run.failureParams} message={run.failureMessage} />}
          <LossTrouble run={run} curves={feed?.curves ?? null} scope={scope} />
          <RunStatus card={run.card} cancelRequested={run.cancelRequested} isBrief />
          <RunStats run={run} curves={feed?.curves ?? null} />
          <ErrorNotice error={error} />
          {feed && hasPoints(run.card) && (
            <RunCharts runId={run.id} template={run.template} validated={run.parameters.validationSplit > 0} curves={feed.curves} />
          )}
          {run.result && <RunResult result={run.result} />}
          {feed && <RunLog runId={run.id} attempts={attempts} newest={run.attempt?.id ?? null} log={feed.log} />}
          <RunArtifacts attempts={attempts} />
        </div>
        <aside className={classes.aside} aria-label={t('page.details')}>
          <RunFacts run={run} />
          <RunAttempts attempts={run.attempts} />
        </aside>
      </div>
    </Page>
  );
}

/** Project and ticket; nothing of either before they are known, or once they are gone. */
function trailOf(place: RunPlaceQuery | undefined): readonly ReactNode[] {
  if (!place?.project) return [];
  const { project, ticket } = place;
  return [
    <Link key="project" to="/projects/$projectKey/runs" params={{ projectKey: project.key }}>
      {project.name}
    </Link>,
    ...(ticket
      ? [
          <Link key="ticket" to="/tickets/$ticketKey" params={{ ticketKey: ticket.key }}>
            {ticket.key} {ticket.title}
          </Link>,
        ]
      : []),
  ];
}

function RunSkeleton() {
  return (
    <Delayed>
      <Skeleton height={28} width={220} mb="md" />
      <div className={classes.columns}>
        <Skeleton height={520} />
        <Skeleton height={420} />
      </div>
    </Delayed>
  );
}
