import { Injectable } from '@nestjs/common';
import { Database, row } from '../platform/sql/database.ts';
import { activityOf, NEWS_COLUMNS, type ActivityRow } from './activity.rows.ts';
import type { ProjectEventsType } from './activity.types.ts';
import { LiveRegistry } from './live-things.ts';

/**
 * What is more than this is not told, to those who were away nor to those who look on: reading again what is on a screen costs less
 * than being told of every row.
 */
export const REPLAY_MAX = 1000;
/** Letters of changes in what is replayed: every reader holds all of them. */
export const REPLAY_LETTERS = 200_000;

/** Events with the letters of their changes, which is what they weigh. */
export type WeighedEvents = ProjectEventsType & { letters: number };

interface EventsRow {
  head: number;
  letters: number;
  activities: ActivityRow[] | null;
  things: Record<string, unknown[] | null>;
}

/** What happened in a project, with the things concerned. */
@Injectable()
export class EventsReader {
  constructor(
    private readonly database: Database,
    private readonly live: LiveRegistry,
  ) {}

  /**
   * What happened in a project after position `since`, and the things concerned as they are now: one statement, so that both
   * are of one snapshot. Null when there is no such project. Rights are the caller's. What is asked for stands in sub-selects, where the
   * planner cannot see it and keeps one plan, and LIMIT says that few rows come, so that it walks the log's index.
   */
  async read(projectId: string, since: number): Promise<WeighedEvents | null> {
    const tx = this.database.direct;
    const found = await row<EventsRow>(
      tx,
      /* sql */ `
      WITH head AS (
        SELECT s.id, s.seq, $2::bigint AS since FROM activity_scope s WHERE s.id = $1
      ), stretch AS MATERIALIZED (
        SELECT ${NEWS_COLUMNS} FROM activity a LEFT JOIN app_user actor ON actor.id = a.actor_id
        WHERE a.scope = (SELECT id FROM head) AND a.seq > (SELECT since FROM head) AND (SELECT seq - since FROM head) <= ${REPLAY_MAX} ORDER BY a.seq LIMIT ${REPLAY_MAX}
      ), weighed AS MATERIALIZED (
        SELECT COALESCE(sum(length(changes::text)), 0)::float8 AS letters FROM stretch
      ), news AS MATERIALIZED (
        SELECT * FROM stretch WHERE (SELECT letters FROM weighed) <= ${REPLAY_LETTERS}
      )
      SELECT head.seq::int AS head, (SELECT letters FROM weighed) AS letters,
        (SELECT json_agg(news ORDER BY seq) FROM news) AS activities,
        ${this.live.sql} AS things
      FROM head`,
      [projectId, since],
    );
    if (!found) return null;
    const reset = since > found.head || found.head - since > REPLAY_MAX || found.letters > REPLAY_LETTERS;
    return {
      seq: found.head,
      letters: reset ? 0 : found.letters,
      reset,
      activities: (found.activities ?? []).map(activityOf),
      things: await this.live.thingsOf(found.things, tx),
    };
  }
}
