import { Injectable } from '@nestjs/common';
import { itemAfter, itemOf, spansAfter, stageOf, type FlowItem, type TicketSpan } from '@trainyard/domain';
import type { LogEntry } from '../platform/log/log-entry.ts';
import { LogFeed } from '../platform/log/log-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import type { Tx } from '../platform/sql/database.ts';
import { itemsOf, lastSpans, putItems, putSpans, spansOf } from './flow.rows.ts';
import { newsOf, toldSpans, toldTickets } from './told-spans.ts';

/** Under it the reader's positions are kept. */
export const FLOW_READER = 'flow';
/** Tickets whose past is made in one go, where a log is read that was there before the reader. */
const TICKETS_AT_ONCE = 1_000;

/** In the worker process: keeps what tickets were, and their ways, up with the log. */
@Injectable()
export class FlowFeed extends LogFeed {
  constructor(readers: LogReaders) {
    super(readers.reader(FLOW_READER), 'ALL');
  }

  /** Ticket by ticket, each with all its past: entry by entry a million would take four times as long. */
  protected override async takeAll(tx: Tx, scope: string, seq: number): Promise<void> {
    const ids = await toldTickets(tx, scope, seq);
    for (let from = 0; from < ids.length; from += TICKETS_AT_ONCE) {
      const spans = [...(await toldSpans(tx, scope, seq, ids.slice(from, from + TICKETS_AT_ONCE))).values()];
      await putSpans(tx, scope, spans.flat());
      await putItems(
        tx,
        scope,
        spans.flatMap((all) => itemOf(all) ?? []),
      );
    }
  }

  protected async take(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
    const news = newsOf(entries);
    const [first] = entries;
    if (!first || news.size === 0) return;
    const ids = [...news.keys()];
    const [last, items] = await Promise.all([lastSpans(tx, ids), itemsOf(tx, ids)]);
    const spans: TicketSpan[] = [];
    const ways: FlowItem[] = [];
    const undone: string[] = [];
    for (const [id, told] of news) {
      const before = last.get(id) ?? null;
      const after = spansAfter(id, before, told);
      const [begun] = after;
      if (!begun) continue;
      spans.push(...after);
      // What held became something else at the instant at which it began: the way was told on from what is true no more.
      if (before && begun.from === before.from && (stageOf(begun) !== stageOf(before) || begun.state !== before.state)) undone.push(id);
      else ways.push(...after.reduce<FlowItem[]>(([way], span) => [itemAfter(way ?? items.get(id) ?? null, span)], []));
    }
    if (spans.length === 0) return;
    await putSpans(tx, first.scope, spans);
    if (undone.length > 0) for (const all of (await spansOf(tx, undone)).values()) ways.push(itemOf(all) as FlowItem);
    await putItems(tx, first.scope, ways);
  }
}
