import { stageOf, type TicketSpan } from './span.ts';

/** How far an epic is, by what lies below it. */
export interface EpicProgress {
  epicId: string;
  /** What counts: tickets below it that have none below themselves, but for those that are out. */
  tickets: number;
  done: number;
  /** Points of those that are estimated. */
  points: number;
  pointsDone: number;
  /** Those without an estimate. */
  unestimated: number;
  doneIds: string[];
  /** Those that are not done. */
  openIds: string[];
}

/**
 * The epics of a project at one moment, as its tickets were then. An epic below another is an epic, and what is below it is below both.
 * @param spans at most one of each ticket; those without a parent may be left out, but for epics
 */
export function epicProgress(spans: readonly TicketSpan[]): EpicProgress[] {
  const there = spans.filter((span) => !span.deleted);
  const below = Map.groupBy(there, ({ parentId }) => parentId);
  return there.filter(({ kind }) => kind === 'EPIC').map(({ ticketId }) => progressOf(ticketId, below));
}

function progressOf(epicId: string, below: ReadonlyMap<string | null, readonly TicketSpan[]>): EpicProgress {
  const progress: EpicProgress = { epicId, tickets: 0, done: 0, points: 0, pointsDone: 0, unestimated: 0, doneIds: [], openIds: [] };
  const seen = new Set([epicId]);
  const count = (id: string): void => {
    for (const span of below.get(id) ?? []) {
      // A ring cannot be made; a log that tells of one is read to its end all the same.
      if (seen.has(span.ticketId)) continue;
      seen.add(span.ticketId);
      if (below.has(span.ticketId)) {
        count(span.ticketId);
        continue;
      }
      const stage = stageOf(span);
      if (stage === 'OUT') continue;
      progress.tickets += 1;
      progress.points += span.points ?? 0;
      if (span.points === null) progress.unestimated += 1;
      if (stage === 'DONE') {
        progress.done += 1;
        progress.pointsDone += span.points ?? 0;
        progress.doneIds.push(span.ticketId);
      } else progress.openIds.push(span.ticketId);
    }
  };
  count(epicId);
  return progress;
}
