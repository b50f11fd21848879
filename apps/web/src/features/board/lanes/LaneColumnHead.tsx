import { ActionIcon } from '@mantine/core';
import { IconArrowsHorizontal } from '@tabler/icons-react';
import { wipState } from '@trainyard/domain';
import { memo, useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { useBoardParts, type BoardColumnHead } from '../board-context.ts';
import { ColumnHeader } from '../ColumnHeader.tsx';
import { Refusal } from '../Refusal.tsx';
import classes from './Lanes.module.css';

/** The head of a column over all lanes: it says during a drag that the column is full, and why it did not take a card. */
export const LaneColumnHead = memo(function LaneColumnHead({ column, isStrip }: { column: BoardColumnHead; isStrip: boolean }) {
  const { t } = useTranslation('board');
  const { model, drops, collapsed } = useBoardParts();
  const head = useRef<HTMLDivElement>(null);
  const subscribe = (listener: () => void) => model.subscribeAll(listener);
  const all = useSyncExternalStore(subscribe, () => model.all(column.id));
  const shown = useSyncExternalStore(subscribe, () => model.shown(column.id));
  useEffect(
    () =>
      drops.register(column.id, {
        indexAt: () => 0,
        mark: () => undefined,
        refuses: (refusing) => void head.current?.toggleAttribute('data-refusing', refusing),
      }),
    [column.id, drops],
  );
  const limit = column.wipLimit;
  const state = wipState({ count: all, wipLimit: limit });
  if (isStrip) {
    const label = t('column.expand', { name: column.name });
    return (
      <div ref={head} className={classes.stripHead} data-wip={state}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          aria-label={label}
          title={label}
          aria-expanded={false}
          onClick={() => collapsed.set(column.id, false)}
        >
          <IconArrowsHorizontal size={14} aria-hidden="true" />
        </ActionIcon>
        <span id={`column-${column.id}`} hidden>
          {column.name}
        </span>
      </div>
    );
  }
  return (
    <div ref={head} className={classes.head} data-wip={state}>
      <ColumnHeader column={column} count={all} shown={shown === all ? null : shown} />
      {/* over the lanes: they may not move under a hand that carries a card */}
      <div className={classes.notes}>
        {column.wipPolicy === 'REFUSE' && limit !== null && (
          <p className={classes.full} aria-hidden="true">
            {t('wip.full', { limit })}
          </p>
        )}
        <Refusal column={column} />
      </div>
    </div>
  );
});
