import { useEffect, useRef, useState } from 'react';
import type { LoggedActivity } from './news.ts';
import { useProjectEvents } from './useProjectEvents.ts';

/** News that follow within this are read together. */
const WITHIN_MS = 400;

export interface ReadAgain<Part> {
  /** What on the page these concern. */
  concernedBy: (activities: readonly LoggedActivity[]) => Iterable<Part>;
  read: (parts: ReadonlySet<Part>) => Promise<unknown>;
  /** After a gap in the news. */
  readAll: () => Promise<unknown>;
}

/** Reads again, for a page that stays open, what the log of a project says is other now. @param project as the page was opened */
export function useReadAgain<Part>({ id, seq }: { id: string; seq: number }, handlers: ReadAgain<Part>): void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const due = useRef(new Set<Part>());
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  useEffect(() => () => clearTimeout(waiting.current), []);
  // where it was when the page was opened
  const [since] = useState(seq);
  const read = (): void => {
    const parts = due.current;
    due.current = new Set();
    void latest.current.read(parts).catch(() => undefined);
  };
  useProjectEvents({
    projectId: id,
    since,
    onEvents: ({ activities }) => {
      const found = [...latest.current.concernedBy(activities)];
      if (found.length === 0) return;
      for (const part of found) due.current.add(part);
      clearTimeout(waiting.current);
      waiting.current = setTimeout(read, WITHIN_MS);
    },
    onReset: async () => void (await latest.current.readAll()),
  });
}
