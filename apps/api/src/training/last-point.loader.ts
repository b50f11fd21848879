import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { grouped, loader } from '../platform/sql/loader.ts';
import type { LastPointType } from './attempt.types.ts';
import { decodePoints } from './metric-store.ts';

/** The newest living point of each series of an attempt: one statement a request, one chunk a series. */
@Injectable()
export class LastPointLoader {
  private readonly byAttempt = loader<string, LastPointType[]>(async (attemptIds) => {
    const found = await rows<{ attemptId: string; series: string; until: number | null; data: Buffer }>(
      this.database.direct,
      // What an earlier claim reported beyond the step that a later one went on after does not count.
      /* sql */ `
      SELECT a.id AS "attemptId", s.name AS series, m.until::float8 AS until, m.data
      FROM attempt a JOIN metric_series s ON s.run_id = a.run_id
      CROSS JOIN LATERAL (
        SELECT c.data, l.until FROM metric_chunk c
        CROSS JOIN LATERAL (
          SELECT min(resumed_from_step) AS until FROM attempt_claim WHERE attempt_id = a.id AND claim > c.claim AND resumed_from_step IS NOT NULL
        ) l
        WHERE c.attempt_id = a.id AND c.series = s.name AND (l.until IS NULL OR c.from_step <= l.until)
        ORDER BY c.slot DESC, c.claim DESC LIMIT 1
      ) m WHERE a.id = ANY ($1) ORDER BY s.name`,
      [attemptIds],
    );
    return grouped(
      attemptIds,
      found.map(({ attemptId, series, until, data }) => ({ attemptId, series, ...lastOf(data, until ?? Infinity) })),
      (point) => point.attemptId,
    );
  });

  constructor(private readonly database: Database) {}

  async load(context: RequestContext, attemptId: string): Promise<LastPointType[]> {
    return (await this.byAttempt(context).load(attemptId)) ?? [];
  }
}

function lastOf(data: Buffer, until: number): { step: number; value: number | null } {
  let last = { step: 0, value: null as number | null };
  decodePoints(data, (step, value) => {
    if (step <= until && step >= last.step) last = { step, value: Number.isFinite(value) ? value : null };
  });
  return last;
}
