import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { wipState } from '@trainyard/domain';
import { memo, useCallback, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import classes from './BoardColumn.module.css';
import { CardList } from './CardList.tsx';
import { ColumnHeader } from './ColumnHeader.tsx';
import { Refusal } from './Refusal.tsx';

export interface BoardColumnProps {
  column: BoardColumnHead;
  /** The leftmost one: where an empty board says how to begin. */
  first: boolean;
}

/** A column with its head. */
export const BoardColumn = memo(function BoardColumn({ column, first }: BoardColumnProps) {
  const { t } = useTranslation('board');
  const { model, mayWrite } = useBoardParts();
  const section = useRef<HTMLElement>(null);
  const columnId = column.id;
  const subscribe = useCallback((listener: () => void) => model.subscribe(columnId, listener), [model, columnId]);
  const view = useSyncExternalStore(subscribe, () => model.view(columnId));
  const all = useSyncExternalStore(subscribe, () => model.all(columnId));
  const limit = column.wipLimit;
  // where some are not shown, nobody sees which ones are too many
  const within = model.asked || limit === null ? Number.POSITIVE_INFINITY : limit;
  const state = wipState({ count: all, wipLimit: column.wipLimit });
  return (
    <section ref={section} className={classes.column} aria-labelledby={`column-${columnId}`} data-column-id={columnId} data-wip={state}>
      <ColumnHeader column={column} count={all} shown={model.asked ? view.total : null} />
      {column.wipPolicy === 'REFUSE' && limit !== null && (
        <p className={classes.full} aria-hidden="true">
          {t('wip.full', { limit })}
        </p>
      )}
      <Refusal column={column} />
      <CardList
        cellId={columnId}
        column={column}
        view={view}
        section={section}
        labelledBy={`column-${columnId}`}
        within={within}
        empty={all > 0 ? t('column.noneOf', { count: all }) : first && mayWrite ? <Begin columnId={columnId} /> : t('column.empty')}
      />
    </section>
  );
});

/** How an empty board begins: by its key, or by a thumb. */
function Begin({ columnId }: { columnId: string }) {
  const { t } = useTranslation('board');
  const { creating } = useBoardParts();
  return (
    <span className={classes.begin}>
      <Button variant="default" size="compact-md" leftSection={<IconPlus size={14} />} onClick={() => creating.set(columnId)}>
        {t('column.beginButton')}
      </Button>
      <span className={classes.byKey}>{t('column.begin')}</span>
    </span>
  );
}
