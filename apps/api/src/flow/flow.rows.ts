import type { FlowItem, TicketSpan } from '@trainyard/domain';
import { rows, type Tx } from '../platform/sql/database.ts';

/** What `MS` says of a column that holds whole milliseconds: several times as fast. */
export const WHOLE_MS = (column: string): string => /* sql */ `round(date_part('epoch', ${column}) * 1000)`;
const instant = (column: string, as: string): string => `${WHOLE_MS(column)} AS "${as}"`;
/** The other way, of an array of such. */
const AT = (value: string): string => /* sql */ `to_timestamp(${value} / 1000)`;

/** The columns of a span over `ticket_span s`. */
export const SPAN_COLUMNS = /* sql */ `
  s.ticket_id AS "ticketId", ${instant('s.from_at', 'from')}, ${instant('s.to_at', 'to')}, s.state, s.resolution, s.column_id AS "columnId",
  s.sprint_id AS "sprintId", s.points, s.hours, s.parent_id AS "parentId", s.kind, s.deleted`;

/** The columns of a ticket's way over `flow_item i`. */
export const ITEM_COLUMNS = /* sql */ `
  i.ticket_id AS "ticketId", i.kind, i.points, i.stage, ${instant('i.since', 'since')}, ${instant('i.created_at', 'createdAt')},
  ${instant('i.started_at', 'startedAt')}, ${instant('i.episode_at', 'episodeAt')}, ${instant('i.progress_since', 'progressSince')},
  ${instant('i.done_since', 'doneSince')}, ${instant('i.out_since', 'outSince')}, i.active, i.starts, i.ends`;

/** The span that holds now of each ticket that has any. */
export async function lastSpans(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, TicketSpan>> {
  const found = await rows<TicketSpan>(
    tx,
    /* sql */ `SELECT ${SPAN_COLUMNS} FROM unnest($1::uuid[]) AS t (id)
      CROSS JOIN LATERAL (SELECT * FROM ticket_span l WHERE l.ticket_id = t.id ORDER BY l.from_at DESC LIMIT 1) s`,
    [ticketIds],
  );
  return new Map(found.map((span) => [span.ticketId, span]));
}

/** All spans of tickets, in the order of each. */
export async function spansOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, TicketSpan[]>> {
  const found = await rows<TicketSpan>(tx, `SELECT ${SPAN_COLUMNS} FROM ticket_span s WHERE s.ticket_id = ANY ($1::uuid[]) ORDER BY s.ticket_id, s.from_at`, [
    ticketIds,
  ]);
  return Map.groupBy(found, ({ ticketId }) => ticketId);
}

export async function itemsOf(tx: Tx, ticketIds: readonly string[]): Promise<Map<string, FlowItem>> {
  const found = await rows<FlowItem>(tx, `SELECT ${ITEM_COLUMNS} FROM flow_item i WHERE i.ticket_id = ANY ($1::uuid[])`, [ticketIds]);
  return new Map(found.map((item) => [item.ticketId, item]));
}

/** Writes spans; one that is there and begins at the same instant becomes this one. */
export async function putSpans(tx: Tx, projectId: string, spans: readonly TicketSpan[]): Promise<void> {
  const of = <T>(field: (span: TicketSpan) => T): T[] => spans.map(field);
  await tx.query(
    /* sql */ `
    INSERT INTO ticket_span AS s (project_id, ticket_id, from_at, to_at, state, resolution, column_id, sprint_id, points, hours, parent_id, kind, deleted)
    SELECT $1, n.ticket_id, ${AT('n.from_at')}, ${AT('n.to_at')}, n.state, n.resolution, n.column_id, n.sprint_id, n.points, n.hours, n.parent_id, n.kind, n.deleted
    FROM unnest($2::uuid[], $3::float8[], $4::float8[], $5::text[], $6::text[], $7::uuid[], $8::uuid[], $9::float8[], $10::float8[], $11::uuid[], $12::text[], $13::boolean[])
      AS n (ticket_id, from_at, to_at, state, resolution, column_id, sprint_id, points, hours, parent_id, kind, deleted)
    ON CONFLICT (ticket_id, from_at) DO UPDATE SET to_at = excluded.to_at, state = excluded.state, resolution = excluded.resolution,
      column_id = excluded.column_id, sprint_id = excluded.sprint_id, points = excluded.points, hours = excluded.hours,
      parent_id = excluded.parent_id, kind = excluded.kind, deleted = excluded.deleted`,
    [
      projectId,
      of((span) => span.ticketId),
      of((span) => span.from),
      of((span) => span.to),
      of((span) => span.state),
      of((span) => span.resolution),
      of((span) => span.columnId),
      of((span) => span.sprintId),
      of((span) => span.points),
      of((span) => span.hours),
      of((span) => span.parentId),
      of((span) => span.kind),
      of((span) => span.deleted),
    ],
  );
}

export async function putItems(tx: Tx, projectId: string, items: readonly FlowItem[]): Promise<void> {
  const of = <T>(field: (item: FlowItem) => T): T[] => items.map(field);
  await tx.query(
    /* sql */ `
    INSERT INTO flow_item AS i (project_id, ticket_id, kind, points, stage, since, created_at, started_at, episode_at, progress_since, done_since, out_since, active, starts, ends)
    SELECT $1, n.ticket_id, n.kind, n.points, n.stage, ${AT('n.since')}, ${AT('n.created_at')}, ${AT('n.started_at')}, ${AT('n.episode_at')},
      ${AT('n.progress_since')}, ${AT('n.done_since')}, ${AT('n.out_since')}, n.active, n.starts, n.ends
    FROM unnest($2::uuid[], $3::text[], $4::float8[], $5::text[], $6::float8[], $7::float8[], $8::float8[], $9::float8[], $10::float8[], $11::float8[], $12::float8[], $13::float8[], $14::int[], $15::int[])
      AS n (ticket_id, kind, points, stage, since, created_at, started_at, episode_at, progress_since, done_since, out_since, active, starts, ends)
    ON CONFLICT (ticket_id) DO UPDATE SET kind = excluded.kind, points = excluded.points, stage = excluded.stage, since = excluded.since,
      started_at = excluded.started_at, episode_at = excluded.episode_at, progress_since = excluded.progress_since, done_since = excluded.done_since,
      out_since = excluded.out_since, active = excluded.active, starts = excluded.starts, ends = excluded.ends`,
    [
      projectId,
      of((item) => item.ticketId),
      of((item) => item.kind),
      of((item) => item.points),
      of((item) => item.stage),
      of((item) => item.since),
      of((item) => item.createdAt),
      of((item) => item.startedAt),
      of((item) => item.episodeAt),
      of((item) => item.progressSince),
      of((item) => item.doneSince),
      of((item) => item.outSince),
      of((item) => item.active),
      of((item) => item.starts),
      of((item) => item.ends),
    ],
  );
}
