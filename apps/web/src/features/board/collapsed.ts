import { useMemo, useSyncExternalStore } from 'react';

/** Columns of a board that are strips, or lanes that are folded, in this browser. */
export class Collapsed {
  private ids: ReadonlySet<string>;
  private readonly listeners = new Set<() => void>();

  constructor(private readonly key: string) {
    this.ids = new Set(idsIn(localStorage.getItem(this.key)));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly get = (): ReadonlySet<string> => this.ids;

  set(columnId: string, collapsed: boolean): void {
    if (this.ids.has(columnId) === collapsed) return;
    const ids = new Set(this.ids);
    if (collapsed) ids.add(columnId);
    else ids.delete(columnId);
    this.ids = ids;
    if (ids.size > 0) localStorage.setItem(this.key, JSON.stringify([...ids]));
    else localStorage.removeItem(this.key);
    for (const listener of this.listeners) listener();
  }
}

function idsIn(kept: string | null): string[] {
  try {
    const ids: unknown = JSON.parse(kept ?? '[]');
    return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

/** Which columns of a board are strips, or which lanes are folded, and what makes them so. */
export function useCollapsed(what: 'collapsed' | 'folded', boardId: string): { collapsed: Collapsed; ids: ReadonlySet<string> } {
  const collapsed = useMemo(() => new Collapsed(`trainyard.${what}.${boardId}`), [what, boardId]);
  return { collapsed, ids: useSyncExternalStore(collapsed.subscribe, collapsed.get) };
}
