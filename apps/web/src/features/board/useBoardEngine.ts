import { useApolloClient } from '@apollo/client/react';
import { wipAfter } from '@trainyard/domain';
import { useEffect, useMemo, useRef } from 'react';
import { describeError } from '../shell/error/describe-error.ts';
import { createSignal } from '../shell/signal.ts';
import { TicketChanges } from '../ticket/many/ticket-changes.ts';
import type { BoardColumnHead, BoardParts, Refused } from './board-context.ts';
import { ColumnHeadFragmentDoc } from './board.generated.ts';
import { DropTargets } from './card/drop-targets.ts';
import { BoardFocus } from './keys/board-focus.ts';
import { KeyboardMove } from './keys/keyboard-move.ts';
import { BoardMoves } from './model/board-moves.ts';
import { CellReader } from './model/cell-reader.ts';
import { columnIn } from './model/cells.ts';
import type { OpenBoard } from './model/useBoard.ts';
import { WindowLoader } from './model/window-loader.ts';
import { BoardSelection } from './selection/board-selection.ts';
import { placeInCell } from './model/place-in-cell.ts';
import type { MoveMessages } from './useMoveMessages.ts';

/** What an open board is made of; it stays the same while the board is open. */
export interface BoardEngine extends Pick<
  BoardParts,
  'model' | 'loader' | 'focus' | 'moves' | 'turnsAway' | 'refusal' | 'drops' | 'creating' | 'selection' | 'changes'
> {
  carry: KeyboardMove;
}

/** @param catchUp brings events that are late */
export function useBoardEngine({ boardId, model }: OpenBoard, messages: MoveMessages, catchUp: () => void): BoardEngine {
  const client = useApolloClient();
  const latest = useRef(catchUp);
  useEffect(() => {
    latest.current = catchUp;
  });
  const engine = useMemo(() => {
    const loader = new WindowLoader(model, new CellReader(client, boardId, model).read, () => latest.current());
    const focus = new BoardFocus(model);
    const refusal = createSignal<Refused | null>(null);
    // as the cache has them: a limit that was just raised holds before it is drawn
    const rulesOf = (id: string): BoardColumnHead | undefined =>
      client.cache.readFragment({ id: client.cache.identify({ __typename: 'Column', id }), fragment: ColumnHeadFragmentDoc }) ?? undefined;
    const moves = new BoardMoves(client, model, loader, rulesOf, {
      moved: (report, step) => messages.moved(report, step && (() => void moves.undo(step))),
      refused(report, error, wanted) {
        // a limit that this browser has not heard of yet is told in words alone
        const isFull = wanted !== undefined && rulesOf(columnIn(wanted.columnId))?.wipLimit != null && describeError(error).code === 'WIP_LIMIT_REACHED';
        const lack = wanted === undefined ? undefined : lackIn(error);
        messages.refused(error, isFull || lack !== undefined);
        if (isFull) refusal.set({ ticketId: report.ticketId, ...wanted });
        else if (wanted && lack) refusal.set({ ticketId: report.ticketId, ...wanted, lack });
        focus.want(report.ticketId);
      },
      notUndone: (error) => messages.refused(error),
    });
    const turnsAway = (cellId: string): boolean => {
      const rules = rulesOf(columnIn(cellId));
      return rules !== undefined && wipAfter({ ...rules, count: model.all(cellId) }, 1).refused;
    };
    const carry = new KeyboardMove(model, focus, moves, loader, {
      grabbed: messages.grabbed,
      stepped: (ticketId, columnId, index) => messages.stepped(ticketId, columnId, index, model.view(columnId).total),
      dropped: messages.dropped,
      restored: messages.restored,
      refused: (_ticketId, error) => messages.refused(error),
    });
    return {
      model,
      loader,
      focus,
      moves,
      carry,
      turnsAway,
      refusal,
      drops: new DropTargets(),
      creating: createSignal<string | null>(null),
      selection: new BoardSelection(model),
      changes: new TicketChanges(client, (changed, gone) => {
        for (const { ticket } of changed) {
          // the log tells it too, a moment later
          const place = gone ? null : placeInCell(model, ticket);
          model.settle(ticket.id, model.draft(ticket.id, place), place);
        }
      }),
    };
  }, [client, boardId, model, messages]);
  useEffect(() => () => engine.loader.stop(), [engine]);
  return engine;
}

/** What a policy found missing: fields by their names in inputs, and what other gates say in words. */
function lackIn(error: unknown): Refused['lack'] {
  const { code, params } = describeError(error);
  if (code !== 'COLUMN_POLICY') return undefined;
  const { fields, column: _column, columnId: _columnId, ticket: _ticket, ...others } = params;
  const lines = (text: unknown): string[] => (typeof text === 'string' && text !== '' ? text.split('\n') : []);
  return { fields: lines(fields), others: Object.values(others).flatMap(lines) };
}
