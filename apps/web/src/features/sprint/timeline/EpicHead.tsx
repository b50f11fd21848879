import { Link } from '@tanstack/react-router';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { pointsText } from '../sprint-days.ts';
import { TicketState } from '../../ticket/TicketState.tsx';
import classes from './EpicHead.module.css';
import type { Epic, EpicProgress } from './useEpics.ts';

export interface EpicHeadProps {
  epic: Epic;
  progress: EpicProgress | undefined;
  days: string;
  /** As short as they stay clear: there is little room. */
  shortDays: string;
  shortDay: (day: string) => string;
  style: CSSProperties;
}

/** What an epic is called, how far it is, and when it will be done. */
export function EpicHead({ epic, progress, days, shortDays, shortDay, style }: EpicHeadProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const share = progress && progress.tickets > 0 ? progress.done / progress.tickets : 0;
  const [, p85] = progress?.forecast ?? [];
  return (
    <div className={classes.root} style={style}>
      <Link className={classes.title} to="/tickets/$ticketKey" params={{ ticketKey: epic.key }} title={`${epic.key} ${epic.title}`}>
        <span className={classes.key}>{epic.key}</span> {epic.title}
      </Link>
      <span className={classes.facts}>
        {epic.state === 'DONE' && <TicketState state={epic.state} resolution={epic.resolution} />}
        {!progress ? null : progress.tickets > 0 ? (
          <>
            <span className={classes.track} role="img" aria-label={t('timeline.progress', { done: progress.done, tickets: progress.tickets })}>
              <span className={classes.done} style={{ width: `${100 * share}%` }} />
            </span>
            <span>{`${format.number(progress.done)} / ${format.number(progress.tickets)} · ${pointsText(t, format, progress.points)}`}</span>
          </>
        ) : (
          <span>{t('timeline.nothingIn')}</span>
        )}
        <span className={classes.days} title={days}>
          {shortDays}
        </span>
        {p85 != null && (
          <span className={classes.days} title={t('timeline.forecast', { day: format.date(p85) })}>
            {t('timeline.forecast', { day: shortDay(p85) })}
          </span>
        )}
      </span>
    </div>
  );
}
