import type { LoggedActivity } from '../../activity/news.ts';
import { useReadAgain } from '../../activity/useReadAgain.ts';
import type { Epics } from './useEpics.ts';

/** What of a ticket decides how far its epic is. */
const COUNTED = ['state', 'resolution', 'points', 'parentId', 'type'];
const FRAME = ['SPRINT', 'RELEASE', 'PROJECT'];

const PARTS = ['epics', 'progress', 'frame'] as const;
export type Concerned = Record<(typeof PARTS)[number], boolean>;

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
  project: { id: string; seq: number },
  { epics, renew, renewProgress }: Pick<Epics, 'epics' | 'renew' | 'renewProgress'>,
  onFrame: () => Promise<unknown>,
): void {
  useReadAgain<keyof Concerned>(project, {
    concernedBy: (activities) => {
      const concerned = concernedBy(activities, new Set(epics?.map((epic) => epic.id)));
      return PARTS.filter((part) => concerned[part]);
    },
    // how far epics are is read with them
    read: (parts) => Promise.all([parts.has('epics') ? renew() : parts.has('progress') && renewProgress(), parts.has('frame') && onFrame()]),
    readAll: () => Promise.all([renew(), onFrame()]),
  });
}
