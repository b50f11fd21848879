import { ApolloLink, Observable, type ApolloClient } from '@apollo/client';
import { jest } from '@jest/globals';
import { waitFor } from '@testing-library/react';
import { createClient } from '../../apollo-cache.ts';
import { TYPE_POLICIES } from '../../rooms.ts';
import { buildCard } from '../../../test/build-run.ts';
import { buildSentTicket } from '../../../test/build-ticket.ts';
import { CardRunFragmentDoc } from '../training/run-cards.generated.ts';
import { TicketCardFragmentDoc, type TicketNewsFragment } from '../ticket/card.generated.ts';
import { news } from '../../news.ts';
import { ProjectFeed, type EventBatch } from './project-feed.ts';
import type { ColumnNewsFragment } from '../board/board.generated.ts';
import type { SprintNewsFragment } from '../sprint/sprints.generated.ts';
import type { RuleNewsFragment } from '../automation/automation.generated.ts';
import type { LabelNewsFragment } from '../project/labels.generated.ts';
import { writeRunCards } from '../training/run-cards.ts';
import { attachRuns, ticketNews, writeTickets } from '../ticket/write-tickets.ts';
import { sentFor, type News } from './news.ts';

type Sent = News & Omit<TicketNewsFragment & ColumnNewsFragment & LabelNewsFragment & SprintNewsFragment & RuleNewsFragment, ' $fragmentName'>;

function buildEvents(overrides: Partial<Sent> = {}): Sent {
  return {
    __typename: 'ProjectEvents',
    seq: 1,
    reset: false,
    activities: [],
    runs: [],
    tickets: [],
    columns: [],
    labels: [],
    sprints: [],
    releases: [],
    rules: [],
    ...overrides,
  };
}

