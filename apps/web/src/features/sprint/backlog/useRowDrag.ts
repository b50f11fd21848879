import { autoScrollForElements } from '@atlaskit/pragmatic-drag-and-drop-auto-scroll/element';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { draggable, dropTargetForElements, monitorForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import type { Spot } from './backlog-lists.ts';
import { gapAt, type Gap } from './drop-mark.ts';
import classes from './RowDrag.module.css';

const BACKLOG_DRAG = 'backlog-row';

/** The tickets that are dragged, if what is dragged is a row of a backlog. */
const rowsDragged = (data: Record<string | symbol, unknown>): readonly string[] | null =>
  data.type === BACKLOG_DRAG && Array.isArray(data.ids) ? (data.ids as string[]) : null;

export interface Grip {
  /** Tickets that are dragged with one: it, or all that are ticked with it. */
  idsOf: (id: string) => readonly string[];
  /** What is seen of them at the pointer. */
  said: (ids: readonly string[]) => string;
}

/**
 * Drags of rows over a table. Nothing is drawn by React until the drop. A row can be dragged from when the pointer is over it: to prepare each that is
 * scrolled by would cost more than to draw it.
 * @param mark the line where they would come to stand
 * @param grip false: the reader may not
 */
export function useRowDrag(
  scroller: RefObject<HTMLElement | null>,
  mark: RefObject<HTMLElement | null>,
  grip: Grip | false,
  spotOf: (id: string) => Spot | null,
  onCarry: (ids: readonly string[]) => void,
  onDrop: (ids: readonly string[], to: Spot) => void,
): void {
  const spot = useEffectEvent(spotOf);
  const carry = useEffectEvent(onCarry);
  const drop = useEffectEvent(onDrop);
  const idsOf = useEffectEvent((id: string) => (grip ? grip.idsOf(id) : []));
  const said = useEffectEvent((ids: readonly string[]) => (grip ? grip.said(ids) : ''));
  const mayDrag = grip !== false;
  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    type Location = Parameters<NonNullable<Parameters<typeof monitorForElements>[0]['onDrag']>>[0]['location'];
    const under = ({ current }: Location): Gap | null =>
      current.dropTargets.length === 0 ? null : gapAt(element, current.input.clientX, current.input.clientY, (id) => spot(id));
    const isRows = ({ source }: { source: { data: Record<string | symbol, unknown> } }): boolean => rowsDragged(source.data) !== null;
    const dragOf = (row: HTMLElement): (() => void) => {
      // a link would be dragged by itself, out of the page
      for (const link of row.querySelectorAll('a')) link.draggable = false;
      return draggable({
        element: row,
        getInitialData: () => ({ type: BACKLOG_DRAG, ids: idsOf(row.dataset['row'] ?? '') }),
        onGenerateDragPreview: ({ nativeSetDragImage, source }) =>
          setCustomNativeDragPreview({
            nativeSetDragImage,
            render: ({ container }) => {
              const preview = document.createElement('div');
              preview.className = classes.preview ?? '';
              preview.textContent = said(rowsDragged(source.data) ?? []);
              container.append(preview);
            },
          }),
      });
    };
    let ready: { row: HTMLElement; leave: () => void } | null = null;
    const prepare = (event: PointerEvent): void => {
      const row = (event.target as HTMLElement).closest<HTMLElement>('tr[data-row]');
      if (!mayDrag || row === (ready?.row ?? null)) return;
      ready?.leave();
      ready = row && { row, leave: dragOf(row) };
    };
    element.addEventListener('pointerover', prepare);
    return combine(
      () => {
        element.removeEventListener('pointerover', prepare);
        ready?.leave();
      },
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
  }, [scroller, mark, mayDrag]);
}

/** Draws the line at a gap; null takes it away. */
export function drawMark(mark: HTMLElement | null, within: HTMLElement, gap: Pick<Gap, 'y'> | null): void {
  if (!mark) return;
  mark.hidden = gap === null;
  if (gap === null) return;
  const { left, width } = within.getBoundingClientRect();
  Object.assign(mark.style, { top: `${gap.y - 1}px`, left: `${left}px`, width: `${width}px` });
}
