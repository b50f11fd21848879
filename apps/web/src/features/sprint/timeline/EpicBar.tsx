import { shiftedDay } from '@trainyard/domain';
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import classes from './EpicBar.module.css';
import { barOf, carried, DAY_WIDTH, xOf, type Grip, type Scale, type Stretch } from './timeline-scale.ts';
import type { Epic, EpicProgress } from './useEpics.ts';

export interface EpicBarProps {
  epic: Epic;
  progress: EpicProgress | undefined;
  /** The day by which it is done in 85 of 100 trials. */
  forecast: string | null;
  scale: Scale;
  today: string;
  top: number;
  height: number;
  mayWrite: boolean;
  daysOf: (stretch: Stretch) => string;
  onSay: (text: string) => void;
  onSave: (stretch: Stretch) => Promise<void>;
}

const WEEK = 7;
/** Days that an epic without dates gets where it is begun here. */
const USUAL = 14;

/** The days of an epic: carried by hand, as a whole or by an end, or by arrows; Enter keeps them, Escape leaves them as they were. */
export function EpicBar({ epic, progress, forecast, scale, today, top, height, mayWrite, daysOf, onSay, onSave }: EpicBarProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const [draft, setDraft] = useState<Stretch | null>(null);
  const grip = useRef<{ at: number; grip: Grip } | null>(null);
  const known = { startDate: epic.startDate, dueDate: epic.dueDate };
  const now = draft ?? known;
  const bar = barOf(scale, now);
  const end = now.dueDate ?? now.startDate ?? null;
  const late = forecast !== null && (end === null || forecast > end);
  const ghostFrom = end ?? today;

  const keep = async (stretch: Stretch | null): Promise<void> => {
    if (stretch) await onSave(stretch).finally(() => setDraft(null));
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!mayWrite || event.ctrlKey || event.metaKey) return;
    const by = event.key === 'ArrowRight' ? 1 : event.key === 'ArrowLeft' ? -1 : event.key === 'PageDown' ? WEEK : event.key === 'PageUp' ? -WEEK : 0;
    if (by !== 0) {
      const next = carried(now, event.shiftKey ? 'END' : event.altKey ? 'START' : 'WHOLE', by);
      setDraft(next);
      onSay(daysOf(next));
    } else if (event.key === 'Enter' && draft) void keep(draft);
    else if (event.key === 'Escape' && draft) {
      setDraft(null);
      onSay(daysOf(known));
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const onPointerDown = (event: PointerEvent<HTMLElement>): void => {
    if (!mayWrite || event.button !== 0) return;
    const edge = (event.target as HTMLElement).dataset['edge'];
    grip.current = { at: event.clientX, grip: edge === 'START' || edge === 'END' ? edge : 'WHOLE' };
    event.currentTarget.setPointerCapture(event.pointerId);
  };
  const onPointerMove = (event: PointerEvent): void => {
    if (!grip.current) return;
    const days = Math.round((event.clientX - grip.current.at) / DAY_WIDTH[scale.zoom]);
    setDraft(days === 0 ? null : carried(known, grip.current.grip, days));
  };
  const onPointerUp = (): void => {
    grip.current = null;
    void keep(draft);
  };
  return (
    <div className={classes.row} style={{ top, height }}>
      {late && (
        <div
          className={classes.forecast}
          style={{ left: xOf(scale, ghostFrom) + (end === null ? 0 : DAY_WIDTH[scale.zoom]), width: Math.max(4, xOf(scale, forecast) - xOf(scale, ghostFrom)) }}
          title={t('timeline.forecast', { day: format.date(forecast) })}
        />
      )}
      {bar ? (
        <div
          role="slider"
          tabIndex={0}
          aria-label={`${epic.key} ${epic.title}`}
          aria-valuetext={[daysOf(now), forecast === null ? [] : t('timeline.forecast', { day: format.date(forecast) })].flat().join(', ')}
          aria-valuenow={Math.round(bar.x)}
          aria-readonly={!mayWrite || undefined}
          className={classes.bar}
          data-state={epic.state}
          data-draft={draft !== null || undefined}
          data-late={late || undefined}
          style={{ left: bar.x, width: Math.max(6, bar.width) }}
          title={`${epic.key} ${epic.title}\n${daysOf(now)}`}
          onKeyDown={onKeyDown}
          onBlur={() => draft && !grip.current && void keep(draft)}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
          onPointerCancel={() => {
            grip.current = null;
            setDraft(null);
          }}
        >
          {progress && progress.tickets > 0 && <span className={classes.done} style={{ width: `${(100 * progress.done) / progress.tickets}%` }} />}
          {mayWrite && <span className={classes.edge} data-edge="START" />}
          {mayWrite && <span className={classes.edge} data-edge="END" />}
        </div>
      ) : (
        mayWrite &&
        epic.state !== 'DONE' && (
          <button
            type="button"
            className={classes.plan}
            style={{ left: xOf(scale, today), width: USUAL * DAY_WIDTH[scale.zoom] }}
            onClick={() => void onSave({ startDate: today, dueDate: shiftedDay(today, USUAL - 1) })}
            aria-label={t('timeline.planKey', { key: epic.key })}
          >
            {t('timeline.plan')}
          </button>
        )
      )}
    </div>
  );
}
