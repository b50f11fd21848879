import { waitReason, type RunSpec, type WaitReason } from '@trainyard/domain';
import { Injectable } from '@nestjs/common';
import { Database, rows } from '../platform/database.ts';
import { Wakeups } from '../platform/wakeups.ts';
import { onlineRunners } from '../runner/online-runners.ts';
import { projectRunsTopic, runTopic } from './attempt-state.service.ts';

export interface QueuedAttempt {
  id: string;
  runId: string;
  projectId: string;
  epoch: number;
  rings: number;
  /** Milliseconds since the queue was last told. */
  sinceRing: number;
  waiting: WaitReason | null;
  spec: RunSpec;
}

/** Says why queued runs wait. */
@Injectable()
export class Waiting {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
  ) {}

  /** Brings `waiting` of every queued attempt up to date and wakes those who watch one that changed; answers them all. */
  async refresh(): Promise<QueuedAttempt[]> {
    const queued = await rows<QueuedAttempt>(
      this.database.read,
      /* sql */ `
      SELECT a.id, a.run_id AS "runId", r.project_id AS "projectId", a.epoch, a.rings, a.waiting, r.spec,
        COALESCE(extract(epoch FROM now() - a.rung_at) * 1000, 1e9)::float8 AS "sinceRing"
      FROM attempt a JOIN run r ON r.id = a.run_id WHERE a.state = 'QUEUED' ORDER BY a.queued_at LIMIT 1000`,
    );
    if (queued.length === 0) return [];
    const online = await onlineRunners(this.database.read);
    const now = queued.map((attempt) => ({ ...attempt, waiting: waitReason(attempt.spec, attempt.epoch, online) }));
    const changed = now.filter((attempt, i) => attempt.waiting !== queued[i]?.waiting);
    if (changed.length > 0) {
      await this.database.read.query(
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
