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

/** Frames in which columns are drawn that were just given other cards: before that they are not long enough to be scrolled far. */
const FRAMES = 10;

/** Scrolls a board as it was at that entry of the history, as soon as its columns are drawn; to the top where it was not there yet. */
export function restoreScroll(board: Element, entry: string): void {
  const scroll = kept.get(entry);
  if (scroll) board.scrollLeft = scroll.left;
  const wanted = scrollersOf(board).map(([id, scroller]) => ({ scroller, top: scroll?.columns.get(id) ?? 0 }));
  const put = (frames: number): void => {
    const short = wanted.filter(({ scroller, top }) => {
      scroller.scrollTop = top;
      return Math.abs(scroller.scrollTop - top) > 1;
    });
    if (short.length > 0 && frames > 0) requestAnimationFrame(() => put(frames - 1));
  };
  put(FRAMES);
}
