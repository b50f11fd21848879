import { useEffect, useRef, useState } from 'react';
import type { LoggedActivity } from '../../activity/news.ts';
import { useProjectEvents } from '../../activity/useProjectEvents.ts';
import type { Epic, Epics } from './useEpics.ts';

/** News that follow within this are read together. */
const WITHIN_MS = 400;
/** What of a ticket decides how far its epic is. */
const COUNTED = ['state', 'resolution', 'points', 'parentId', 'type'];
const FRAME = ['SPRINT', 'RELEASE', 'PROJECT'];

export interface Concerned {
  epics: boolean;
  progress: boolean;
  frame: boolean;
}

/** What of a timeline is to be read again after these. @param known the epics that are shown */
export function concernedBy(activities: readonly LoggedActivity[], known: ReadonlySet<string>): Concerned {
  const tickets = activities.filter(({ entity }) => entity === 'TICKET');
  const told = ({ changes }: LoggedActivity): Record<string, { from: unknown; to: unknown } | undefined> => Object(changes);
  const isEpics = (one: LoggedActivity): boolean => {
    const { type } = told(one);
    if (known.has(one.entityId) || type?.from === 'EPIC' || type?.to === 'EPIC') return true;
    // what comes back does not say what it is
    return one.action === 'CREATED' && type === undefined;
  };
  return {
    epics: tickets.some(isEpics),
    progress: tickets.some((one) => one.action !== 'UPDATED' || COUNTED.some((field) => told(one)[field] !== undefined)),
    frame: activities.some(({ entity }) => FRAME.includes(entity)),
  };
}

/** Keeps an open timeline as the log has it. @param onFrame sprints and releases are others */
export function useTimelineNews(
  { id, seq }: { id: string; seq: number },
  { epics, renew, renewProgress }: Pick<Epics, 'epics' | 'renew' | 'renewProgress'>,
  onFrame: () => Promise<unknown>,
): void {
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const due = useRef<Concerned>({ epics: false, progress: false, frame: false });
  const latest = useRef<{ epics: readonly Epic[] | null; renew: Epics['renew']; renewProgress: Epics['renewProgress']; onFrame: () => Promise<unknown> }>(
    null!,
  );
  useEffect(() => {
    latest.current = { epics, renew, renewProgress, onFrame };
  });
  useEffect(() => () => clearTimeout(waiting.current), []);
  // where it was when the page was opened
  const [since] = useState(seq);
  const read = async (): Promise<void> => {
    const now = due.current;
    due.current = { epics: false, progress: false, frame: false };
    await Promise.all([now.epics ? latest.current.renew() : now.progress && latest.current.renewProgress(), now.frame && latest.current.onFrame()]);
  };
  useProjectEvents({
    projectId: id,
    since,
    onEvents: ({ activities }) => {
      const found = concernedBy(activities, new Set(latest.current.epics?.map((epic) => epic.id)));
      const { epics: isEpics, progress, frame } = due.current;
      due.current = { epics: isEpics || found.epics, progress: progress || found.progress, frame: frame || found.frame };
      if (!found.epics && !found.progress && !found.frame) return;
      clearTimeout(waiting.current);
      waiting.current = setTimeout(() => void read().catch(() => undefined), WITHIN_MS);
    },
    onReset: async () => {
      await Promise.all([latest.current.renew(), latest.current.onFrame()]);
    },
  });
}
