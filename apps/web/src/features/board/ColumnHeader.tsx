import { ActionIcon } from '@mantine/core';
import { IconAdjustmentsHorizontal, IconAlertTriangle, IconFold, IconHandStop } from '@tabler/icons-react';
import { wipState } from '@trainyard/domain';
import { lazy, memo, Suspense, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n/index.ts';
import { useBoardParts, type BoardColumnHead } from './board-context.ts';
import classes from './ColumnHeader.module.css';

const LimitEditor = lazy(withTexts(() => import('./LimitEditor.tsx').then((module) => ({ default: module.LimitEditor }))));

/** Name, number of cards against the limit, and for those who may: the limit itself. `shown`: those of them that match, where the board is asked. */
export function ColumnHeader({ column, count, shown }: { column: BoardColumnHead; count: number; shown: number | null }) {
  const { t } = useTranslation('board');
  const { mayManage, points: allPoints } = useBoardParts();
  const points = allPoints.use().get(column.id) ?? 0;
  const state = wipState({ count, wipLimit: column.wipLimit });
  const limit = column.wipLimit;
  const refuses = limit !== null && column.wipPolicy === 'REFUSE';
  return (
    <header className={classes.header}>
      <h2 id={`column-${column.id}`} className={classes.name} title={column.name}>
        <span
          className={classes.category}
          data-category={column.category}
          role="img"
          aria-label={t(`category.${column.category}`)}
          title={t(`category.${column.category}`)}
        />
        {column.name}
      </h2>
      <span className={classes.count} data-wip={state} title={limit === null ? undefined : t(`wip.${state === 'NONE' ? 'FREE' : state}`, { count, limit })}>
        {state === 'OVER' && <IconAlertTriangle size={13} aria-hidden="true" />}
        {shown === null ? count : t('column.of', { count: shown, all: count })}
        {limit !== null && ` / ${limit}`}
        {state === 'OVER' && <span className={classes.word}>{t('wip.over')}</span>}
      </span>
      {points > 0 && (
        <span className={classes.points} data-limited={limit !== null || undefined} title={t('column.points', { count: points })}>
          {t('column.pointsShort', { count: points })}
        </span>
      )}
      {refuses && (
        <span className={classes.refuses} title={t('wip.refuses', { limit })}>
          <IconHandStop size={14} role="img" aria-label={t('wip.refuses', { limit })} />
        </span>
      )}
      <CollapseButton column={column} />
      {mayManage && <LimitButton column={column} />}
    </header>
  );
}

/** Not drawn again for every card that comes or goes. */
const CollapseButton = memo(function CollapseButton({ column }: { column: BoardColumnHead }) {
  const { t } = useTranslation('board');
  const { collapsed } = useBoardParts();
  const label = t('column.collapse', { name: column.name });
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      size={24}
      className={classes.collapse}
      aria-label={label}
      title={`${label} (H)`}
      aria-expanded
      onClick={() => collapsed.set(column.id, true)}
    >
      <IconFold size={14} aria-hidden="true" className={classes.aside} />
    </ActionIcon>
  );
});

/** Not drawn again for every card that comes or goes. */
const LimitButton = memo(function LimitButton({ column }: { column: BoardColumnHead }) {
  const { t } = useTranslation('board');
  const [at, setAt] = useState<DOMRect | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setAt(null);
    button.current?.focus();
  };
  return (
    <>
      <ActionIcon
        ref={button}
        variant="subtle"
        color="gray"
        size={24}
        className={classes.edit}
        aria-label={t('column.limits', { name: column.name })}
        aria-haspopup="dialog"
        onClick={(event) => setAt(event.currentTarget.getBoundingClientRect())}
      >
        <IconAdjustmentsHorizontal size={14} aria-hidden="true" />
      </ActionIcon>
      {at && (
        <Suspense fallback={null}>
          <LimitEditor column={column} at={at} onClose={close} />
        </Suspense>
      )}
    </>
  );
});
