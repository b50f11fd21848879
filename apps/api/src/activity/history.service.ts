import { Injectable } from '@nestjs/common';
import { LINK_FIELDS, type Changes } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { loader } from '../platform/sql/loader.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { ACTIVITY_COLUMNS, activityOf, type ActivityRow } from './activity.rows.ts';
import type { ActivityConnection, ActivityType } from './activity.types.ts';

/** The fields of changes that hold ids of things with names. */
const NAMED = ['columnId', 'labelIds', 'assigneeId', 'parentId', 'sprintId', ...Object.values<string>(LINK_FIELDS)];
const idsIn = (changes: Changes): string[] =>
  NAMED.flatMap((field) => [changes[field]?.from, changes[field]?.to])
    .flat()
    .filter((id) => typeof id === 'string');

/** What happened to a thing, out of the log. */
@Injectable()
export class HistoryService {
  private readonly namesThen = loader<{ id: string; seq: number }, string>(async (keys, { actor }) => {
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    const found = await rows<{ name: string | null }>(
      this.database.direct,
      /* sql */ `
      SELECT COALESCE((
        SELECT COALESCE(n.changes #>> '{name,to}', n.changes #>> '{name,from}') FROM activity n
        WHERE n.entity_id = k.id AND n.entity IN ('COLUMN', 'LABEL', 'SPRINT') AND n.changes ? 'name' AND n.seq <= k.seq ORDER BY n.seq DESC LIMIT 1
      ), (SELECT u.name FROM app_user u WHERE u.id = k.id), (
        SELECT p.key || '-' || t.number FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.id = k.id AND ${READABLE_PROJECT(3)}
      )) AS name
      FROM unnest($1::uuid[], $2::bigint[]) WITH ORDINALITY AS k (id, seq, place) ORDER BY k.place`,
      [keys.map(({ id }) => id), keys.map(({ seq }) => seq), ...readableBy(actor)],
    );
    return found.map(({ name }) => name);
  });

  constructor(private readonly database: Database) {}

  /** The history of a ticket the actor was given, its comments and runs included, newest first. */
  async ofTicket(ticketId: string, first: number, after: string | null): Promise<ActivityConnection> {
    const limit = pageSize(first);
    const cursor = decodeCursor(after, 1);
    const found = await rows<ActivityRow>(
      this.database.direct,
      /* sql */ `SELECT ${ACTIVITY_COLUMNS} FROM activity a LEFT JOIN app_user actor ON actor.id = a.actor_id
        WHERE a.ticket_id = $1 AND ($2::bigint IS NULL OR a.seq < $2) ORDER BY a.seq DESC LIMIT $3`,
      [ticketId, cursor?.[0] ?? null, limit + 1],
    );
    const { nodes, pageInfo } = page(found, limit, (activity) => [activity.seq]);
    return { nodes: nodes.map(activityOf), pageInfo };
  }

  /** What the things that a row's changes name were called when it was written; people, who stay who they are, as now. */
  async names(context: RequestContext, { seq, changes }: Pick<ActivityType, 'seq' | 'changes'>): Promise<Record<string, string>> {
    const ids = [...new Set(idsIn(changes))];
    const names = await this.namesThen(context).loadMany(ids.map((id) => ({ id, seq })));
    return Object.fromEntries(ids.flatMap((id, i) => (typeof names[i] === 'string' ? [[id, names[i]]] : [])));
  }
}
