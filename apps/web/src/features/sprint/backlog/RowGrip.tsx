import { draggable } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { setCustomNativeDragPreview } from '@atlaskit/pragmatic-drag-and-drop/element/set-custom-native-drag-preview';
import { useEffect, useEffectEvent, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useBacklogParts } from './backlog-context.ts';
import classes from './RowGrip.module.css';

const BACKLOG_DRAG = 'backlog-row';

/** The tickets that are dragged, if what is dragged is a row of a backlog. */
export const rowsDragged = (data: Record<string | symbol, unknown>): readonly string[] | null =>
  data.type === BACKLOG_DRAG && Array.isArray(data.ids) ? (data.ids as string[]) : null;

/** The first cell of a row that can be dragged, with all that are ticked if it is one of them. */
export function RowGrip({ id, label, children }: { id: string; label: string; children: ReactNode }) {
  const { t } = useTranslation('sprint');
  const { mayWrite, carried, carriedWith } = useBacklogParts();
  const root = useRef<HTMLSpanElement>(null);
  const isCarried = carried.use().has(id);
  const idsOf = useEffectEvent(() => carriedWith(id));
  const said = useEffectEvent((count: number) => (count > 1 ? t('backlog.dragging', { count }) : label));
  useEffect(() => {
    const row = root.current?.closest('tr');
    if (!row || !mayWrite) return undefined;
    // a link would be dragged by itself, out of the page
    for (const link of row.querySelectorAll('a')) link.draggable = false;
    return draggable({
      element: row,
      getInitialData: () => ({ type: BACKLOG_DRAG, ids: idsOf() }),
      onGenerateDragPreview: ({ nativeSetDragImage, source }) =>
        setCustomNativeDragPreview({
          nativeSetDragImage,
          render: ({ container }) => {
            const preview = document.createElement('div');
            preview.className = classes.preview ?? '';
            preview.textContent = said(rowsDragged(source.data)?.length ?? 1);
            container.append(preview);
          },
        }),
    });
  }, [id, mayWrite]);
  useEffect(() => {
    root.current?.closest('tr')?.toggleAttribute('data-carried', isCarried);
  }, [isCarried]);
  return (
    <span ref={root} className={classes.root}>
      {children}
    </span>
  );
}
