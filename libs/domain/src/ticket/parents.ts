import { refuse, type Result } from '../result.ts';
import type { Resolution } from './state.ts';
import { TICKET_KINDS, type TicketKind } from './ticket.ts';

/** Epics consist of stories and other work, and these of sub-tasks: a parent is one level above. */
const LEVELS: Readonly<Record<TicketKind, number>> = { EPIC: 2, STORY: 1, TASK: 1, BUG: 1, SPIKE: 1, EXPERIMENT: 1, SUBTASK: 0 };

export const mayBeParent = (parent: TicketKind, child: TicketKind): boolean => LEVELS[parent] === LEVELS[child] + 1;
export const parentKindsOf = (child: TicketKind): TicketKind[] => TICKET_KINDS.filter((kind) => mayBeParent(kind, child));
export const childKindsOf = (parent: TicketKind): TicketKind[] => TICKET_KINDS.filter((kind) => mayBeParent(parent, kind));

/** What of a ticket decides whose child or parent it may be. */
export interface Kin {
  id: string;
  key: string;
  type: TicketKind;
}

/** Whether a ticket may be the child of another. @param above the parents of that one, the nearest first */
export function checkParent(child: Kin, parent: Kin, above: readonly Kin[]): Result {
  const chain = [parent, ...above];
  const met = chain.findIndex(({ id }) => id === child.id);
  if (met >= 0) return refuse('PARENT_CYCLE', { cycle: [child, ...chain.slice(0, met + 1)].map(({ key }) => key).join(' › ') });
  if (!mayBeParent(parent.type, child.type)) return refuse('PARENT_KIND', { child: child.key, parent: parent.key });
  return { ok: true };
}

/** A child as far as it says how far its parent is. */
export interface ChildProgress {
  resolution: Resolution | null;
  points: number | null;
}

/** How far a ticket is by its children. Those that ended without what was wanted are left out of all but their own count. */
export interface FamilyProgress {
  children: number;
  done: number;
  points: number;
  pointsDone: number;
  dropped: number;
}

export function familyProgress(children: readonly ChildProgress[]): FamilyProgress {
  const progress = { children: 0, done: 0, points: 0, pointsDone: 0, dropped: 0 };
  for (const { resolution, points } of children) {
    if (resolution !== null && resolution !== 'DONE') {
      progress.dropped += 1;
      continue;
    }
    progress.children += 1;
    progress.points += points ?? 0;
    if (resolution === null) continue;
    progress.done += 1;
    progress.pointsDone += points ?? 0;
  }
  return progress;
}
