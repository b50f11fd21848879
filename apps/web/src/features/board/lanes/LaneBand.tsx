import { IconChevronDown, IconChevronRight, IconTagOff, IconTimeline, IconUserQuestion } from '@tabler/icons-react';
import type { LaneField } from '@trainyard/domain';
import { Face } from '@trainyard/ui';
import { memo, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { LabelDot } from '../../project/LabelDot.tsx';
import { useBoardParts } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import { cellOf } from '../model/cells.ts';
import { foldId } from './lane-layout.ts';
import { LaneCell, LaneStrip } from './LaneCell.tsx';
import classes from './Lanes.module.css';
import type { LaneHead } from './useLanes.ts';

export interface LaneBandProps {
  by: LaneField;
  lane: LaneHead;
  columns: BoardFrameFragment['columns'];
  collapsedIds: ReadonlySet<string>;
  /** Pixels from the top of all lanes, and how high its cells are. */
  start: number;
  height: number;
  isFolded: boolean;
}

/** One lane: what its cards have in common, how many they are, and its cells. */
export const LaneBand = memo(function LaneBand({ by, lane, columns, collapsedIds, start, height, isFolded }: LaneBandProps) {
  const { t } = useTranslation('board');
  const { model, folded } = useBoardParts();
  const countOf = (columnId: string): number => model.view(cellOf(columnId, lane.key)).total;
  const total = useSyncExternalStore(
    (listener) => model.subscribeAll(listener),
    () => columns.reduce((sum, { id }) => sum + countOf(id), 0),
  );
  const titleId = `lane-${lane.key ?? 'none'}`;
  const Chevron = isFolded ? IconChevronRight : IconChevronDown;
  return (
    <section className={classes.band} style={{ transform: `translateY(${start}px)` }} aria-labelledby={titleId} data-lane={lane.key ?? ''}>
      <h2 className={classes.title}>
        <button type="button" className={classes.fold} aria-expanded={!isFolded} onClick={() => folded.set(foldId(by, lane.key), !isFolded)}>
          <Chevron size={14} aria-hidden="true" />
          <LaneMark by={by} lane={lane} />
          <span id={titleId} className={classes.name}>
            {lane.name}
          </span>
          <span className={classes.count} title={t('lanes.count', { count: total })}>
            {total}
          </span>
        </button>
      </h2>
      {!isFolded && (
        <div className={classes.cells} style={{ height }}>
          {columns.map((column) =>
            collapsedIds.has(column.id) ? (
              <LaneStrip key={column.id} column={column} lane={lane.key} labelledBy={`column-${column.id} ${titleId}`} />
            ) : (
              <LaneCell key={column.id} column={column} lane={lane.key} labelledBy={`column-${column.id} ${titleId}`} height={height} />
            ),
          )}
        </div>
      )}
    </section>
  );
});

function LaneMark({ by, lane }: { by: LaneField; lane: LaneHead }) {
  if (by === 'ASSIGNEE') {
    if (lane.key === null) return <IconUserQuestion size={16} stroke={1.6} aria-hidden="true" />;
    return <Face id={lane.key} name={lane.name} size={20} />;
  }
  if (by === 'LABEL') return lane.key === null ? <IconTagOff size={15} stroke={1.6} aria-hidden="true" /> : <LabelDot color={lane.color} />;
  return <IconTimeline size={15} stroke={1.6} aria-hidden="true" />;
}
