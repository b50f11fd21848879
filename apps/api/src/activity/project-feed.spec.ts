import type { ActivityType } from './activity.types.ts';
import { joined, ProjectFeed, type Stretch } from './project-feed.ts';

const stretch = (from: number, seq: number, over: Partial<Stretch> = {}): Stretch => ({
  from,
  seq,
  reset: false,
  activities: Array.from({ length: seq - from }, (_, i) => ({ seq: from + i + 1 }) as ActivityType),
  tickets: [],
  columns: [],
  comments: [],
  runs: [],
  labels: [],
  ...over,
});
const seqs = (found: Stretch | null): number[] | undefined => found?.activities.map(({ seq }) => seq);

describe('a project feed', () => {
  it('gives everything after a position as one stretch, also from within one', () => {
    const feed = new ProjectFeed(10);
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
    const feed = new ProjectFeed(0);
    for (let seq = 0; seq < 10_000; seq += 500) feed.add(stretch(seq, seq + 500));
    expect(feed.after(0)).toBeNull();
    expect(seqs(feed.after(8000))?.length).toBe(2000);
    feed.add(stretch(10_000, 20_000, { reset: true, activities: [] }));
    expect([feed.head, feed.after(9500)]).toEqual([20_000, null]);
  });

  it('joins stretches: all activities, each thing once as it was last', () => {
    const title = (id: string, text: string) => ({ id, title: text }) as Stretch['tickets'][number];
    const one = joined([stretch(0, 1, { tickets: [title('a', 'old'), title('b', 'same')] }), stretch(1, 2, { tickets: [title('a', 'new')] })]);
    expect(one).toMatchObject({ from: 0, seq: 2 });
    expect(one.tickets.map((ticket) => ticket.title)).toEqual(['new', 'same']);
  });

  it('wakes those who wait when the log grows, when told to, and after a while', async () => {
    const feed = new ProjectFeed(1);
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
