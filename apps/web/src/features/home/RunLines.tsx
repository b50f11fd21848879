import { Link } from '@tanstack/react-router';
import { isEnded } from '@trainyard/domain';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useNow } from '../shell/useNow.ts';
import { CardRunView } from '../training/CardRun.tsx';
import { useRunCards } from '../training/run-cards.ts';
import type { RunRowFragment } from '../training/run-list.generated.ts';
import classes from './Block.module.css';

/** So many projects are listened to at a time. */
const LIVE_PROJECTS_MAX = 8;

/** Runs, one a line: those that go on move by themselves. */
export function RunLines({ runs, best }: { runs: readonly RunRowFragment[]; best?: ReadonlySet<string> }) {
  const live = [...new Set(runs.flatMap(({ projectId, card }) => (isEnded(card.state) ? [] : [projectId])))].slice(0, LIVE_PROJECTS_MAX);
  return (
    <>
      {live.map((projectId) => (
        <LiveRuns key={projectId} projectId={projectId} />
      ))}
      <ul className={classes.list}>
        {runs.map((run) => (
          <RunLine key={run.id} run={run} isBest={best?.has(run.id) ?? false} />
        ))}
      </ul>
    </>
  );
}

function LiveRuns({ projectId }: { projectId: string }) {
  useRunCards(projectId);
  return null;
}

function RunLine({ run, isBest }: { run: RunRowFragment; isBest: boolean }) {
  const { t } = useTranslation('home');
  const { t: training } = useTranslation('training');
  const { card, ticket } = run;
  return (
    <li className={classes.row}>
      <Link to="/runs/$runId" params={{ runId: run.id }} className={classes.main} title={ticket?.title}>
        <span className={classes.key}>
          {ticket?.key} {training('page.short', { number: run.number })}
        </span>{' '}
        {ticket?.title ?? training(`template.${run.template}.name`)}
      </Link>
      {isBest && <span className={classes.best}>{t('newBest')}</span>}
      {card.state === 'RUNNING' && <TimeLeft remainingMs={card.remainingMs} tick={card.tick} />}
      <div className={classes.run}>
        <CardRunView card={card} />
      </div>
    </li>
  );
}

/** Counts down between two reports. */
function TimeLeft({ remainingMs, tick }: { remainingMs: number | null; tick: number }) {
  return remainingMs === null ? null : <Counting key={tick} remainingMs={remainingMs} />;
}
function Counting({ remainingMs }: { remainingMs: number }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  const now = useNow(1_000);
  const [until] = useState(now + remainingMs);
  return <span className={classes.aside}>{t('timeLeft', { time: format.duration(Math.max(0, until - now)) })}</span>;
}
