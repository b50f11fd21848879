import { Injectable } from '@nestjs/common';
import { isEnded, type Actor, type ProjectScope } from '@trainyard/domain';
import { setTimeout as delay } from 'node:timers/promises';
import { AccessService } from '../access/access.service.ts';
import type { RequestContext } from '../platform/actor.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import { projectRunsTopic, runTopic } from './attempt-state.service.ts';
import type { LogLineType } from './attempt.types.ts';
import { MetricStore, type SeriesRead } from './metric-store.ts';
import type { RunProgressType } from './run-detail.types.ts';
import { RUN_CARD_COLUMNS, runCardOf, runCardsByIds, type RunCardRow } from './run-card.loader.ts';
import { FIRST_CLAIM, RunReader } from './run-reader.ts';
import { GOING } from './run-states.ts';
import type { RunCardType } from './run.types.ts';

/** At most four pushes a second. */
const PUSH_EVERY_MS = 250;
const COMMIT_LAG_MS = 2_000;
/** Of the first push: buckets of a series, and of all together where there are many. */
const FIRST_WIDTH = 600;
const FIRST_BUCKETS = 8 * FIRST_WIDTH;
const FIRST_LINES = 200;
/** Lines of a later push; a flood shows its end, and where it began is in the log. */
const MAX_LINES = 500;

