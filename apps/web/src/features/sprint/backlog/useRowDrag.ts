import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { Spot } from './backlog-lists.ts';
import { gapAt, type Gap } from './drop-mark.ts';
import { rowsDragged } from './RowGrip.tsx';

/** Drags of rows over a table. Nothing is drawn by React until the drop. @param mark the line where they would come to stand */
export function useRowDrag(
  scroller: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  spotOf: (id: string) => Spot | null,
  onCarry: (ids: readonly string[]) => void,
  onDrop: (ids: readonly string[], to: Spot) => void,
): void {
  const spot = useEffectEvent(spotOf);
  const carry = useEffectEvent(onCarry);
  const drop = useEffectEvent(onDrop);
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    type Location = Parameters<NonNullable<Parameters<typeof monitorForElements>[0]['onDrag']>>[0]['location'];
    const under = ({ current }: Location): Gap | null =>
      current.dropTargets.length === 0 ? null : gapAt(element, current.input.clientX, current.input.clientY, (id) => spot(id));
    const isRows = ({ source }: { source: { data: Record<string | symbol, unknown> } }): boolean => rowsDragged(source.data) !== null;
    return combine(
      dropTargetForElements({ element, canDrop: isRows }),
      autoScrollForElements({ element, canScroll: isRows }),
      monitorForElements({
        canMonitor: isRows,
        onDragStart: ({ source }) => carry(rowsDragged(source.data) ?? []),
        onDrag: ({ location }) => drawMark(mark.current, element, under(location)),
        onDrop: ({ source, location }) => {
          const gap = under(location);
          drawMark(mark.current, element, null);
          carry([]);
          if (gap) drop(rowsDragged(source.data) ?? [], gap.spot);
        },
      }),
    );
  }, [scroller, mark]);
}

/** Draws the line at a gap; null takes it away. */
export function drawMark(mark: HTMLElement | null, within: HTMLElement, gap: Pick<Gap, 'y'> | null): void {
  if (!mark) return;
  mark.hidden = gap === null;
  if (gap === null) return;
  const { left, width } = within.getBoundingClientRect();
  Object.assign(mark.style, { top: `${gap.y - 1}px`, left: `${left}px`, width: `${width}px` });
}
