import { Injectable } from '@nestjs/common';
import { canTrain, type Actor, type HelloRequest } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { demand } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/queue.ts';
import { Waiting } from '../training/waiting.ts';
import { ONLINE_SECONDS } from './online-runners.ts';
import type { RunnerType } from './runner.types.ts';

/** Which runners there are, and what they can do. */
@Injectable()
export class RunnerService {
  constructor(
    private readonly database: Database,
    private readonly waiting: Waiting,
    private readonly bell: RunnerBell,
  ) {}

  async runners(actor: Actor): Promise<RunnerType[]> {
    demand(actor, 'runner.read');
    return rows<RunnerType>(
      this.database.direct,
      /* sql */ `
      SELECT r.id, r.name, r.host, r.version, r.cores, r.memory_mib AS "memoryMiB", r.concurrency, r.engines, r.last_seen_at AS "lastSeenAt",
        r.last_seen_at > now() - make_interval(secs => $1) AS online,
        (SELECT count(*)::int FROM attempt a WHERE a.runner_id = r.id AND a.state IN ('STARTING', 'RUNNING')) AS busy
      FROM runner r ORDER BY online DESC, r.name`,
      [ONLINE_SECONDS],
    );
  }

  /** A runner is known by its name. Runs that waited for an engine it has are rung for again. */
  async hello(request: HelloRequest): Promise<string> {
    const runner = await row<{ id: string }>(
      this.database.direct,
      /* sql */ `
      INSERT INTO runner (id, name, host, version, cores, memory_mib, concurrency, engines) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (name) DO UPDATE SET host = EXCLUDED.host, version = EXCLUDED.version, cores = EXCLUDED.cores, memory_mib = EXCLUDED.memory_mib,
        concurrency = EXCLUDED.concurrency, engines = EXCLUDED.engines, last_seen_at = now()
      RETURNING id`,
      [randomUUID(), request.name, request.host, request.version, request.cores, request.memoryMiB, request.concurrency, JSON.stringify(request.engines)],
    );
    if (!runner) throw new Error('runner: not written');
    for await (const queued of this.waiting.refresh()) {
      for (const attempt of queued) {
        if (attempt.paused || !canTrain(request.engines, attempt.spec)) continue;
        const rung = await row<{ rings: number }>(this.database.direct, `UPDATE attempt SET rings = rings + 1, rung_at = now() WHERE id = $1 AND state = 'QUEUED' AND rings = $2 RETURNING rings`, [
          attempt.id,
          attempt.rings,
        ]);
        if (rung) await this.bell.ringAttempt(attempt.id, rung.rings);
      }
    }
    return runner.id;
  }

  /** Notes that the runner lives. RUNNER_UNKNOWN tells it to say hello. */
  async seen(runnerId: string): Promise<void> {
    const runner = await row(this.database.direct, 'UPDATE runner SET last_seen_at = now() WHERE id = $1 RETURNING id', [runnerId]);
    if (!runner) throw new DomainError('RUNNER_UNKNOWN');
  }
}
