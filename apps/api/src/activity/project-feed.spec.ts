import type { ActivityType } from './activity.types.ts';
import { FeedBudget, joined, ProjectFeed, type Stretch } from './project-feed.ts';

const stretch = (from: number, seq: number, over: Partial<Stretch> = {}): Stretch => ({
  from,
  seq,
  letters: 0,
  reset: false,
  activities: Array.from({ length: seq - from }, (_, i) => ({ seq: from + i + 1 }) as ActivityType),
  things: {},
  ...over,
});
const feedFrom = (position: number, budget = new FeedBudget()): ProjectFeed => new ProjectFeed(position, budget);
const seqs = (found: Stretch | null): number[] | undefined => found?.activities.map(({ seq }) => seq);

describe('a project feed', () => {
  it('gives everything after a position as one stretch, also from within one', () => {
    const feed = feedFrom(10);
    feed.add(stretch(10, 12));
    feed.add(stretch(12, 15));
    expect(feed.head).toBe(15);
    expect(seqs(feed.after(10))).toEqual([11, 12, 13, 14, 15]);
    expect(seqs(feed.after(12))).toEqual([13, 14, 15]);
    expect(seqs(feed.after(13))).toEqual([14, 15]);
    expect(feed.after(13)).toMatchObject({ from: 13, seq: 15 });
    expect([feed.after(15), feed.after(9), feed.after(20)]).toEqual([null, null, null]);
  });

  it('holds a bounded end of the log, whatever subscribers do', () => {
    const feed = feedFrom(0);
    for (let seq = 0; seq < 10_000; seq += 500) feed.add(stretch(seq, seq + 500));
    expect(feed.after(0)).toBeNull();
    expect(seqs(feed.after(8000))?.length).toBe(2000);
    feed.add(stretch(10_000, 20_000, { reset: true, activities: [] }));
    expect([feed.head, feed.after(9500)]).toEqual([20_000, null]);
  });

  it('holds a bounded weight of it: long changes go sooner, and the newest stays for those who are about to take it', () => {
    const feed = feedFrom(0);
    for (let seq = 0; seq < 10; seq++) feed.add(stretch(seq, seq + 1, { letters: 100_000 }));
    expect([feed.after(5), seqs(feed.after(6))]).toEqual([null, [7, 8, 9, 10]]);
    feed.add(stretch(10, 11, { letters: 1_000_000 }));
    expect([feed.after(9), seqs(feed.after(10))]).toEqual([null, [11]]);
  });

  it('holds with all others no more than all may: those without news for longest forget first, and the newest news stays', () => {
    const budget = new FeedBudget(250_000);
    const [first, second, third] = [feedFrom(0, budget), feedFrom(0, budget), feedFrom(0, budget)];
    for (const feed of [first, second]) feed.add(stretch(0, 1, { letters: 100_000 }));
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
    const feed = feedFrom(1);
    await feed.changed(0, 60_000);
    const grown = feed.changed(1, 60_000);
    feed.add(stretch(1, 2));
    await grown;
    const told = feed.changed(2, 60_000);
    feed.wake();
    await told;
    await feed.changed(2, 5);
  });
});
