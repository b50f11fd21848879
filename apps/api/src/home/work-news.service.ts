import { Injectable } from '@nestjs/common';
import type { Actor } from '@trainyard/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { AccessService } from '../access/access.service.ts';
import type { RequestContext } from '../platform/actor.ts';
import { demand, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { ANY_ACTIVITY } from '../platform/log/activity-log.ts';
import { Database, row } from '../platform/sql/database.ts';
import { Wakeups } from '../platform/log/wakeups.ts';

/** Between two pieces of news. */
const EVERY_MS = 2_000;

/** Says that something changed in what one may read, and nothing else: blocks that are seen ask again. */
@Injectable()
export class WorkNews {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly access: AccessService,
  ) {}

  /** Who asks, and what they may read, is looked up each time. The first look says so at once: whoever comes back after a pause has missed what happened meanwhile. */
  async *follow(context: RequestContext): AsyncGenerator<{ workNews: Date }> {
    let known: string | null = null;
    for await (const _ of this.wakeups.watch(ANY_ACTIVITY, context.ended)) {
      const actor = await this.access.lookAgain(context);
      demand(actor, 'organisation.read');
      const now = await this.positions(actor);
      if (now !== known) yield { workNews: new Date() };
      known = now;
      context.turn?.end();
      await delay(EVERY_MS, undefined, { signal: context.ended }).catch(() => undefined);
    }
  }

  /** How far the logs are that one may read. It changes with each entry of theirs, and with what one may read. */
  private async positions(actor: Actor): Promise<string> {
    const found = await row<{ positions: string }>(
      this.database.direct,
      /* sql */ `
      SELECT concat(count(*), ' ', sum(s.seq)) AS positions FROM activity_scope s LEFT JOIN project p ON p.id = s.id
      WHERE p.id IS NULL AND s.id IN (SELECT id FROM organisation) OR ${READABLE_PROJECT(1)}`,
      readableBy(actor),
    );
    return found?.positions ?? '';
  }
}
