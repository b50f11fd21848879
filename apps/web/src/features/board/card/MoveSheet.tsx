import { IconArrowBarToDown, IconArrowBarToUp, IconCheck } from '@tabler/icons-react';
import { useFragment } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Sheet } from '../../shell/Sheet.tsx';
import { TicketCardFragmentDoc } from '../../ticket/card.generated.ts';
import { useBoardParts } from '../board-context.ts';
import type { BoardFrameFragment } from '../board.generated.ts';
import type { LaneHead } from '../lanes/useLanes.ts';
import { cellOf, columnIn, laneIn } from '../model/cells.ts';
import classes from './MoveSheet.module.css';

export interface MoveSheetProps {
  ticketId: string;
  columns: BoardFrameFragment['columns'];
  /** None: the board has no lanes. */
  lanes: readonly LaneHead[];
  onClose: () => void;
}

/** Moves a card by thumb: to a column, within its own, and to another lane. */
export function MoveSheet({ ticketId, columns, lanes, onClose }: MoveSheetProps) {
  const { t } = useTranslation('board');
  const { model, moves, focus } = useBoardParts();
  const { data } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  const place = model.placeOf(ticketId);
  const here = place ? columnIn(place.columnId) : undefined;
  const lane = place ? laneIn(place.columnId) : undefined;
  const go = (cellId: string, edge: 'TOP' | 'BOTTOM') => (): void => {
    onClose();
    void moves.toEdge(ticketId, cellId, edge).then(() => focus.want(ticketId));
  };
  const choice = (key: string, text: string, icon: ReactNode, act: () => void, isHere = false) => (
    <li key={key}>
      <button type="button" className={classes.choice} disabled={isHere} aria-current={isHere || undefined} onClick={act}>
        {text}
        {isHere ? <IconCheck size={16} aria-hidden="true" /> : icon}
      </button>
    </li>
  );
  const own = columns.find(({ id }) => id === here);
  return (
    <Sheet opened onClose={onClose} title={t('moveSheet.title', { key: data.key ?? '' })}>
      <h3 className={classes.heading}>{t('moveSheet.columns')}</h3>
      <ul className={classes.choices}>
        {columns.map(({ id, name }) => choice(id, name, null, go(model.cellIn(id, ticketId), 'TOP'), id === here))}
        {own &&
          choice('top', t('moveSheet.top', { name: own.name }), <IconArrowBarToUp size={16} aria-hidden="true" />, go(model.cellIn(own.id, ticketId), 'TOP'))}
        {own &&
          choice(
            'bottom',
            t('moveSheet.bottom', { name: own.name }),
            <IconArrowBarToDown size={16} aria-hidden="true" />,
            go(model.cellIn(own.id, ticketId), 'BOTTOM'),
          )}
      </ul>
      {lanes.length > 0 && here !== undefined && (
        <>
          <h3 className={classes.heading}>{t('moveSheet.lanes')}</h3>
          <ul className={classes.choices}>
            {lanes.map(({ key, name }) => choice(`lane ${key ?? ''}`, name, null, go(cellOf(here, key), 'TOP'), key === lane))}
          </ul>
        </>
      )}
    </Sheet>
  );
}
