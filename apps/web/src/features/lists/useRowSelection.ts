import { useCallback, useState } from 'react';

/** Rows that were ticked, by id; those that are out of sight too. */
export interface RowSelection {
  selected: ReadonlySet<string>;
  /**
   * Ticks a row, or takes that back.
   * @param among ids of the rows beside it, in their order
   * @param range all between this and the one before become as that one is
   */
  toggle: (id: string, among: readonly string[], range: boolean) => void;
  /** Ticks all of these, or none. */
  setAll: (ids: readonly string[], isSelected: boolean) => void;
  clear: () => void;
}

/** The same beside the rows: each check box says what it ticks. */
export interface RowTicks<Row> extends RowSelection {
  nameOf: (row: Row) => string;
}

/** @param nameOf what a row is called; the same function while it answers the same */
export function useRowSelection<Row>(nameOf: (row: Row) => string): RowTicks<Row> {
  const [{ selected }, set] = useState<{ selected: ReadonlySet<string>; anchor: string | null }>({ selected: new Set(), anchor: null });
  const toggle = useCallback((id: string, among: readonly string[], range: boolean): void => {
    set((now) => {
      const next = new Set(now.selected);
      const [from, to] = [now.anchor === null ? -1 : among.indexOf(now.anchor), among.indexOf(id)];
      if (range && from >= 0 && to >= 0) {
        const isOn = now.selected.has(now.anchor ?? '');
        for (const one of among.slice(Math.min(from, to), Math.max(from, to) + 1))
          if (isOn) next.add(one);
          else next.delete(one);
      } else if (!next.delete(id)) next.add(id);
      return { selected: next, anchor: id };
    });
  }, []);
  const setAll = useCallback((ids: readonly string[], isSelected: boolean): void => {
    set((now) => {
      const next = new Set(now.selected);
      for (const id of ids)
        if (isSelected) next.add(id);
        else next.delete(id);
      return { selected: next, anchor: null };
    });
  }, []);
  const clear = useCallback((): void => set({ selected: new Set(), anchor: null }), []);
  return { selected, toggle, setAll, clear, nameOf };
}
