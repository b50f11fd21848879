import { dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter';
import { combine } from '@atlaskit/pragmatic-drag-and-drop/combine';
import { IconAlertTriangle } from '@tabler/icons-react';
import { wipState } from '@trainyard/domain';
import { memo, useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import { cardDragOf } from './card/card-drag.ts';
import classes from './CollapsedColumn.module.css';

/** A column as a strip: its name and count. A card that is let go over it goes to its end; a key that leads into it opens it. */
export const CollapsedColumn = memo(function CollapsedColumn({ column }: { column: BoardColumnHead }) {
  const { t } = useTranslation('board');
  const { model, focus, drops, collapsed } = useBoardParts();
  const section = useRef<HTMLElement>(null);
  const columnId = column.id;
  const subscribe = useCallback((listener: () => void) => model.subscribe(columnId, listener), [model, columnId]);
  const shown = useSyncExternalStore(subscribe, () => model.view(columnId).total);
  const all = useSyncExternalStore(subscribe, () => model.all(columnId));
  const wanted = useSyncExternalStore(focus.subscribe, () => focus.wantedIn(columnId));

  useEffect(() => {
    if (wanted !== null) collapsed.set(columnId, false);
  }, [wanted, collapsed, columnId]);

  useEffect(() => {
    const element = section.current;
    if (!element) return undefined;
    return combine(
      dropTargetForElements({ element, getData: () => ({ columnId }), canDrop: ({ source }) => cardDragOf(source.data) !== null }),
      drops.register(columnId, {
        indexAt: () => model.view(columnId).total,
        mark: (index) => void element.toggleAttribute('data-target', index !== null),
        refuses: (refusing) => void element.toggleAttribute('data-refusing', refusing),
      }),
    );
  }, [columnId, drops, model]);

  const state = wipState({ count: all, wipLimit: column.wipLimit });
  return (
    <section ref={section} className={classes.strip} aria-labelledby={`column-${columnId}`} data-column-id={columnId} data-wip={state}>
      <button
        type="button"
        className={classes.open}
        aria-expanded={false}
        aria-label={t('column.expand', { name: column.name })}
        title={t('column.expand', { name: column.name })}
        onClick={() => collapsed.set(columnId, false)}
      >
        <span className={classes.count}>
          {state === 'OVER' && <IconAlertTriangle size={13} aria-hidden="true" />}
          {model.asked ? shown : all}
        </span>
        <span id={`column-${columnId}`} className={classes.name}>
          {column.name}
        </span>
      </button>
    </section>
  );
});