/** What is pushed while somebody looks: cards of a project, one run in full. Both read the truth after each wake-up. */
@Injectable()
export class RunLive {
  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly access: AccessService,
    private readonly reader: RunReader,
    private readonly metrics: MetricStore,
  ) {}

  /** Cards of runs going on in a project: all of them first, then each when it changed, and once more when it has ended. */
  async *cards(context: RequestContext, projectId: string): AsyncGenerator<{ runCards: RunCardType[] }> {
    const sent = new Map<string, number>();
    let going: string[] = [];
    let since: Date | null = null;
    for await (const actor of this.looks(context, projectRunsTopic(projectId))) {
      const project: (ProjectScope & { now: Date }) | null = await row(
        this.database.direct,
        `SELECT ${PROJECT_SCOPE}, clock_timestamp() AS now FROM project p WHERE p.id = $1`,
        [projectId],
      );
      const { now } = demandProject(actor, 'project.read', project);
      const found = await rows<RunCardRow>(
        this.database.direct,
        /* sql */ `
        SELECT ${RUN_CARD_COLUMNS} FROM run r JOIN attempt a ON a.id = r.attempt_id
        WHERE r.project_id = $1 AND (r.state IN ${GOING} OR r.id = ANY ($2) OR r.ended_at > $3)`,
        [projectId, going, since],
      );
      // A run that began and ended between two looks is still seen: commits may come a little after their time stamps.
      since = new Date(now.getTime() - COMMIT_LAG_MS);
      going = found.filter((card) => !isEnded(card.state)).map((card) => card.id);
      const changed = found.filter((card) => sent.get(card.id) !== card.tick);
      for (const card of changed) sent.set(card.id, card.tick);
      if (changed.length > 0) yield { runCards: changed.map(runCardOf) };
    }
  }

  /** A run in full; completes after the push that says it has ended. */
  async *progress(context: RequestContext, runId: string): AsyncGenerator<{ runProgress: RunProgressType }> {
    let cursor: Cursor | null = null;
    for await (const actor of this.looks(context, runTopic(runId))) {
      const run = await this.reader.run(actor, runId);
      const pushed: { progress: RunProgressType; cursor: Cursor } | null = await this.database.transaction(async (tx) => {
        // One snapshot: the card never speaks of a claim whose points are not in the same push.
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY');
        return this.push(tx, run.id, cursor);
      });
      if (!pushed) continue;
      cursor = pushed.cursor;
      yield { runProgress: pushed.progress };
      if (pushed.progress.ended) return;
    }
  }

  /** The actor as of now, in the context that what is nested reads too: at first and after each wake-up of the topic, not more often than every PUSH_EVERY_MS. */
  private async *looks(context: RequestContext, topic: string): AsyncGenerator<Actor> {
    for await (const _ of this.wakeups.watch(topic, context.ended)) {
      yield await this.access.lookAgain(context);
      context.turn?.end();
      await delay(PUSH_EVERY_MS);
    }
  }

  private async push(tx: Tx, runId: string, before: Cursor | null): Promise<{ progress: RunProgressType; cursor: Cursor } | null> {
    const [card] = await runCardsByIds(tx, [runId]);
    const attempt = await row<LiveAttempt>(
      tx,
      /* sql */ `
      SELECT a.id, COALESCE(c.claim, a.claim) AS claim, CASE WHEN c.claim > ${FIRST_CLAIM} THEN c.resumed_from_step::int END AS "resumedFromStep"
      FROM run r JOIN attempt a ON a.id = r.attempt_id
      LEFT JOIN LATERAL (SELECT claim, resumed_from_step FROM attempt_claim WHERE attempt_id = a.id AND resumed_from_step IS NOT NULL ORDER BY claim DESC LIMIT 1) c ON true
      WHERE r.id = $1`,
      [runId],
    );
    if (!card || !attempt) throw new DomainError('NOT_FOUND');
    const going = before?.attemptId === attempt.id ? before : null;
    if (going?.tick === card.tick) return null;
    const { metrics, lastSteps } = going ? await this.news(tx, attempt, going) : await this.all(tx, attempt);
    const log = await this.lines(tx, attempt.id, going);
    const lastLine = log.at(-1);
    return {
      progress: { run: card, attemptId: attempt.id, claim: attempt.claim, resumedFromStep: attempt.resumedFromStep, metrics, log, ended: isEnded(card.state) },
      cursor: {
        attemptId: attempt.id,
        claim: attempt.claim,
        tick: card.tick,
        lastSteps,
        lastLine: lastLine ? [lastLine.claim, lastLine.line] : (going?.lastLine ?? [0, -1]),
      },
    };
  }

  private async all(tx: Tx, attempt: LiveAttempt): Promise<News> {
    const series = [...(await this.metrics.units(tx, attempt.id)).keys()];
    const width = Math.min(FIRST_WIDTH, Math.ceil(FIRST_BUCKETS / series.length));
    const metrics = await this.metrics.read(tx, attempt.id, { series, width });
    return { metrics, lastSteps: await this.metrics.lastSteps(tx, attempt.id, attempt.claim) };
  }

  /** Points since the last push. Of a claim not seen before all of its points, and what the one before reported last. */
  private async news(tx: Tx, attempt: LiveAttempt, going: Cursor): Promise<News> {
    const same = going.claim === attempt.claim;
    const metrics = await this.metrics.since(tx, attempt.id, attempt.claim, same ? going.lastSteps : new Map());
    const lastSteps = new Map(same ? going.lastSteps : []);
    for (const { series, steps } of metrics) lastSteps.set(series, steps.at(-1) ?? -1);
    if (same) return { metrics, lastSteps };
    const late = await this.metrics.since(tx, attempt.id, going.claim, going.lastSteps, attempt.resumedFromStep ?? undefined);
    return { metrics: [...late, ...metrics], lastSteps };
  }

  private async lines(tx: Tx, attemptId: string, going: Cursor | null): Promise<LogLineType[]> {
    const [claim, line] = going?.lastLine ?? [0, -1];
    const found = await rows<LogLineType>(
      tx,
      'SELECT claim, line, at, stream, text, params FROM log_line WHERE attempt_id = $1 AND (claim, line) > ($2, $3) ORDER BY claim DESC, line DESC LIMIT $4',
      [attemptId, claim, line, going ? MAX_LINES : FIRST_LINES],
    );
    return found.reverse();
  }
}

interface LiveAttempt {
  id: string;
  /** The newest claim that trained: while the next one only starts, what is shown is still of this one. */
  claim: number;
  resumedFromStep: number | null;
}
interface News {
  metrics: SeriesRead[];
  /** Of the living claim. */
  lastSteps: Map<string, number>;
}
/** How far a viewer has been told. */
interface Cursor {
  attemptId: string;
  claim: number;
  tick: number;
  lastSteps: Map<string, number>;
  lastLine: [claim: number, line: number];
}
