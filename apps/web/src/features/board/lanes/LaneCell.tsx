import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { memo, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useBoardParts, type BoardColumnHead } from '../board-context.ts';
import { cardDragOf } from '../card/card-drag.ts';
import { CardList } from '../CardList.tsx';
import { cellOf, type Lane } from '../model/cells.ts';
import { LANE_OVERSCAN } from '../model/rows.ts';
import classes from './Lanes.module.css';

interface CellProps {
  column: BoardColumnHead;
  lane: Lane;
  labelledBy: string;
}

/** The cards of one column in one lane. */
export const LaneCell = memo(function LaneCell({ column, lane, labelledBy, height }: CellProps & { height: number }) {
  const { model } = useBoardParts();
  const section = useRef<HTMLDivElement>(null);
  const cellId = cellOf(column.id, lane);
  const subscribe = useCallback((listener: () => void) => model.subscribe(cellId, listener), [model, cellId]);
  const view = useSyncExternalStore(subscribe, () => model.view(cellId));
  return (
    <div ref={section} role="group" className={classes.cell} aria-labelledby={labelledBy} data-column-id={cellId}>
      <CardList
        cellId={cellId}
        column={column}
        view={view}
        section={section}
        labelledBy={labelledBy}
        // which of all cards of the column are too many, a lane does not say
        within={Number.POSITIVE_INFINITY}
        lane={{ height, overscan: LANE_OVERSCAN }}
      />
    </div>
  );
});

/** The same of a column that is a strip: how many. What is let go over it goes to its end. */
export const LaneStrip = memo(function LaneStrip({ column, lane, labelledBy }: CellProps) {
  const { model, drops, collapsed, focus } = useBoardParts();
  const strip = useRef<HTMLDivElement>(null);
  const cellId = cellOf(column.id, lane);
  const subscribe = useCallback((listener: () => void) => model.subscribe(cellId, listener), [model, cellId]);
  const total = useSyncExternalStore(subscribe, () => model.view(cellId).total);
  const wanted = useSyncExternalStore(focus.subscribe, () => focus.wantedIn(cellId));
  useEffect(() => {
    if (wanted !== null) collapsed.set(column.id, false);
  }, [wanted, collapsed, column.id]);
  useEffect(() => {
    const element = strip.current;
    if (!element) return undefined;
    return combine(
      dropTargetForElements({ element, getData: () => ({ columnId: cellId }), canDrop: ({ source }) => cardDragOf(source.data) !== null }),
      drops.register(cellId, {
        indexAt: () => model.view(cellId).total,
        mark: (index) => void element.toggleAttribute('data-target', index !== null),
        refuses: (refusing) => void element.toggleAttribute('data-refusing', refusing),
      }),
    );
  }, [cellId, drops, model]);
  return (
    <div ref={strip} role="group" className={classes.strip} aria-labelledby={labelledBy} data-column-id={cellId}>
      {total > 0 && total}
    </div>
  );
});
