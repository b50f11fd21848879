import { Injectable } from '@nestjs/common';
import { isTicketNews, itemAfter, itemOf, spansAfter, stageOf, type FlowItem, type TicketSpan } from '@trainyard/domain';
import type { LogEntry } from '../platform/log/log-entry.ts';
import { LogFeed } from '../platform/log/log-feed.ts';
import { LogReaders } from '../platform/log/log-reader.ts';
import type { Tx } from '../platform/sql/database.ts';
import { itemsOf, lastSpans, putItems, putSpans, spansOf } from './flow.rows.ts';

/** Under it the reader's positions are kept. */
export const FLOW_READER = 'flow';
/** Entries of a transaction: an old log is read from its start when this is first run, and a million entries are then minutes, not an hour. */
const STRETCH = 2_000;

/** In the worker process: keeps what tickets were, and their ways, up with the log. */
@Injectable()
export class FlowFeed extends LogFeed {
  constructor(readers: LogReaders) {
    super(readers.reader(FLOW_READER, STRETCH), 'ALL');
  }

  protected async take(tx: Tx, entries: readonly LogEntry[]): Promise<void> {
    const news = Map.groupBy(entries.filter(isTicketNews), ({ entityId }) => entityId);
    const [first] = entries;
    if (!first || news.size === 0) return;
    const ids = [...news.keys()];
    const [last, items] = await Promise.all([lastSpans(tx, ids), itemsOf(tx, ids)]);
    const spans: TicketSpan[] = [];
    const ways: FlowItem[] = [];
    const undone: string[] = [];
    for (const [id, told] of news) {
      const before = last.get(id) ?? null;
      const after = spansAfter(
        id,
        before,
        told.map(({ action, changes, at }) => ({ action, changes, at: at.getTime() })),
      );
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
