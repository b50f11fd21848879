import { entryAt, entryOf } from '@trainyard/domain';
import { useEffect, useEffectEvent, useRef, type RefObject } from 'react';
import { isCovered, isTyping, keyOf } from '../../shell/keys.ts';
import type { BoardParts, QuickField } from '../board-context.ts';
import type { CellPaths } from '../model/cell-paths.ts';
import type { KeyboardMove } from './keyboard-move.ts';

export interface BoardKeysOptions {
  root: RefObject<HTMLElement | null>;
  parts: BoardParts;
  carry: KeyboardMove;
  /** Ids of the columns, left to right. */
  columnIds: readonly string[];
  paths: CellPaths;
  peekOpen: boolean;
  onPeek: (ticketId: string) => void;
  /** The keyboard went to another card while one is shown beside the board. */
  onFollow: (ticketId: string) => void;
  onOpen: (ticketId: string) => void;
  onClosePeek: () => void;
  onEdit: (ticketId: string, field: QuickField) => void;
  /** The same field of all that are chosen. */
  onEditMany: (field: QuickField) => void;
  /** Null: of all that are chosen. */
  onColumn: (ticketId: string | null, columnId: string) => void;
  onDelete: (ticketIds: readonly string[]) => void;
  onMenu: (ticketId: string) => void;
  onUndo: () => void;
}

const EDITED_BY: Record<string, QuickField> = { e: 'POINTS', p: 'PRIORITY', a: 'ASSIGNEE', l: 'LABELS', s: 'COLUMN' };
/** What can be set of many at once. */
const OF_MANY: readonly QuickField[] = ['POINTS', 'PRIORITY', 'ASSIGNEE', 'LABELS', 'COLUMN'];
/** What only the card that has the focus answers: elsewhere they belong to the page, or would surprise. */
const DELETES = ['Delete', 'Backspace'];
const OF_FOCUS = ['Enter', ' ', ...DELETES];
/** After S. */
const NUMBER_WITHIN_MS = 1_500;
const UP = ['ArrowUp', 'k'];
const DOWN = ['ArrowDown', 'j'];

