import { Link } from '@tanstack/react-router';
import { IconArrowRight, IconBan, IconCpu } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useNow } from '../../shell/useNow.ts';
import { TicketState } from '../../ticket/TicketState.tsx';
import { pointsText } from '../sprint-days.ts';
import classes from './Daily.module.css';
import type { DayTicketData } from './people-of.ts';

/** A ticket, and what happened to it since the last working day began. */
export function DayTicket({ ticket }: { ticket: DayTicketData }) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const now = useNow(60_000);
  const { key, title, state, points, column, moves, blockers, runs } = ticket;
  const [last] = moves;
  return (
    <li className={classes.ticket} data-state={state}>
      <p className={classes.title}>
        <Link to="/tickets/$ticketKey" params={{ ticketKey: key }}>
          <span className={classes.key}>{key}</span> {title}
        </Link>
      </p>
      <p className={classes.facts}>
        {column === null ? <TicketState state={state} resolution={state === 'DONE' ? 'DONE' : null} /> : <span>{column}</span>}
        {points !== null && <span>{pointsText(t, format, points)}</span>}
      </p>
      {last && (
        <p className={classes.happened}>
          <IconArrowRight size={14} aria-hidden="true" />
          <span>
            {t(last.column === null ? 'daily.left' : 'daily.moved', { column: last.column ?? '', by: last.by ?? t('retro.somebody') })}{' '}
            <time dateTime={last.at}>{format.relative(last.at, now)}</time>
            {moves.length > 1 && ` (${t('daily.moves', { count: moves.length })})`}
          </span>
        </p>
      )}
      {state !== 'DONE' &&
        blockers.map((blocker, i) => (
          <p key={i} className={classes.happened} data-tone="bad">
            <IconBan size={14} aria-hidden="true" />
            {blocker.key === null ? (
              t('daily.blockedHidden')
            ) : (
              <span>
                {t('daily.blocked')}{' '}
                <Link to="/tickets/$ticketKey" params={{ ticketKey: blocker.key }}>
                  {blocker.key} {blocker.title}
                </Link>
              </span>
            )}
          </p>
        ))}
      {runs.map((run) => (
        <p key={run.runId} className={classes.happened} data-tone={run.state === 'FAILED' ? 'bad' : undefined}>
          <IconCpu size={14} aria-hidden="true" />
          <span>
            <Link to="/runs/$runId" params={{ runId: run.runId }}>
              {t('daily.run', { number: run.number })}
            </Link>{' '}
            {t(`daily.runState.${run.state}`)} <time dateTime={run.endedAt}>{format.relative(run.endedAt, now)}</time>
          </span>
        </p>
      ))}
    </li>
  );
}
