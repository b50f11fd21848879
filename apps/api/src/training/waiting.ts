import { needOf, waitReason, type RunSpec, type WaitReason } from '@trainyard/domain';
import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/sql/database.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { onlineRunners } from './online-runners.ts';
import { projectRunsTopic, runTopic } from './attempt-state.service.ts';

export interface QueuedAttempt {
  id: string;
  runId: string;
  projectId: string;
  claim: number;
  rings: number;
  /** When it was put in line, as the database writes it: the place to read on from. */
  queuedAt: string;
  /** Milliseconds since the bell last rang; below 0 when it is yet to. */
  sinceRing: number;
  paused: boolean;
  waiting: WaitReason | null;
  spec: RunSpec;
}

/** Attempts read at once; a spec is about a kilobyte. */
const PAGE = 1_000;

/** Says why queued runs wait. */
@Injectable()
export class Waiting {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
  ) {}

  /**
   * Brings `waiting` of every queued attempt up to date and wakes those who watch one that changed; yields them all, oldest
   * first, a page at a time: those that wait for an engine nobody has must not hide the ones behind them.
   */
  async *refresh(): AsyncGenerator<QueuedAttempt[]> {
    const online = await onlineRunners(this.database.direct);
    for (let after: QueuedAttempt | undefined; ;) {
      const queued: QueuedAttempt[] = await rows<QueuedAttempt>(
        this.database.direct,
        /* sql */ `
        SELECT a.id, a.run_id AS "runId", r.project_id AS "projectId", a.claim, a.rings, a.waiting, r.spec, a.queued_at::text AS "queuedAt",
          COALESCE(extract(epoch FROM now() - a.rung_at) * 1000, 1e9)::float8 AS "sinceRing", COALESCE(a.retry_at > now(), false) AS paused
        FROM attempt a JOIN run r ON r.id = a.run_id
        WHERE a.state = 'QUEUED' AND ($1::timestamptz IS NULL OR (a.queued_at, a.id) > ($1, $2::uuid))
        ORDER BY a.queued_at, a.id LIMIT ${PAGE}`,
        [after?.queuedAt ?? null, after?.id ?? null],
      );
      if (queued.length > 0) yield await this.judge(queued, online);
      if (queued.length < PAGE) return;
      after = queued.at(-1);
    }
  }

  private async judge(queued: QueuedAttempt[], online: Awaited<ReturnType<typeof onlineRunners>>): Promise<QueuedAttempt[]> {
    const now = queued.map((attempt) => ({ ...attempt, waiting: waitReason(needOf(attempt.spec), attempt, online) }));
    const changed = now.filter((attempt, i) => attempt.waiting !== queued[i]?.waiting);
    if (changed.length > 0) {
      await this.database.direct.query(
        /* sql */ `
        UPDATE attempt a SET waiting = n.waiting, tick = tick + 1 FROM unnest($1::uuid[], $2::text[]) AS n (id, waiting)
        WHERE a.id = n.id AND a.state = 'QUEUED' AND a.waiting IS DISTINCT FROM n.waiting`,
        [changed.map((attempt) => attempt.id), changed.map((attempt) => attempt.waiting)],
      );
      for (const attempt of changed) {
        this.wakeups.wake(runTopic(attempt.runId));
        this.wakeups.wake(projectRunsTopic(attempt.projectId));
      }
    }
    return now;
  }
}
