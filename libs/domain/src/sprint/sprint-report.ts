import { exact, replayScope, type ScopeInput, type ScopeStep, type ScopeTicket, type StepKind } from './scope.ts';

/** What a ticket came to; null: it had no estimate. */
export interface ReportLine {
  ticketId: string;
  amount: number | null;
}
/** Tickets, and the sum of what is estimated of them. */
export interface ReportPart {
  total: number;
  lines: ReportLine[];
}

/**
 * What became of a sprint. Always: committed + added + reEstimated - removed - cancelled = completed + carried. A ticket that came, went and came
 * again is in `added` and `removed`, each with all of it.
 */
export interface SprintReport {
  committed: ReportPart;
  added: ReportPart;
  removed: ReportPart;
  /** Amounts may be negative. */
  reEstimated: ReportPart;
  cancelled: ReportPart;
  /** Done when the sprint ended, the added ones among them. */
  completed: ReportPart;
  /** In the scope and not done when it ended; while it runs, what is left. */
  carried: ReportPart;
}

export function sprintReport(input: ScopeInput): SprintReport {
  const { committed, steps, last } = replayScope(input);
  return {
    committed: standing(committed),
    added: moved(steps, 'ADDED', 1),
    removed: moved(steps, 'REMOVED', -1),
    reEstimated: moved(steps, 'RE_ESTIMATED', 1),
    cancelled: moved(steps, 'CANCELLED', -1),
    completed: standing(last.filter(({ isDone }) => isDone)),
    carried: standing(last.filter(({ isDone }) => !isDone)),
  };
}

const part = (lines: ReportLine[]): ReportPart => ({ lines, total: exact(lines.reduce((sum, { amount }) => sum + (amount ?? 0), 0)) });

const standing = (tickets: readonly ScopeTicket[]): ReportPart => part(tickets.map(({ ticketId, amount }) => ({ ticketId, amount })));

/** A cancellation that was taken back, with the estimate it had, leaves no line. */
function moved(steps: readonly ScopeStep[], kind: StepKind, sign: 1 | -1): ReportPart {
  const byTicket = new Map<string, { amount: number; times: number }>();
  const cancelled = new Set<string>();
  for (const step of steps) {
    if (step.kind !== kind) continue;
    const line = byTicket.get(step.ticketId) ?? { amount: 0, times: 0 };
    const isBack = kind === 'CANCELLED' && cancelled.has(step.ticketId);
    if (isBack) cancelled.delete(step.ticketId);
    else cancelled.add(step.ticketId);
    byTicket.set(step.ticketId, { amount: exact(line.amount + sign * step.delta), times: line.times + (isBack ? -1 : 1) });
  }
  return part([...byTicket].flatMap(([ticketId, { amount, times }]) => (times === 0 && amount === 0 ? [] : [{ ticketId, amount }])));
}