/** The keyboard on the board: walking, carrying, and one key for what is done most. */
export function useBoardKeys({ root, parts, carry, columnIds, paths, peekOpen, ...on }: BoardKeysOptions): void {
  const { model, focus, mayWrite, creating, selection } = parts;

  /** To a card; what is shown beside the board goes with it, and with shift it is chosen on the way. */
  const go = (ticketId: string, choosing = false): void => {
    const from = focus.current();
    focus.want(ticketId);
    if (choosing && from !== null && mayWrite) selection.walked(from, ticketId);
    if (peekOpen) on.onFollow(ticketId);
  };

  const walk = (by: 1 | -1, choosing: boolean): void => {
    // keys without a pause: each leads on from where the one before it leads
    if (focus.isSearching()) return focus.whenKnown(() => walk(by, choosing));
    const current = focus.current();
    const place = current === null ? null : model.placeOf(current);
    if (current === null || !place) return focusFirst();
    const view = model.view(place.columnId);
    const index = entryOf(view, current)?.index;
    const next = index === undefined ? undefined : entryAt(view, index + by);
    if (next) return go(next.id, choosing);
    if (index === undefined) return;
    if (index + by >= 0 && index + by < view.total) {
      void toRow(place.columnId, index + by, by);
      if (choosing && mayWrite) focus.whenKnown((ticketId) => selection.walked(current, ticketId));
      return;
    }
    const beyond = paths.beyond(place.columnId, by, false);
    if (beyond !== null) void toRow(beyond, by > 0 ? 0 : model.view(beyond).total - 1, by);
  };

  const focusFirst = (): void => {
    for (const columnId of paths.all()) {
      const first = entryAt(model.view(columnId), 0);
      if (first) return go(first.id);
    }
  };

  const walkAside = (by: number): void => {
    const current = focus.current();
    if (current === null) return focusFirst();
    const from = model.placeOf(current);
    const columnId = paths.beside(from?.columnId, by, false);
    if (columnId === null) return;
    const index = from ? (entryOf(model.view(from.columnId), current)?.index ?? 0) : 0;
    const view = model.view(columnId);
    const target = entryAt(view, Math.min(index, view.total - 1)) ?? entryAt(view, 0);
    if (target) go(target.id);
  };

  /** To a card that may have to be read first; `by` says which way the walk goes on. */
  const toRow = (columnId: string, index: number, by: 1 | -1): Promise<void> =>
    focus
      .search(async () => {
        await parts.loader.ensure(columnId, index, by).catch(() => undefined);
        return entryAt(model.view(columnId), index)?.id ?? null;
      })
      .then(() => {
        const current = focus.current();
        if (peekOpen && current !== null) on.onFollow(current);
      });

  const carryKey = (key: string): boolean => {
    if (UP.includes(key)) carry.step(-1, (here) => paths.beyond(here, -1, true));
    else if (DOWN.includes(key)) carry.step(1, (here) => paths.beyond(here, 1, true));
    else if (key === 'ArrowLeft') carry.toColumn((here) => paths.beside(here, -1, true));
    else if (key === 'ArrowRight') carry.toColumn((here) => paths.beside(here, 1, true));
    else if (key === 'Enter' || key === ' ' || key === 'm') carry.drop();
    else if (key === 'Escape' || key === 'Tab') carry.restore();
    else return false;
    return key !== 'Tab';
  };

  /** What a key does with a card; null where it does nothing with one. */
  const onCardKey = (event: KeyboardEvent, key: string): ((ticketId: string) => void) | null => {
    if (key === 'Enter') return on.onOpen;
    if (key === ' ') return on.onPeek;
    if (key === 'ContextMenu' || (key === 'F10' && event.shiftKey)) return on.onMenu;
    if (key === 'x' && mayWrite) return (ticketId) => selection.toggle(ticketId);
    if (DELETES.includes(key) && mayWrite) return (ticketId) => on.onDelete([ticketId]);
    if (key === 'm' && mayWrite) return (ticketId) => carry.grab(ticketId);
    const field = mayWrite ? EDITED_BY[key] : undefined;
    return field ? (ticketId) => on.onEdit(ticketId, field) : null;
  };

  /** When S was pressed: its number may come before the choice of columns is drawn. */
  const askedColumnAt = useRef(Number.NEGATIVE_INFINITY);
  const numberKey = (event: KeyboardEvent, key: string): boolean => {
    const columnId = event.timeStamp - askedColumnAt.current < NUMBER_WITHIN_MS && /^[1-9]$/.test(key) ? columnIds[Number(key) - 1] : undefined;
    askedColumnAt.current = key === 's' ? event.timeStamp : Number.NEGATIVE_INFINITY;
    if (columnId === undefined) return false;
    if (selection.ids().length > 0) on.onColumn(null, columnId);
    else focus.whenKnown((ticketId) => on.onColumn(ticketId, columnId));
    return true;
  };

  /** What a key does with all cards that are chosen; false where it is for one card, or for none. */
  const manyKey = (key: string): boolean => {
    const chosen = selection.ids().length;
    const field = EDITED_BY[key];
    if (chosen > 0 && key === 'Escape') selection.clear();
    else if (chosen > 0 && field && OF_MANY.includes(field)) on.onEditMany(field);
    else if (chosen > 1 && DELETES.includes(key)) on.onDelete(selection.inOrder());
    else return false;
    return true;
  };

  const boardKey = (key: string, onCard: boolean, choosing: boolean): boolean => {
    if (UP.includes(key)) walk(-1, choosing);
    else if (DOWN.includes(key)) walk(1, choosing);
    else if (key === 'ArrowLeft') walkAside(-1);
    else if (key === 'ArrowRight') walkAside(1);
    else if ((key === 'Home' || key === 'End') && onCard) {
      const columnId = model.placeOf(focus.current() ?? '')?.columnId;
      if (columnId !== undefined) {
        if (key === 'Home') void toRow(columnId, 0, 1);
        else void toRow(columnId, model.view(columnId).total - 1, -1);
      }
    } else if (key === 'c' && mayWrite) {
      const columnId = model.placeOf(focus.current() ?? '')?.columnId ?? paths.all()[0];
      if (columnId !== undefined) creating.set(columnId);
    } else if (key === 'Escape' && peekOpen) on.onClosePeek();
    else return false;
    return true;
  };

  const handle = useEffectEvent((event: KeyboardEvent) => {
    const target = event.target instanceof Element ? event.target : null;
    if (event.defaultPrevented || isTyping(event) || isCovered(event)) return;
    const onCard = target?.closest('[data-ticket-id] a') !== null && target !== null;
    const onPage = target === null || target === document.body || target.hasAttribute('data-focus-target');
    const onBoard = onCard || onPage || root.current?.contains(target) === true;
    const key = keyOf(event);
    let handled = false;
    if ((event.ctrlKey || event.metaKey) && key === 'z' && !event.shiftKey && !event.altKey) {
      on.onUndo();
      handled = true;
    } else if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    } else if (carry.ticketId() !== null) {
      handled = carryKey(key);
    } else if (mayWrite && numberKey(event, key)) {
      handled = true;
    } else if (manyKey(key)) {
      handled = true;
    } else if (onBoard) {
      // a card that was walked to has the keys before it has the focus, and keeps those that change it when a button of the board has it
      const walking = onCard || focus.underWay();
      const toCard = walking || (!OF_FOCUS.includes(key) && focus.current() !== null);
      const act = toCard ? onCardKey(event, key) : null;
      if (act) focus.whenKnown(act);
      handled = act !== null || (!OF_FOCUS.includes(key) && boardKey(key, walking, event.shiftKey));
    } else if (key === 'Escape' && peekOpen) {
      on.onClosePeek();
      handled = true;
    }
    if (handled) event.preventDefault();
  });

  useEffect(() => {
    const listen = (event: KeyboardEvent): void => handle(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, []);
}
