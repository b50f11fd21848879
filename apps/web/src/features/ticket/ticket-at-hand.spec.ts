import { holdTickets, ticketAtHand, type TicketPlace } from './ticket-at-hand.ts';

const area = (): HTMLElement => document.body.appendChild(document.createElement('section'));
const place = (element: Element, open: string | null, focused = open): TicketPlace => ({
  area: () => element,
  ticket: (from) => {
    const key = from ? focused : open;
    return key === null ? null : { key, acts: {} };
  },
});

describe('the ticket at hand', () => {
  const leave: (() => void)[] = [];
  afterEach(() => leave.splice(0).forEach((each) => each()));

  it('is the one that has the focus, else the one that was opened last', () => {
    const [board, peek] = [area(), area()];
    leave.push(holdTickets(place(board, 'VIS-1')), holdTickets(place(peek, 'VIS-2')));
    expect(ticketAtHand(board)?.key).toBe('VIS-1');
    expect(ticketAtHand(peek)?.key).toBe('VIS-2');
    expect(ticketAtHand(document.body)?.key).toBe('VIS-2');
    expect(ticketAtHand(null)?.key).toBe('VIS-2');
  });

  it('is none where the focus is in a place without one, or nothing is shown', () => {
    const board = area();
    expect(ticketAtHand(document.body)).toBeNull();
    leave.push(holdTickets(place(board, 'VIS-1', null)));
    expect(ticketAtHand(board)).toBeNull();
    expect(ticketAtHand(document.body)?.key).toBe('VIS-1');
    leave.splice(0).forEach((each) => each());
    expect(ticketAtHand(board)).toBeNull();
  });
});
