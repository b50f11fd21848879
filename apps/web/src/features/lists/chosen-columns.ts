import { useCallback, useMemo, useState } from 'react';
import type { Column } from './DataTable.tsx';

const keyOf = (list: string): string => `trainyard.columns.${list}`;

/** What a column is chosen by. */
export const columnId = ({ id, field }: { id?: string; field: string }): string => id ?? field;

export interface ChosenColumns<Row> {
  /** Those that are shown, in their order. */
  shown: readonly Column<Row>[];
  isShown: (id: string) => boolean;
  /** Shows a column at the end of those of its kind, or no more. */
  toggle: (id: string) => void;
  /** Null where they are as they come. */
  reset: (() => void) | null;
}

/**
 * The columns that are shown of a list, kept by this browser: a query says what is found, not how wide somebody's window is, so no view has them.
 * @param all in the order in which they stand
 * @param list a name under which they are kept
 */
export function useChosenColumns<Row>(list: string, all: readonly Column<Row>[]): ChosenColumns<Row> {
  const [chosen, setChosen] = useState(() => remembered(list));
  const ids = useMemo(() => new Set(chosen ?? all.filter(({ isExtra }) => !isExtra).map(columnId)), [chosen, all]);
  const shown = useMemo(() => all.filter((column, i) => i === 0 || column.isActions || ids.has(columnId(column))), [all, ids]);
  const keep = useCallback(
    (next: readonly string[] | null): void => {
      setChosen(next);
      remember(list, next);
    },
    [list],
  );
  return {
    shown,
    isShown: (id) => ids.has(id),
    toggle: (id) => keep(ids.has(id) ? [...ids].filter((one) => one !== id) : [...ids, id]),
    reset: chosen === null ? null : () => keep(null),
  };
}

function remembered(list: string): readonly string[] | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keyOf(list)) ?? 'null');
    return Array.isArray(kept) && kept.every((one) => typeof one === 'string') ? kept : null;
  } catch {
    return null;
  }
}

function remember(list: string, chosen: readonly string[] | null): void {
  try {
    if (chosen === null) localStorage.removeItem(keyOf(list));
    else localStorage.setItem(keyOf(list), JSON.stringify(chosen));
  } catch {
    // Full or closed storage only costs the convenience.
  }
}
