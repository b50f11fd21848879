import { defaultRangeExtractor, useVirtualizer, type Range } from '@tanstack/react-virtual';
import type { LaneField } from '@trainyard/domain';
import { useCallback, useEffect, useMemo, useSyncExternalStore, type CSSProperties, type RefObject } from 'react';
import { useBoardParts } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import { laneIn } from '../model/cells.ts';
import { LaneBand } from './LaneBand.tsx';
import { LaneColumnHead } from './LaneColumnHead.tsx';
import { cellHeight, foldId, LANE_GAP, LANE_TITLE } from './lane-layout.ts';
import classes from './Lanes.module.css';
import type { LaneHead } from './useLanes.ts';

export interface LaneBoardProps {
  by: LaneField;
  lanes: readonly LaneHead[];
  columns: BoardFrameFragment['columns'];
  /** Columns that are strips, and lanes that are folded. */
  collapsedIds: ReadonlySet<string>;
  foldedIds: ReadonlySet<string>;
  scroller: RefObject<HTMLElement | null>;
}

/** A board in lanes, which scrolls as one: the heads of its columns stay on top, and only the lanes in view are there. */
export function LaneBoard({ by, lanes, columns, collapsedIds, foldedIds, scroller }: LaneBoardProps) {
  const { model, focus, folded, creating } = useBoardParts();
  const open = useMemo(() => columns.filter(({ id }) => !collapsedIds.has(id)).map(({ id }) => id), [columns, collapsedIds]);
  const layout = useSyncExternalStore(
    (listener) => model.subscribeAll(listener),
    () => lanes.map(({ key }) => (foldedIds.has(foldId(by, key)) ? 0 : cellHeight(model, open, key))).join(),
  );
  const cells = useMemo(() => layout.split(',').map(Number), [layout]);
  // a lane in which the keyboard is stays mounted wherever the board is scrolled
  const held = useSyncExternalStore(focus.subscribe, () => focus.cell());
  const heldIndex = held === null ? -1 : lanes.findIndex(({ key }) => key === laneIn(held));

  const estimateSize = useCallback((index: number) => LANE_TITLE + (cells[index] ?? 0) + LANE_GAP, [cells]);
  const getItemKey = useCallback((index: number) => `${lanes[index]?.key ?? ''} ${cells[index] ?? 0}`, [lanes, cells]);
  const rangeExtractor = useCallback(
    (range: Range) => [...new Set([...defaultRangeExtractor(range), ...(heldIndex === -1 ? [] : [heldIndex])])].toSorted((a, b) => a - b),
    [heldIndex],
  );
  const virtualizer = useVirtualizer({
    count: lanes.length,
    getScrollElement: () => scroller.current,
    estimateSize,
    getItemKey,
    rangeExtractor,
    overscan: 0,
    initialRect: { width: 1000, height: 800 },
  });

  // where a card is wanted, or a ticket is to be written, the lane opens and comes into view
  const wanted = useSyncExternalStore(focus.subscribe, () => (focus.isWanting() ? focus.cell() : null));
  const written = creating.use();
  useEffect(() => {
    const cellId = wanted ?? written;
    const lane = cellId === null ? undefined : laneIn(cellId);
    const index = lane === undefined ? -1 : lanes.findIndex(({ key }) => key === lane);
    if (lane === undefined || index === -1) return;
    folded.set(foldId(by, lane), false);
    const { startIndex = 0, endIndex = -1 } = virtualizer.range ?? {};
    if (index < startIndex || index > endIndex || cellId === written) virtualizer.scrollToIndex(index, { align: 'auto' });
  }, [wanted, written, lanes, by, folded, virtualizer]);

  const strips = columns.length - open.length;
  const width = { '--open': open.length, '--strips': strips, '--gaps': columns.length - 1 } as CSSProperties;
  return (
    <div className={classes.board} style={width}>
      <div className={classes.heads}>
        {columns.map((column) => (
          <LaneColumnHead key={column.id} column={column} isStrip={collapsedIds.has(column.id)} />
        ))}
      </div>
      <div className={classes.bands} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index, start }) => {
          const lane = lanes[index];
          return (
            lane && (
              <LaneBand
                key={lane.key ?? ''}
                by={by}
                lane={lane}
                columns={columns}
                collapsedIds={collapsedIds}
                start={start}
                height={cells[index] ?? 0}
                isFolded={foldedIds.has(foldId(by, lane.key))}
              />
            )
          );
        })}
      </div>
    </div>
  );
}
