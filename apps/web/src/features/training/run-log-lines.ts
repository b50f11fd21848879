import type { LogLine } from './log-tail.ts';

/** An attempt, as far as its log is divided by it. */
export interface LoggedAttempt {
  id: string;
  number: number;
  runnerName: string | null;
  resumedFromSteps: readonly number[];
}

export type LogPiece =
  /** `resumedFrom`: where a later claim goes on, null where that is not known; 0: at the first step. */
  | { is: 'DIVIDER'; key: string; attempt: number; claim: number | null; runnerName: string | null; resumedFrom: number | null }
  | { is: 'LINE'; key: string; line: LogLine };

/**
 * The lines of all attempts in one, oldest first, with a divider where an attempt or a later claim begins. One attempt that was never
 * interrupted needs none.
 */
export function logPieces(attempts: readonly LoggedAttempt[], linesOf: (attemptId: string) => readonly LogLine[]): LogPiece[] {
  return attempts.flatMap((attempt) => {
    const lines = linesOf(attempt.id);
    const claims = [...new Set(lines.map(({ claim }) => claim))];
    // a claim that did not come as far as to train left no step: the last ones are known
    const resumed = (claim: number): number | null =>
      attempt.resumedFromSteps[attempt.resumedFromSteps.length - (claims.length - claims.indexOf(claim))] ?? null;
    const pieces: LogPiece[] = [];
    lines.forEach((line, i) => {
      const isFirst = i === 0;
      if (isFirst ? attempts.length > 1 : line.claim !== lines[i - 1]?.claim) {
        pieces.push({
          is: 'DIVIDER',
          key: `${attempt.id}.${line.claim}`,
          attempt: attempt.number,
          claim: isFirst ? null : line.claim,
          runnerName: isFirst ? attempt.runnerName : null,
          resumedFrom: isFirst ? null : resumed(line.claim),
        });
      }
      pieces.push({ is: 'LINE', key: `${attempt.id}.${line.claim}.${line.line}`, line });
    });
    return pieces;
  });
}
