import { useApolloClient } from '@apollo/client/react';
import { notifications } from '@mantine/notifications';
import { useEffect, useLayoutEffect, useRef, useState, type CSSProperties, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { useToast } from '../../shell/useToast.ts';
import { TicketChanges } from '../../ticket/many/ticket-changes.ts';
import { useTellMany } from '../../ticket/many/useTellMany.tsx';
import { releaseDay } from '@trainyard/domain';
import { ReleaseLines, ReleaseMarks } from '../releases/ReleaseMarks.tsx';
import type { ReleaseHeadFragment, SprintHeadFragment } from '../sprints.generated.ts';
import { EpicBar } from './EpicBar.tsx';
import { EpicHead } from './EpicHead.tsx';
import classes from './TimelineChart.module.css';
import { barOf, DAY_WIDTH, linkPath, scaleOf, sprintMarks, ticksOf, widthOf, xOf, type Stretch, type Zoom } from './timeline-scale.ts';
import type { Epic, EpicProgress } from './useEpics.ts';
import { useUndoKey } from '../useUndoKey.ts';

export interface TimelineChartProps {
  epics: readonly Epic[];
  progress: ReadonlyMap<string, EpicProgress>;
  sprints: readonly SprintHeadFragment[];
  releases: readonly ReleaseHeadFragment[];
  /** Of the project. */
  today: string;
  zoom: Zoom;
  mayWrite: boolean;
  onChanged: () => Promise<void>;
  onRelease: (id: string) => void;
}

const ROW = 44;
/** Of sprints in the head. */
const LINE = 20;
const BEYOND = 6;
const TOAST = 'timeline';

/** Epics as bars over days, with what blocks them; sprints as bands behind, the day of the project as a line. Only rows that are seen are drawn. */
export function TimelineChart({ epics, progress, sprints, releases, onRelease, today, zoom, mayWrite, onChanged }: TimelineChartProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const client = useApolloClient();
  const toast = useToast();
  const tell = useTellMany();
  const [changes] = useState(() => new TicketChanges(client));
  const scroller = useRef<HTMLDivElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const [said, setSaid] = useState('');
  const steps = useRef<(() => Promise<void>)[]>([]);
  const p85 = (epic: Epic): string | null => progress.get(epic.id)?.forecast?.[1] ?? null;
  const scale = scaleOf(
    [
      ...epics.flatMap((epic) => [epic.startDate, epic.dueDate, p85(epic)]),
      ...sprints.flatMap(({ startsOn, endsOn }) => [startsOn, endsOn]),
      ...releases.map(releaseDay),
    ],
    today,
    zoom,
  );
  const [from, to] = useRowsSeen(scroller, body, epics.length);

  // today is seen first
  const zoomed = useRef<Zoom | null>(null);
  useLayoutEffect(() => {
    const element = scroller.current;
    if (!element || zoomed.current === zoom) return;
    zoomed.current = zoom;
    element.scrollLeft = Math.max(0, xOf(scale, today) - element.clientWidth / 3);
  }, [scale, today, zoom]);

  const undo = async (step: () => Promise<void>): Promise<void> => {
    steps.current = steps.current.filter((one) => one !== step);
    // by the key: its notice offers nothing any more
    notifications.hide(TOAST);
    await step();
  };
  useUndoKey(() => {
    const step = steps.current.at(-1);
    if (step) void undo(step);
    return step !== undefined;
  });
  const save = async (epic: Epic, { startDate, dueDate }: Stretch): Promise<void> => {
    if (epic.startDate === startDate && epic.dueDate === dueDate) return;
    try {
      const { outcome, takeBack } = await changes.do([epic.id], { kind: 'DATES', startDate, dueDate });
      await onChanged();
      const step = async (): Promise<void> => {
        try {
          const undone = await takeBack();
          await onChanged();
          if (undone.refused.length > 0) tell(TOAST, '', undone, null);
        } catch (error) {
          toast.failed(error);
        }
      };
      if (outcome.changed.length > 0) steps.current.push(step);
      tell(
        TOAST,
        t('timeline.moved', { key: epic.key, days: daysOf({ startDate, dueDate }) }),
        outcome,
        outcome.changed.length > 0 ? () => void undo(step) : null,
      );
    } catch (error) {
      toast.failed(error);
      await onChanged();
    }
  };
  const saidBy =
    (dayText: (day: string) => string) =>
    ({ startDate, dueDate }: Stretch): string => {
      const [first, last] = [startDate ?? dueDate, dueDate ?? startDate];
      return first === null || last === null ? t('timeline.noDates') : t('sprint.days', { from: dayText(first), to: dayText(last) });
    };
  const daysOf = saidBy(format.date);
  const shortDay = (day: string): string => format.shortDate(day, today);

  const rowOf = new Map(epics.map(({ id }, i) => [id, i]));
  const links = epics.flatMap((epic, row) =>
    epic.blockers.flatMap((blocker) => {
      const other = rowOf.get(blocker.id);
      const [ends, begins] = [other === undefined ? null : barOf(scale, epics[other]!), barOf(scale, epic)];
      if (other === undefined || !ends || !begins || Math.max(row, other) < from || Math.min(row, other) > to) return [];
      const at = (index: number): number => index * ROW + ROW / 2;
      return [
        {
          key: `${blocker.id} ${epic.id}`,
          path: linkPath({ x: ends.x + ends.width, y: at(other) }, { x: begins.x, y: at(row) }),
          isLate: ends.x + ends.width > begins.x,
        },
      ];
    }),
  );
  const width = widthOf(scale);
  const marks = sprintMarks(scale, sprints);
  const lines = Math.max(1, ...marks.map(({ line }) => line + 1));
  return (
    <>
      <div ref={scroller} className={classes.scroller} data-fills-page role="region" aria-label={t('timeline.title')} tabIndex={0}>
        <div className={classes.grid} data-releases={releases.length > 0 || undefined} style={{ '--canvas': `${width}px`, '--lines': lines } as CSSProperties}>
          <div className={classes.corner}>{t('timeline.epics', { count: epics.length })}</div>
          <div className={classes.head}>
            {ticksOf(scale).map((day) => (
              <span key={day} className={classes.tick} style={{ left: xOf(scale, day) }}>
                {zoom === 'MONTHS' ? format.month(day) : format.shortDate(day, today)}
              </span>
            ))}
            <ReleaseMarks releases={releases} scale={scale} today={today} onOpen={onRelease} />
            {marks.map(({ id, x, width: least, room, line, label }) => {
              const sprint = sprints.find((one) => one.id === id)!;
              const said = `${sprint.name}: ${daysOf({ startDate: sprint.startsOn, dueDate: sprint.endsOn })}`;
              return (
                <span
                  key={id}
                  className={classes.sprint}
                  data-state={sprint.state}
                  style={{ left: x, minWidth: least, maxWidth: room, insetBlockEnd: 3 + (lines - 1 - line) * LINE }}
                  title={said}
                >
                  {label === sprint.name ? label : <abbr title={said}>{label}</abbr>}
                </span>
              );
            })}
          </div>
          <div className={classes.names} style={{ height: epics.length * ROW }}>
            {epics.slice(from, to).map((epic, i) => (
              <EpicHead
                key={epic.id}
                epic={epic}
                progress={progress.get(epic.id)}
                days={daysOf(epic)}
                shortDay={shortDay}
                shortDays={saidBy(shortDay)(epic)}
                style={{ top: (from + i) * ROW, height: ROW }}
              />
            ))}
          </div>
          <div ref={body} className={classes.body} style={{ height: epics.length * ROW }}>
            {sprints.map((sprint) => (
              <div key={sprint.id} className={classes.band} data-state={sprint.state} style={spanOf(sprint)} />
            ))}
            {ticksOf(scale).map((day) => (
              <div key={day} className={classes.line} style={{ left: xOf(scale, day) }} />
            ))}
            <ReleaseLines releases={releases} scale={scale} today={today} />
            <div className={classes.today} style={{ left: xOf(scale, today) + DAY_WIDTH[zoom] / 2 }} title={t('timeline.today', { day: format.date(today) })} />
            <svg className={classes.links} width={width} height={epics.length * ROW} aria-hidden="true">
              {links.map(({ key, path, isLate }) => (
                <path key={key} d={path} data-late={isLate || undefined} />
              ))}
            </svg>
            {epics.slice(from, to).map((epic, i) => (
              <EpicBar
                key={epic.id}
                epic={epic}
                progress={progress.get(epic.id)}
                forecast={p85(epic)}
                scale={scale}
                today={today}
                top={(from + i) * ROW}
                height={ROW}
                mayWrite={mayWrite}
                daysOf={daysOf}
                onSay={setSaid}
                onSave={(stretch) => save(epic, stretch)}
              />
            ))}
          </div>
        </div>
      </div>
      <p role="status" aria-live="assertive" className={classes.heard}>
        {said}
      </p>
      {mayWrite && epics.length > 0 && <p className={classes.keys}>{t('timeline.keys')}</p>}
    </>
  );

  function spanOf({ startsOn, endsOn }: SprintHeadFragment): CSSProperties {
    const bar = barOf(scale, { startDate: startsOn, dueDate: endsOn })!;
    return { left: bar.x, width: bar.width };
  }
}

/** Rows that are near what is seen. */
function useRowsSeen(scroller: RefObject<HTMLElement | null>, body: RefObject<HTMLElement | null>, count: number): [from: number, to: number] {
  const [range, setRange] = useState<[number, number]>([0, 0]);
  useEffect(() => {
    const [outer, inner] = [scroller.current, body.current];
    if (!outer || !inner) return undefined;
    const look = (): void => {
      const seen = outer.getBoundingClientRect();
      const top = seen.top - inner.getBoundingClientRect().top;
      const next: [number, number] =
        seen.height === 0 ? [0, count] : [Math.max(0, Math.floor(top / ROW) - BEYOND), Math.min(count, Math.ceil((top + seen.height) / ROW) + BEYOND)];
      setRange((now) => (now[0] === next[0] && now[1] === next[1] ? now : next));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(outer);
    outer.addEventListener('scroll', look, { passive: true });
    window.addEventListener('scroll', look, { passive: true });
    return () => {
      resized.disconnect();
      outer.removeEventListener('scroll', look);
      window.removeEventListener('scroll', look);
    };
  }, [scroller, body, count]);
  return range;
}
