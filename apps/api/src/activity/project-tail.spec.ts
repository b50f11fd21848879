import type { ActivityType } from './activity.types.ts';
import { TailBudget, joined, ProjectTail, type Stretch } from './project-tail.ts';

const stretch = (from: number, seq: number, over: Partial<Stretch> = {}): Stretch => ({
  from,
  seq,
  letters: 0,
  reset: false,
  activities: Array.from({ length: seq - from }, (_, i) => ({ seq: from + i + 1 }) as ActivityType),
  things: {},
  ...over,
});
const tailFrom = (position: number, budget = new TailBudget()): ProjectTail => new ProjectTail(position, budget);
const seqs = (found: Stretch | null): number[] | undefined => found?.activities.map(({ seq }) => seq);

describe('a project tail', () => {
  it('gives everything after a position as one stretch, also from within one', () => {
    const tail = tailFrom(10);
    tail.add(stretch(10, 12));
    tail.add(stretch(12, 15));
    expect(tail.head).toBe(15);
    expect(seqs(tail.after(10))).toEqual([11, 12, 13, 14, 15]);
    expect(seqs(tail.after(12))).toEqual([13, 14, 15]);
    expect(seqs(tail.after(13))).toEqual([14, 15]);
    expect(tail.after(13)).toMatchObject({ from: 13, seq: 15 });
    expect([tail.after(15), tail.after(9), tail.after(20)]).toEqual([null, null, null]);
  });

  it('holds a bounded end of the log, whatever subscribers do', () => {
    const tail = tailFrom(0);
    for (let seq = 0; seq < 10_000; seq += 500) tail.add(stretch(seq, seq + 500));
    expect(tail.after(0)).toBeNull();
    expect(seqs(tail.after(8000))?.length).toBe(2000);
    tail.add(stretch(10_000, 20_000, { reset: true, activities: [] }));
    expect([tail.head, tail.after(9500)]).toEqual([20_000, null]);
  });

  it('tells all who stand at its head that what came next is not told, whatever followed', () => {
    const tail = tailFrom(0);
    tail.add(stretch(0, 10));
    tail.add(stretch(10, 5000, { reset: true, activities: [], things: { tickets: [] } }));
    expect(tail.after(10)).toMatchObject({ from: 10, seq: 5000, reset: true });
    tail.add(stretch(5000, 5001, { letters: 7, things: { tickets: [{ id: 'a' }] } }));
    expect(tail.after(10)).toEqual({ from: 10, seq: 5001, letters: 0, reset: true, activities: [], things: { tickets: [] } });
    expect(tail.after(5000)).toMatchObject({ reset: false, things: { tickets: [{ id: 'a' }] } });
    expect(tail.after(5)).toBeNull();
  });

  it('holds a bounded weight of it: long changes go sooner, and the newest stays for those who are about to take it', () => {
    const tail = tailFrom(0);
    for (let seq = 0; seq < 10; seq++) tail.add(stretch(seq, seq + 1, { letters: 100_000 }));
    expect([tail.after(5), seqs(tail.after(6))]).toEqual([null, [7, 8, 9, 10]]);
    tail.add(stretch(10, 11, { letters: 1_000_000 }));
    expect([tail.after(9), seqs(tail.after(10))]).toEqual([null, [11]]);
  });

  it('holds with all others no more than all may: those without news for longest forget first, and the newest news stays', () => {
    const budget = new TailBudget(250_000);
    const [first, second, third] = [tailFrom(0, budget), tailFrom(0, budget), tailFrom(0, budget)];
    for (const tail of [first, second]) tail.add(stretch(0, 1, { letters: 100_000 }));
    second.add(stretch(1, 2, { letters: 100_000 }));
    expect([first.after(0), seqs(second.after(0)), budget.kept]).toEqual([null, [1, 2], 200_000]);
    third.add(stretch(0, 1, { letters: 60_000 }));
    expect([second.after(0), seqs(second.after(1)), seqs(third.after(0)), budget.kept]).toEqual([null, [2], [1], 160_000]);
    first.add(stretch(1, 2, { letters: 300_000 }));
    expect([seqs(first.after(1)), second.after(1), third.after(0), budget.kept]).toEqual([[2], null, null, 300_000]);
    first.add(stretch(2, 3, { letters: 10 }));
    expect([first.after(1), seqs(first.after(2)), budget.kept]).toEqual([null, [3], 10]);
    first.forget();
    expect([first.after(2), budget.kept]).toEqual([null, 0]);
  });

  it('joins stretches: all activities, each thing once as it was last', () => {
    const title = (id: string, text: string) => ({ id, title: text });
    const one = joined([
      stretch(0, 1, { letters: 2, things: { tickets: [title('a', 'old'), title('b', 'same')], labels: [] } }),
      stretch(1, 2, { letters: 3, things: { tickets: [title('a', 'new')], labels: [title('a', 'a label')] } }),
    ]);
    expect(one).toMatchObject({ from: 0, seq: 2, letters: 5 });
    expect(one.things).toEqual({ tickets: [title('a', 'new'), title('b', 'same')], labels: [title('a', 'a label')] });
  });

  it('wakes those who wait when the log grows, when told to, and after a while', async () => {
    const tail = tailFrom(1);
    await tail.changed(0, 60_000);
    const grown = tail.changed(1, 60_000);
    tail.add(stretch(1, 2));
    await grown;
    const told = tail.changed(2, 60_000);
    tail.wake();
    await told;
    await tail.changed(2, 5);
  });
});
