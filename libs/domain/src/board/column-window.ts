import { compareRank, type Rank } from './rank.ts';

/** A card as its column orders it. */
export interface CardPlace {
  id: string;
  rank: Rank;
}
/** A card whose position in the column is known; `index` counts from 0 at the top. */
export interface WindowEntry extends CardPlace {
  index: number;
}
/**
 * A column as a client knows it: how many cards it holds, and the ones it has loaded, rising by index and rank. Between them
 * are holes of known size. Because entries carry ranks, an event about a card in a hole shifts exactly what lies behind it.
 */
export interface ColumnWindow {
  total: number;
  entries: readonly WindowEntry[];
}
/** Cards [offset, offset + cards.length) of a column of `total`, as the server read them. */
export interface WindowPage {
  offset: number;
  total: number;
  cards: readonly CardPlace[];
}
/** What the activity log says of one column: a card came in at a rank, or went out from one. */
export interface ColumnChange {
  type: 'IN' | 'OUT';
  card: CardPlace;
}

export const EMPTY_WINDOW: ColumnWindow = { total: 0, entries: [] };

export function windowOfPage(page: WindowPage): ColumnWindow {
  return { total: page.total, entries: page.cards.map((card, i) => ({ id: card.id, rank: card.rank, index: page.offset + i })) };
}

/** Position in `entries` of the first one at or behind `index`. */
function seek(window: ColumnWindow, index: number): number {
  let low = 0;
  let high = window.entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (window.entries[middle]!.index < index) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Position in `entries` of the first one that does not come before `card`. */
function seekRank(window: ColumnWindow, card: CardPlace): number {
  let low = 0;
  let high = window.entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareRank(window.entries[middle]!, card) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The card at `index`, undefined in a hole. */
export function entryAt(window: ColumnWindow, index: number): WindowEntry | undefined {
  const entry = window.entries[seek(window, index)];
  return entry?.index === index ? entry : undefined;
}

/** The card `id` where it is loaded. */
export function entryOf(window: ColumnWindow, id: string): WindowEntry | undefined {
  return window.entries.find((entry) => entry.id === id);
}

/** The indices a card of this position in `entries` could have: one when its neighbours adjoin, more in a hole. */
function room(window: ColumnWindow, position: number): { from: number; to: number } {
  const before = window.entries[position - 1];
  const behind = window.entries[position];
  return { from: before ? before.index + 1 : 0, to: behind ? behind.index : window.total };
}

const shifted = (entries: readonly WindowEntry[], by: number): WindowEntry[] => entries.map((entry) => ({ ...entry, index: entry.index + by }));

/**
 * A card comes in. It gets an index when its neighbours are loaded; in a hole only the hole grows.
 * A card that is there already is moved to its new rank.
 */
export function insertCard(window: ColumnWindow, card: CardPlace): ColumnWindow {
  const known = entryOf(window, card.id);
  if (known?.rank === card.rank) return window;
  if (known) return insertCard(dropAt(window, window.entries.indexOf(known)), card);
  const position = seekRank(window, card);
  const { from, to } = room(window, position);
  const placed = from === to ? [{ id: card.id, rank: card.rank, index: from }] : [];
  return {
    total: window.total + 1,
    entries: [...window.entries.slice(0, position), ...placed, ...shifted(window.entries.slice(position), 1)],
  };
}

function dropAt(window: ColumnWindow, position: number): ColumnWindow {
  return {
    total: window.total - 1,
    entries: [...window.entries.slice(0, position), ...shifted(window.entries.slice(position + 1), -1)],
  };
}

/**
 * A card goes out. Null when the window cannot hold it (no hole where its rank belongs): what is known of the column
 * is then wrong and must be loaded afresh.
 */
export function removeCard(window: ColumnWindow, card: CardPlace): ColumnWindow | null {
  const known = entryOf(window, card.id);
  if (known) return dropAt(window, window.entries.indexOf(known));
  const position = seekRank(window, card);
  const { from, to } = room(window, position);
  if (from >= to) return null;
  return { total: window.total - 1, entries: [...window.entries.slice(0, position), ...shifted(window.entries.slice(position), -1)] };
}

/** Applies what happened, in order; null as in removeCard(). */
export function replay(window: ColumnWindow, changes: Iterable<ColumnChange>): ColumnWindow | null {
  let now: ColumnWindow | null = window;
  for (const { type, card } of changes) {
    now = type === 'IN' ? insertCard(now, card) : removeCard(now, card);
    if (!now) return null;
  }
  return now;
}

/**
 * Adds cards read from the server at the same position of the log as `window`. Where the two disagree the server is right:
 * what contradicts it (another total, another order) is forgotten and loaded again when it is looked at.
 */
export function mergeWindow(window: ColumnWindow, read: ColumnWindow): ColumnWindow {
  const first = read.entries[0];
  const last = read.entries[read.entries.length - 1];
  if (window.total !== read.total) return read;
  if (!first || !last) return window;
  const ids = new Set(read.entries.map((entry) => entry.id));
  const outside = (entry: WindowEntry): boolean => !ids.has(entry.id);
  return {
    total: read.total,
    entries: [
      ...window.entries.filter((entry) => entry.index < first.index && compareRank(entry, first) < 0 && outside(entry)),
      ...read.entries,
      ...window.entries.filter((entry) => entry.index > last.index && compareRank(entry, last) > 0 && outside(entry)),
    ],
  };
}

/** The holes within [from, to), as ranges of at most `pageSize` cards to ask for. */
export function holesWithin(window: ColumnWindow, from: number, to: number, pageSize: number): { offset: number; limit: number }[] {
  const end = Math.min(to, window.total);
  const holes: { offset: number; limit: number }[] = [];
  let index = Math.max(0, from);
  let position = seek(window, index);
  while (index < end) {
    const next = window.entries[position];
    if (next?.index === index) {
      index += 1;
      position += 1;
      continue;
    }
    const stop = Math.min(next ? next.index : end, end);
    for (let offset = index; offset < stop; offset += pageSize) holes.push({ offset, limit: Math.min(pageSize, stop - offset) });
    index = stop;
  }
  return holes;
}

/**
 * The card to name as the neighbour when a card of this rank is put (back) in its place: the last loaded one before it,
 * null for the top; undefined when that place lies in a hole.
 */
export function neighbourBefore(window: ColumnWindow, card: CardPlace): WindowEntry | null | undefined {
  const others: ColumnWindow = { total: window.total, entries: window.entries.filter((entry) => entry.id !== card.id) };
  const position = seekRank(others, card);
  const before = others.entries[position - 1];
  const behind = others.entries[position];
  if (before) {
    const gap = (behind ? behind.index : window.total) - before.index - 1;
    const own = window.entries.length - others.entries.length;
    return gap <= own ? before : undefined;
  }
  return !behind || behind.index <= window.entries.length - others.entries.length ? null : undefined;
}
