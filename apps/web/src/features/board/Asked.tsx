import { Button } from '@mantine/core';
import { EMPTY_QUERY, parse, print, TICKET_FIELDS } from '@trainyard/domain';
import { lazy, Suspense, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n/index.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './Board.module.css';
import { useBoardParts } from './board-context.ts';
import type { Asking } from './model/useAsking.ts';

const BoardChips = lazy(withTexts(() => import('./filter/BoardChips.tsx').then((module) => ({ default: module.BoardChips }))));

export interface AskedProps {
  /** The query of the address. */
  asked: string;
  asking: Asking;
  onAsk: (text: string) => void;
}

/** What a board is asked in words, and how many cards match; or why it could not be asked. */
export function Asked({ asked, asking, onAsk }: AskedProps) {
  const { t } = useTranslation('board');
  const { model } = useBoardParts();
  const sumOf = (count: (columnId: string) => number): number => (model.asked ? model.headIds().reduce((sum, id) => sum + count(id), 0) : -1);
  const parsed = parse(asked, TICKET_FIELDS);
  const query = parsed.ok ? parsed.query : EMPTY_QUERY;
  // a board that is only grouped shows all cards
  const isNarrowed = asked !== '' && (!parsed.ok || query.conditions.length + query.words.length > 0);
  const subscribe = (listener: () => void) => model.subscribeAll(listener);
  const shown = useSyncExternalStore(subscribe, () => sumOf((id) => model.shown(id)));
  const all = useSyncExternalStore(subscribe, () => sumOf((id) => model.all(id)));
  return (
    <>
      {asking.error !== null && (
        <div className={classes.stateNotice}>
          <ErrorNotice error={asking.error} onRetry={asking.again} />
        </div>
      )}
      {isNarrowed && (
        <div className={classes.asked}>
          <span role="status" className={classes.shown}>
            {shown > 0 && t('filter.shown', { count: shown, all })}
            {shown === 0 && t('filter.nothing', { count: all })}
          </span>
          <Suspense fallback={null}>
            <BoardChips asked={asked} onAsk={onAsk} />
          </Suspense>
          {shown === 0 && !asking.isOld && (
            <Button size="compact-sm" variant="default" onClick={() => onAsk(print({ ...query, conditions: [], words: [] }, TICKET_FIELDS))}>
              {t('filter.clear')}
            </Button>
          )}
        </div>
      )}
    </>
  );
}
