import { useApolloClient } from '@apollo/client/react';
import { notifications } from '@mantine/notifications';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../shell/error/useErrorMessage.ts';
import type { Signal } from '../shell/signal.ts';
import { TicketCardFragmentDoc } from '../ticket/card.generated.ts';
import { columnIn, laneIn, type Lane } from './model/cells.ts';
import type { MoveReport } from './model/board-moves.ts';
import { offerUndo } from '../shell/offer-undo.tsx';

export interface MoveMessages {
  /** @param undo Null: the move was an undo itself */
  moved(report: MoveReport, undo: (() => void) | null): void;
  /** @param seen it is said at the column, too */
  refused(error: unknown, seen?: boolean): void;
  /** Only heard: it is seen elsewhere. */
  told(message: string): void;
  grabbed(ticketId: string): void;
  stepped(ticketId: string, columnId: string, index: number, total: number): void;
  dropped(ticketId: string): void;
  restored(ticketId: string): void;
}
const TOAST = 'board-move';

/** For who begins something else in the corner where it stands. */
export const hideMoveNotice = (): void => void notifications.hide(TOAST);

/** Moves in words: a toast where the reader looks elsewhere, and the live region for who hears. The same object always. */
export function useMoveMessages(
  said: Signal<string>,
  columns: readonly { id: string; name: string }[],
  lanes: readonly { key: Lane; name: string }[],
): MoveMessages {
  const { t } = useTranslation('board');
  const describe = useErrorMessage();
  const client = useApolloClient();
  const latest = useRef({ t, describe, columns, lanes });
  useEffect(() => {
    latest.current = { t, describe, columns, lanes };
  });

  return useMemo(() => {
    const keyOf = (ticketId: string): string =>
      client.cache.readFragment({
        id: client.cache.identify({ __typename: 'Ticket', id: ticketId }),
        fragment: TicketCardFragmentDoc,
        fragmentName: 'TicketCard',
      })?.key ?? '';
    const columnName = (cellId: string): string => {
      const { t: text, columns: all, lanes: grouped } = latest.current;
      const column = all.find(({ id }) => id === columnIn(cellId))?.name ?? '';
      const lane = grouped.find(({ key }) => key === laneIn(cellId))?.name;
      return lane === undefined ? column : text('lanes.cell', { column, lane });
    };
    return {
      moved({ ticketId, from, to }, undo) {
        // a card put higher or lower is seen where it is; one in another column may be out of view
        if (from.columnId === to.columnId) return;
        const { t: text } = latest.current;
        const message = text('move.moved', { key: keyOf(ticketId), column: columnName(to.columnId) });
        said.set(message);
        hideMoveNotice();
        if (undo) offerUndo(TOAST, message, undo, 5000);
      },
      refused(error, seen = false) {
        const message = latest.current.describe(error);
        hideMoveNotice();
        if (seen) return;
        said.set(message);
        notifications.show({ id: TOAST, message, color: 'red', autoClose: 8000, withBorder: true });
      },
      told: (message) => said.set(message),
      grabbed: (ticketId) => said.set(latest.current.t('move.grabbed', { key: keyOf(ticketId) })),
      stepped: (ticketId, columnId, index, total) =>
        said.set(latest.current.t('move.stepped', { key: keyOf(ticketId), column: columnName(columnId), position: index + 1, total })),
      dropped: (ticketId) => said.set(latest.current.t('move.dropped', { key: keyOf(ticketId) })),
      restored: (ticketId) => said.set(latest.current.t('move.restored', { key: keyOf(ticketId) })),
    };
  }, [client, said]);
}
