import type { LogLine } from './log-tail.ts';
import { logPieces, type LoggedAttempt } from './run-log-lines.ts';

const line = (claim: number, number: number): LogLine => ({ claim, line: number, at: '', stream: 'OUT', text: `${claim}.${number}`, params: null });
const attempt = (number: number, resumedFromSteps: number[] = []): LoggedAttempt => ({
  id: `a${number}`,
  number,
  runnerName: `lab-${number}`,
  resumedFromSteps,
});
const told = (attempts: LoggedAttempt[], lines: Record<string, LogLine[]>): string[] =>
  logPieces(attempts, (id) => lines[id] ?? []).map((piece) =>
    piece.is === 'LINE' ? piece.line.text : `-- attempt ${piece.attempt}, claim ${piece.claim}, ${piece.runnerName}, from ${piece.resumedFrom}`,
  );

it('has no divider in one attempt that was never interrupted', () => expect(told([attempt(1)], { a1: [line(1, 0), line(1, 1)] })).toEqual(['1.0', '1.1']));

it('keeps what was before a resume, and says from where it went on', () => {
  expect(told([attempt(1, [705, 0])], { a1: [line(1, 0), line(2, 0), line(3, 0)] })).toEqual([
    '1.0',
    '-- attempt 1, claim 2, null, from 705',
    '2.0',
    '-- attempt 1, claim 3, null, from 0',
    '3.0',
  ]);
  // a claim that ended before it trained left no step
  expect(told([attempt(1, [705])], { a1: [line(1, 0), line(2, 0), line(3, 0)] })[3]).toBe('-- attempt 1, claim 3, null, from 705');
});

it('begins each of several attempts with its name and runner', () => {
  expect(told([attempt(1), attempt(2)], { a1: [line(1, 0)], a2: [line(1, 0)] })).toEqual([
    '-- attempt 1, claim null, lab-1, from null',
    '1.0',
    '-- attempt 2, claim null, lab-2, from null',
    '1.0',
  ]);
});
