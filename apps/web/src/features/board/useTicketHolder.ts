import { useMemo } from 'react';
import type { TicketHolder } from '../ticket/ticket-holder.ts';
import { columnIn } from './model/cells.ts';
import type { BoardEngine } from './useBoardEngine.ts';

/** The board to what shows a ticket, which knows of columns and not of lanes: a ticket keeps its lane. */
export function useTicketHolder({ model, moves }: BoardEngine): TicketHolder {
  return useMemo<TicketHolder>(() => {
    // a ticket of another board can be open beside this one
    const isHere = (columnId: string): boolean => model.headIds().includes(columnId);
    return {
      toTop: (ticketId, columnId) => (model.placeOf(ticketId) && isHere(columnId) ? moves.toEdge(ticketId, model.cellIn(columnId, ticketId), 'TOP') : null),
      remove(ticketId) {
        const token = model.draft(ticketId, null);
        return { accepted: () => model.settle(ticketId, token, null), refused: () => model.discard(ticketId, token) };
      },
      put(ticketId, place) {
        if (!isHere(place.columnId)) return;
        const here = { ...place, columnId: model.cellIn(place.columnId, ticketId) };
        model.settle(ticketId, model.draft(ticketId, here), here);
      },
      placeOf(ticketId) {
        const place = model.placeOf(ticketId);
        return place && { ...place, columnId: columnIn(place.columnId) };
      },
      doing: (change) => moves.doing(change),
      undo: (step) => moves.undo(step),
      back: (ticketId, place, off) =>
        isHere(place.columnId) ? moves.back(ticketId, { ...place, columnId: model.cellIn(place.columnId, ticketId) }, off) : null,
    };
  }, [model, moves]);
}
