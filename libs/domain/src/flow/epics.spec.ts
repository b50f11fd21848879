import fc from 'fast-check';
import { epicProgress } from './epics.ts';
import { histories, spansOf } from './histories.fixture.ts';
import { stageOf, type TicketFacts, type TicketSpan } from './span.ts';

const one = (id: string, facts: Partial<TicketFacts> = {}): TicketSpan => spansOf(id, [[0, facts]])[0]!;
const epic = (id: string, parentId: string | null = null): TicketSpan => one(id, { kind: 'EPIC', parentId });
const done = { state: 'DONE', resolution: 'DONE' } as const;

it('counts what has nothing below itself, and leaves out what is out', () => {
  const found = epicProgress([
    epic('e'),
    one('a', { parentId: 'e', points: 3, ...done }),
    one('story', { parentId: 'e', points: 100 }),
    one('b', { parentId: 'story', points: 2, state: 'IN_PROGRESS' }),
    one('c', { parentId: 'story' }),
    one('d', { parentId: 'story', points: 8, state: 'DONE', resolution: 'CANCELLED' }),
    one('gone', { parentId: 'e', points: 8, deleted: true }),
    one('elsewhere', { points: 5 }),
    epic('inner', 'e'),
    one('f', { parentId: 'inner', points: 1, ...done }),
    epic('bare'),
  ]);
  expect(found).toEqual([
    { epicId: 'e', tickets: 4, done: 2, points: 6, pointsDone: 4, unestimated: 1, doneIds: ['a', 'f'], openIds: ['b', 'c'] },
    { epicId: 'inner', tickets: 1, done: 1, points: 1, pointsDone: 1, unestimated: 0, doneIds: ['f'], openIds: [] },
    { epicId: 'bare', tickets: 0, done: 0, points: 0, pointsDone: 0, unestimated: 0, doneIds: [], openIds: [] },
  ]);
});

it('ends where the log tells of a ring', () => {
  expect(epicProgress([epic('e', 'a'), one('a', { parentId: 'e' })])[0]?.tickets).toBe(0);
});

it('counts as a second way of counting does, from the tickets up', () => {
  fc.assert(
    fc.property(histories, fc.integer({ min: 0, max: 300 }), (spans, at) => {
      const now = spans.filter(({ from, to }) => from <= at && at < to).map((span) => (span.ticketId === 'a' ? { ...span, kind: 'EPIC' as const } : span));
      const byId = new Map(now.filter(({ deleted }) => !deleted).map((span) => [span.ticketId, span]));
      const isBelow = (span: TicketSpan, id: string): boolean => {
        for (let up: TicketSpan | undefined = span, steps = 0; up && steps < 10; up = up.parentId === null ? undefined : byId.get(up.parentId), steps += 1)
          if (up.parentId === id) return true;
        return false;
      };
      const there = [...byId.values()];
      for (const progress of epicProgress(now)) {
        const leaves = there.filter(
          (span) => isBelow(span, progress.epicId) && !there.some(({ parentId }) => parentId === span.ticketId) && stageOf(span) !== 'OUT',
        );
        expect(progress.tickets).toBe(leaves.length);
        expect(progress.done).toBe(leaves.filter((span) => stageOf(span) === 'DONE').length);
        expect(progress.points).toBe(leaves.reduce((sum, { points }) => sum + (points ?? 0), 0));
      }
    }),
  );
});
