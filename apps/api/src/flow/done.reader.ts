import { Injectable } from '@nestjs/common';
import type { ReportDay } from '@trainyard/domain';
import { Database, row, rows } from '../platform/sql/database.ts';

/** A stretch in which tickets were done: from when, and as it was known when; null: as it is known now. */
export interface Stretch {
  projectId: string;
  from: Date;
  knownAt: Date | null;
}

/**
 * What was done in a stretch, and since when without a break, for the parameters below. As it was known at a moment: what was taken up again later was
 * done all the same. So one looks for what began to be done in it, and was not done before, and has not been anything else until then.
 */
const DONE_THEN = /* sql */ `
  SELECT s.ticket_id, s.from_at AS since FROM ticket_span s
  WHERE s.project_id = $1 AND s.from_at >= $2 AND s.from_at < $3 AND s.state = 'DONE' AND s.resolution = 'DONE' AND NOT s.deleted
    AND NOT EXISTS (
      SELECT FROM (SELECT b.state, b.resolution, b.deleted FROM ticket_span b WHERE b.ticket_id = s.ticket_id AND b.from_at < s.from_at ORDER BY b.from_at DESC LIMIT 1) b
      WHERE b.state = 'DONE' AND b.resolution = 'DONE' AND NOT b.deleted)
    AND NOT EXISTS (
      SELECT FROM ticket_span a WHERE a.ticket_id = s.ticket_id AND a.from_at > s.from_at AND a.from_at < $3
        AND (a.state <> 'DONE' OR a.resolution IS DISTINCT FROM 'DONE' OR a.deleted))`;
const DONE_NOW = /* sql */ `SELECT i.ticket_id, i.since FROM flow_item i WHERE i.project_id = $1 AND i.stage = 'DONE' AND i.since >= $2`;

const asked = ({ projectId, from, knownAt }: Stretch): [string, unknown[]] =>
  knownAt === null ? [DONE_NOW, [projectId, from]] : [DONE_THEN, [projectId, from, knownAt]];

/** Reads what was done in a stretch. */
@Injectable()
export class DoneReader {
  constructor(private readonly database: Database) {}

  /** How many tickets were done on each of days that follow each other: as `throughput` of the domain counts them. */
  async countsOn(stretch: Omit<Stretch, 'from'>, days: readonly ReportDay[]): Promise<number[]> {
    const [first, last] = [days[0], days.at(-1)];
    if (!first || !last) return [];
    const [done, parameters] = asked({ ...stretch, from: new Date(first.start) });
    const at = parameters.length;
    const found = await rows<{ place: number; count: number }>(
      this.database.direct,
      `SELECT width_bucket(d.since, $${at + 1}::timestamptz[]) - 1 AS place, count(*)::int AS count FROM (${done}) d WHERE d.since < $${at + 2} GROUP BY 1`,
      [...parameters, days.map(({ start }) => new Date(start)), new Date(last.end)],
    );
    const counts = new Map(found.map(({ place, count }) => [place, count]));
    return days.map((_, place) => counts.get(place) ?? 0);
  }

  /** Their ids, the first to be done first. */
  async ticketIds(stretch: Stretch, until: Date): Promise<string[]> {
    const [done, parameters] = asked(stretch);
    const found = await rows<{ id: string }>(
      this.database.direct,
      `SELECT d.ticket_id AS id FROM (${done}) d WHERE d.since < $${parameters.length + 1} ORDER BY d.since, d.ticket_id`,
      [...parameters, until],
    );
    return found.map(({ id }) => id);
  }

  /** How many, and of those how many were in a sprint at any time. */
  async countsOf(stretch: Stretch & { knownAt: Date }, sprintId: string): Promise<{ all: number; ofSprint: number }> {
    const [done, parameters] = asked(stretch);
    const found = await row<{ all: number; ofSprint: number }>(
      this.database.direct,
      /* sql */ `SELECT count(*)::int AS "all", count(*) FILTER (WHERE EXISTS (SELECT FROM ticket_span m WHERE m.sprint_id = $4 AND m.ticket_id = d.ticket_id))::int AS "ofSprint"
        FROM (${done}) d`,
      [...parameters, sprintId],
    );
    return found!;
  }
}