/** A feed on a socket that the test speaks through. */
function listen(since: number) {
  const asked: number[] = [];
  let speak: ((events: Sent) => void) | null = null;
  let open = 0;
  const link = new ApolloLink((operation) => {
    asked.push(operation.variables.since as number);
    return new Observable((observer) => {
      open += 1;
      speak = (projectEvents) => observer.next({ data: { projectEvents } });
      return () => void (open -= 1);
    });
  });
  const client = createClient(link, TYPE_POLICIES);
  const batches: EventBatch[] = [];
  /** What reads again says when it has. */
  const resets: { seq: number; done: () => void; failed: () => void }[] = [];
  const feed = new ProjectFeed(client, news, 'project-1', since, {
    onEvents: (batch) => void batches.push(batch),
    onReset: (seq) => new Promise((done, failed) => void resets.push({ seq, done, failed: () => failed(new Error('cut')) })),
  });
  feed.start();
  return { feed, client, asked, batches, say: (events: Partial<Sent>) => speak?.(buildEvents(events)), resets, open: () => open };
}
const ticketsOf = ({ sent }: EventBatch) => sentFor(ticketNews, sent).flatMap(({ tickets }) => tickets);
const titleOf = (client: ApolloClient, id: string): string | undefined =>
  client.cache.readFragment({ id: `Ticket:${id}`, fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard' })?.title;
/** Number and state of the run that the card shows. */
function shownRun(client: ApolloClient): unknown[] {
  const ticket = client.cache.readFragment<{ latestRun: { id: string } | null }>({
    id: 'Ticket:ticket-1',
    fragment: TicketCardFragmentDoc,
    fragmentName: 'TicketCard',
  });
  const run = client.cache.readFragment({ id: `RunCard:${ticket?.latestRun?.id}`, fragment: CardRunFragmentDoc, fragmentName: 'CardRun' });
  return [run?.number, run?.state];
}

describe('ProjectFeed', () => {
  it('applies what arrives within a frame at once, the cache first', async () => {
    const { say, batches, client, feed } = listen(5);
    say({ seq: 6, tickets: [buildSentTicket({ title: 'First' })] });
    say({ seq: 8, tickets: [buildSentTicket({ title: 'Second', version: 2 })] });
    expect(batches).toHaveLength(0);
    await waitFor(() => expect(batches).toHaveLength(1));
    expect(batches[0]?.seq).toBe(8);
    expect(titleOf(client, 'ticket-1')).toBe('Second');
    feed.stop();
  });

  it('goes on from the last position received after the connection was cut', () => {
    const { say, feed, asked, open } = listen(5);
    say({ seq: 9 });
    feed.pause();
    expect(open()).toBe(0);
    feed.resume();
    feed.resume();
    expect(asked).toEqual([5, 9]);
    expect(open()).toBe(1);
    feed.stop();
  });

  it('has everything read again where what happened is not told, and goes on from there when that is done', async () => {
    const { say, asked, resets, batches, feed, open } = listen(5);
    say({ seq: 6, tickets: [buildSentTicket({ title: 'Not to be told any more' })] });
    say({ seq: 900, reset: true });
    feed.resume();
    expect([open(), resets]).toEqual([0, []]);
    await waitFor(() => expect(resets.map(({ seq }) => seq)).toEqual([900]), { timeout: 3000 });
    feed.resume();
    expect([asked, batches]).toEqual([[5], []]);
    resets[0]?.done();
    await waitFor(() => expect(asked).toEqual([5, 900]));
    feed.stop();
  });

  it('asks once more where reading again failed, and hears what one needs who loaded an earlier state meanwhile', async () => {
    const { asked, resets, feed } = listen(5);
    feed.readAgain();
    feed.readAgain();
    await waitFor(() => expect(resets).toHaveLength(1));
    resets[0]?.failed();
    await waitFor(() => expect(resets).toHaveLength(2), { timeout: 3000 });
    feed.rewind(3);
    resets[1]?.done();
    await waitFor(() => expect(asked).toEqual([5, 3]));
    feed.stop();
  });

  it('lets a page that nobody sees read again when it is seen, and not at all when it is left', async () => {
    let state: DocumentVisibilityState = 'hidden';
    jest.spyOn(document, 'visibilityState', 'get').mockImplementation(() => state);
    const waited = () => new Promise((resolve) => setTimeout(resolve));
    const [seen, left] = [listen(5), listen(5)];
    for (const { feed } of [seen, left]) feed.readAgain();
    await waited();
    left.feed.stop();
    expect([seen.resets, left.resets]).toEqual([[], []]);
    state = 'visible';
    document.dispatchEvent(new Event('visibilitychange'));
    expect([seen.resets.length, left.resets.length]).toEqual([1, 0]);
    seen.feed.stop();
    jest.restoreAllMocks();
  });

  it('goes back for one who loaded an earlier state', () => {
    const { say, asked, feed } = listen(5);
    say({ seq: 9 });
    feed.rewind(7);
    feed.rewind(8);
    expect(asked).toEqual([5, 7]);
    feed.stop();
  });

  it('spreads a flood over frames, so that none of them is long', async () => {
    const { say, batches, feed } = listen(0);
    for (let seq = 1; seq <= 150; seq++) say({ seq, tickets: [buildSentTicket({ id: `ticket-${seq}` })] });
    await waitFor(() => expect(batches.at(-1)?.seq).toBe(150));
    expect(batches.length).toBe(5);
    expect(batches.flatMap(ticketsOf)).toHaveLength(150);
    feed.stop();
  });

  it.each([1, 40])('shows the run that waits as soon as it says that the one before has ended, among %i tickets', async (count) => {
    const { say, batches, feed, client } = listen(5);
    const live = buildCard({ id: 'run-1', number: 1, state: 'RUNNING', tick: 20 });
    const waiting = buildCard({ id: 'run-2', number: 2, state: 'QUEUED', queuedAt: '2026-11-22T05:00:00Z' });
    writeTickets(client.cache, [buildSentTicket({ latestRun: live })]);
    const tickets = Array.from({ length: count }, (_, i) => buildSentTicket({ id: `ticket-${i + 1}`, latestRun: i === 0 ? waiting : null }));
    say({ seq: 6, tickets, runs: [{ ...live, state: 'SUCCEEDED', tick: 21 }] });
    await waitFor(() => expect(batches.at(-1)?.seq).toBe(6));
    expect(shownRun(client)).toEqual([2, 'QUEUED']);
    feed.stop();
  });

  it('spreads one large message too, and tells what happened when its tickets are there', async () => {
    const { say, batches, feed, client } = listen(4);
    const tickets = Array.from({ length: 70 }, (_, i) => buildSentTicket({ id: `ticket-${i}`, title: `Title ${i}` }));
    const moved = {
      __typename: 'Activity' as const,
      seq: 9,
      entity: 'TICKET' as const,
      entityId: 'ticket-69',
      ticketId: 'ticket-69',
      action: 'MOVED' as const,
      changes: {},
      actor: null,
    };
    say({ seq: 9, tickets, activities: [moved] });
    await waitFor(() => expect(batches.at(-1)?.seq).toBe(9));
    expect(batches.map((batch) => [batch.seq, ticketsOf(batch).length, batch.activities.length])).toEqual([
      [4, 30, 0],
      [4, 30, 0],
      [9, 10, 1],
    ]);
    expect(titleOf(client, 'ticket-69')).toBe('Title 69');
    feed.stop();
  });
});

describe('writeTickets', () => {
  it('never replaces a newer ticket by an older one that was on its way', () => {
    const { client, feed } = listen(0);
    writeTickets(client.cache, [buildSentTicket({ title: 'New', version: 4 })]);
    writeTickets(client.cache, [buildSentTicket({ title: 'Old', version: 3 })]);
    expect(titleOf(client, 'ticket-1')).toBe('New');
    feed.stop();
  });

  it('keeps the newest run, and its newest state', () => {
    const { client, feed } = listen(0);
    const shown = () => shownRun(client);
    writeTickets(client.cache, [buildSentTicket({ latestRun: buildCard({ id: 'run-2', number: 2, state: 'SUCCEEDED', tick: 90 }) })]);
    writeTickets(client.cache, [buildSentTicket({ latestRun: buildCard({ id: 'run-1', number: 1, state: 'FAILED' }) })]);
    expect(shown()).toEqual([2, 'SUCCEEDED']);
    writeTickets(client.cache, [buildSentTicket({ latestRun: buildCard({ id: 'run-2', number: 2, state: 'RUNNING', tick: 80 }) })]);
    expect(shown()).toEqual([2, 'SUCCEEDED']);
    const older = buildCard({ id: 'run-1', number: 1, state: 'QUEUED', tick: 20 });
    writeRunCards(client.cache, [older]);
    attachRuns(client.cache, [older]);
    expect(shown()).toEqual([2, 'SUCCEEDED']);
    const live = { ...older, state: 'RUNNING' as const, tick: 21 };
    writeRunCards(client.cache, [live]);
    attachRuns(client.cache, [live]);
    expect(shown()).toEqual([1, 'RUNNING']);
    // The waiting one is newer, and yet the live one stays; when that has ended, the server's word about the ticket brings the newest.
    const waiting = buildCard({ id: 'run-3', number: 3, state: 'QUEUED', queuedAt: '2026-11-22T05:00:00Z' });
    writeTickets(client.cache, [buildSentTicket({ latestRun: waiting })]);
    expect(shown()).toEqual([1, 'RUNNING']);
    writeRunCards(client.cache, [{ ...live, state: 'SUCCEEDED', tick: 22 }]);
    writeTickets(client.cache, [buildSentTicket({ latestRun: waiting })]);
    expect(shown()).toEqual([3, 'QUEUED']);
    // a page read before that comes late
    writeTickets(client.cache, [buildSentTicket({ latestRun: live })]);
    expect(shown()).toEqual([3, 'QUEUED']);
    feed.stop();
  });
});
