import { Injectable } from '@nestjs/common';
import { canTrain, contractOf, needOf, type Actor, type HelloRequest } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { demand } from '../platform/authorize.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { ringAgain } from '../training/attempt.writes.ts';
import { Waiting } from '../training/waiting.ts';
import { ONLINE_SECONDS } from '../training/online-runners.ts';
import { LIVE } from '../training/run-states.ts';
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
    const found = await rows<Omit<RunnerType, 'speaks'> & { contract: number | null }>(
      this.database.direct,
      /* sql */ `
      SELECT r.id, r.name, r.host, r.version, r.contract, r.cores, r.memory_mib AS "memoryMiB", r.concurrency, r.engines, r.credential_id AS "credentialId", r.last_seen_at AS "lastSeenAt",
        r.last_seen_at > now() - make_interval(secs => $1) AS online,
        (SELECT count(*)::int FROM attempt a WHERE a.runner_id = r.id AND a.state IN ${LIVE}) AS busy
      FROM runner r ORDER BY online DESC, r.name`,
      [ONLINE_SECONDS],
    );
    return found.map(({ contract, ...runner }) => ({ ...runner, speaks: contractOf(contract) }));
  }

  /**
   * A runner is known by its own token, or, where it shares one, by the folder it works in: two of one name are two. Runs that
   * waited for an engine it has are rung for again.
   */
  async hello(request: HelloRequest, credentialId: string | null): Promise<string> {
    const id = await this.database.transaction(async (tx) => {
      const known = await this.recognise(tx, request, credentialId);
      const runner = await row<{ id: string }>(
        tx,
        /* sql */ `
        INSERT INTO runner (id, name, host, version, cores, memory_mib, concurrency, engines, credential_id, instance, contract) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
        ON CONFLICT (id) DO UPDATE SET name = EXCLUDED.name, host = EXCLUDED.host, version = EXCLUDED.version, cores = EXCLUDED.cores, memory_mib = EXCLUDED.memory_mib,
          concurrency = EXCLUDED.concurrency, engines = EXCLUDED.engines, credential_id = EXCLUDED.credential_id, instance = EXCLUDED.instance, contract = EXCLUDED.contract, last_seen_at = now()
        RETURNING id`,
        [
          known ?? randomUUID(),
          request.name,
          request.host,
          request.version,
          request.cores,
          request.memoryMiB,
          request.concurrency,
          JSON.stringify(request.engines),
          credentialId,
          request.instance ?? null,
          request.contract ?? null,
        ],
      );
      return runner?.id;
    });
    if (id === undefined) throw new Error('runner: not written');
    for await (const queued of this.waiting.refresh()) {
      for (const attempt of queued) {
        if (attempt.paused || !canTrain(request.engines, needOf(attempt.spec))) continue;
        const rings = await ringAgain(this.database.direct, attempt.id, attempt.rings);
        if (rings !== null) await this.bell.ringAttempt(attempt.id, rings);
      }
    }
    return id;
  }

  /** The id of the runner that says hello; null: it is new. RUNNER_TAKEN when its token is at work in another folder. */
  private async recognise(tx: Tx, request: HelloRequest, credentialId: string | null): Promise<string | null> {
    const { name, host } = request;
    const instance = request.instance ?? null;
    if (credentialId !== null) {
      // Of two that come at once with one token the second sees the first.
      await tx.query('SELECT 1 FROM runner_credential WHERE id = $1 FOR UPDATE', [credentialId]);
      const mine = await row<{ id: string; host: string; instance: string | null; online: boolean }>(
        tx,
        'SELECT id, host, instance, last_seen_at > now() - make_interval(secs => $2) AS online FROM runner WHERE credential_id = $1',
        [credentialId, ONLINE_SECONDS],
      );
      if (mine && mine.online && mine.instance !== instance) {
        throw new DomainError(
          'RUNNER_TAKEN',
          { host: mine.host },
          `This runner token is in use by a runner on ${mine.host}: make one for each runner on the page Runners, or stop that one.`,
        );
      }
      if (mine) return mine.id;
    } else if (instance !== null) {
      const same = await row<{ id: string }>(tx, 'SELECT id FROM runner WHERE credential_id IS NULL AND instance = $1', [instance]);
      if (same) return same.id;
    }
    // One of a version that knew runners by their names alone, unless it is at work on another machine.
    const earlier = await row<{ id: string }>(
      tx,
      `SELECT id FROM runner WHERE credential_id IS NULL AND instance IS NULL AND name = $1 AND ($2 OR host = $3 OR last_seen_at < now() - make_interval(secs => $4)) FOR UPDATE`,
      [name, instance === null && credentialId === null, host, ONLINE_SECONDS],
    );
    return earlier?.id ?? null;
  }

  /** Notes that the runner lives. RUNNER_UNKNOWN tells it to say hello. */
  async seen(runnerId: string, credentialId: string | null): Promise<void> {
    const runner = await row(
      this.database.direct,
      'UPDATE runner SET last_seen_at = now() WHERE id = $1 AND credential_id IS NOT DISTINCT FROM $2 RETURNING id',
      [runnerId, credentialId],
    );
    if (!runner) throw new DomainError('RUNNER_UNKNOWN');
  }
}
