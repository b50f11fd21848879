/** How far each column is scrolled, by its id, and the board sideways. */
interface Scroll {
  left: number;
  columns: ReadonlyMap<string, number>;
}

const KEPT = 50;
const kept = new Map<string, Scroll>();

/** The element that scrolls the cards of a column. */
export const SCROLLER = 'data-scroller';

const scrollersOf = (board: Element): [string, Element][] =>
  [...board.querySelectorAll(`[data-column-id]`)].flatMap((column) => {
    const scroller = column.querySelector(`[${SCROLLER}]`);
    return scroller ? [[column.getAttribute('data-column-id') ?? '', scroller] as [string, Element]] : [];
  });

/** Remembers how a board is scrolled under an entry of the history, for the way back. */
export function keepScroll(board: Element, entry: string): void {
  kept.delete(entry);
  kept.set(entry, { left: board.scrollLeft, columns: new Map(scrollersOf(board).map(([id, scroller]) => [id, scroller.scrollTop])) });
  const [oldest] = kept.keys();
  if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
}

export const wasThere = (entry: string): boolean => kept.has(entry);

/** Scrolls a board as it was at that entry of the history; to the top where it was not there yet. */
export function restoreScroll(board: Element, entry: string): void {
  const scroll = kept.get(entry);
  if (scroll) board.scrollLeft = scroll.left;
  for (const [id, scroller] of scrollersOf(board)) scroller.scrollTop = scroll?.columns.get(id) ?? 0;
}
