import { useQuery } from '@apollo/client/react';
import { Button, Tooltip } from '@mantine/core';
import { IconArrowsDiff, IconPlayerPlay } from '@tabler/icons-react';
import { bestFirst, can, COMPARED_RUNS_MAX, COMPARED_RUNS_MIN, isEnded, type ProjectScope } from '@trainyard/domain';
import { Fragment, useCallback, useEffect, useMemo, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { LinkButton } from '../shell/LinkButton.tsx';
import { GridHeading } from './GridHeading.tsx';
import { QueueRunDialog } from './QueueRunDialog.tsx';
import { useRunCards } from './run-cards.ts';
import { TicketRunRow } from './TicketRunRow.tsx';
import classes from './TicketRuns.module.css';
import { TicketRunsDocument, type TicketRunFragment } from './runs.generated.ts';
import { useReconnects } from '../shell/useReconnects.ts';
import { Waiting } from '../shell/Waiting.tsx';

export interface TicketRunsProps {
  ticketId: string;
  projectId: string;
  /** Stands in one line with what can be done. */
  heading: ReactNode;
  /** One looks for runs here: that there are none is said. Else nothing is seen before there is one. */
  isExpected?: boolean;
}

/** A ticket's runs, the best first and live: look into one, compare several, queue another. */
export function TicketRuns({ ticketId, projectId, heading, isExpected = true }: TicketRunsProps) {
  const { t } = useTranslation('training');
  const format = useFormat();
  const actor = useActor();
  const { data, error, refetch } = useQuery(TicketRunsDocument, {
    variables: { id: ticketId, projectId },
    fetchPolicy: 'cache-and-network',
    context: TOGETHER,
  });
  const [queueing, setQueueing] = useState(false);
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [opened, setOpened] = useState<string | null>(null);
  const { runs, best, isRanked } = useMemo(() => ranked(data?.ticket?.runs ?? []), [data]);
  const scope = useMemo((): ProjectScope | null => (data?.project ? scopeOf(data.project) : null), [data]);
  const onMoved = useCallback(() => toldByQuery(refetch()), [refetch]);
  const mayQueue = scope !== null && can(actor, 'run.queue', scope);

  useRunCards(projectId, (cards) => {
    const here = cards.filter((card) => card.ticketId === ticketId);
    // A run somebody else queued, or one that has just ended and now has a result to show.
    const unknown = here.some((card) => runs.every((run) => run.id !== card.id));
    const ended = here.some((card) => isEnded(card.state) && runs.some((run) => run.id === card.id && !isEnded(run.state)));
    if (unknown || ended) toldByQuery(refetch());
  });
  useRefetchOnReconnect(refetch);

  // A going run is what one came for: it opens by itself until the reader chooses.
  const going = runs.filter((run) => !isEnded(run.card.state));
  const shown = opened ?? (going.find((run) => run.card.state !== 'QUEUED') ?? going[0])?.id ?? null;
  const compared = runs.filter((run) => chosen.includes(run.id));
  return (
    <div className={classes.root} hidden={!isExpected && runs.length === 0 && !error}>
      <div className={classes.head}>
        {heading}
        {runs.length > 0 && <span className={classes.count}>{t('runs.count', { formatted: format.number(runs.length) })}</span>}
        {isRanked && <span className={classes.count}>{t('runs.bestFirst')}</span>}
        {data && runs.length === 0 && <p className={classes.none}>{mayQueue ? t('runs.emptyHint') : t('runs.emptyForbidden')}</p>}
        <div className={classes.actions}>
          {runs.length > 1 && <CompareLink ids={compared.map(({ id }) => id)} />}
          {/* One place with and without runs: the focus comes back to it from the dialog. */}
          {mayQueue && data && (
            <Button size="compact-sm" leftSection={<IconPlayerPlay size={14} aria-hidden="true" />} onClick={() => setQueueing(true)} data-act="queue-run">
              {t('runs.queue')}
            </Button>
          )}
        </div>
      </div>
      {!data && <Waiting error={error} onRetry={onMoved} height={52} />}
      <ul className={classes.list} aria-label={t('runs.title')}>
        {runs.map((run, i) => (
          <Fragment key={run.id}>
            {run.group && runs[i - 1]?.group?.id !== run.group.id && <GridHeading run={{ ...run, group: run.group }} scope={scope} onMoved={onMoved} />}
            <TicketRunRow
              run={run}
              scope={scope}
              isBest={best === run.id}
              opened={shown === run.id}
              onToggle={() => setOpened(shown === run.id ? '' : run.id)}
              onMoved={onMoved}
              chosen={chosen.includes(run.id)}
              onChoose={runs.length > 1 ? (on) => setChosen(on ? [...chosen, run.id] : chosen.filter((id) => id !== run.id)) : null}
            />
          </Fragment>
        ))}
      </ul>
      <QueueRunDialog opened={queueing} onClose={() => setQueueing(false)} ticketId={ticketId} projectId={projectId} onQueued={(id) => setOpened(id)} />
    </div>
  );
}

interface Ranked {
  runs: TicketRunFragment[];
  /** The id of the single best one; null: none is. */
  best: string | null;
  isRanked: boolean;
}

/** What goes on comes first, then the best by the figure that the newest result shows, where that can be compared; else the newest. */
function ranked(all: readonly TicketRunFragment[]): Ranked {
  const newestFirst = all.toSorted((a, b) => b.number - a.number);
  const going = newestFirst.filter((run) => !isEnded(run.card.state));
  const ended = newestFirst.filter((run) => isEnded(run.card.state));
  const headline = ended.find(({ result, card }) => result && card.headline)?.card.headline;
  const by =
    headline &&
    bestFirst(
      ended.map(({ result, ...run }) => ({ ...run, metrics: result?.metrics ?? null })),
      headline,
    );
  const inOrder = by ? by.order.flatMap((i) => ended[i] ?? []) : ended;
  return { runs: together([...going, ...inOrder]), best: by?.best == null ? null : (ended[by.best]?.id ?? null), isRanked: Boolean(by) };
}

/** Runs of a grid stand where its first does. */
function together(runs: readonly TicketRunFragment[]): TicketRunFragment[] {
  return [...Map.groupBy(runs, (run) => run.group?.id ?? run.id).values()].flat();
}

/** Leads to the comparison of these runs, which is a page; says how to come to it while it would be none. */
function CompareLink({ ids }: { ids: readonly string[] }) {
  const { t } = useTranslation('training');
  const look = { size: 'compact-sm', variant: 'default', leftSection: <IconArrowsDiff size={14} aria-hidden="true" /> } as const;
  if (ids.length < COMPARED_RUNS_MIN || ids.length > COMPARED_RUNS_MAX) {
    return (
      <Tooltip label={ids.length > COMPARED_RUNS_MAX ? t('compare.fault.TOO_MANY', { max: COMPARED_RUNS_MAX }) : t('runs.compareHint')}>
        <Button {...look} data-disabled aria-disabled>
          {t('runs.compare')}
        </Button>
      </Tooltip>
    );
  }
  return (
    <LinkButton {...look} to="/compare" search={{ runs: ids.join(',') }}>
      {t('runs.compareCount', { number: ids.length })}
    </LinkButton>
  );
}

function useRefetchOnReconnect(refetch: () => Promise<unknown>): void {
  const reconnects = useReconnects();
  const seen = useRef(reconnects);
  useEffect(() => {
    if (seen.current === reconnects) return;
    seen.current = reconnects;
    toldByQuery(refetch());
  }, [reconnects, refetch]);
}
