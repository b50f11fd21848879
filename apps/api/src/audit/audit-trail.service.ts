import { Injectable, Logger, type BeforeApplicationShutdown, type OnApplicationShutdown } from '@nestjs/common';
import {
  AUDIT_WINDOW_MS,
  auditWindow,
  messageOf,
  noteRepeat,
  windowIsOver,
  type Actor,
  type AuditKind,
  type AuditOutcome,
  type AuditWindow,
  type ErrorCode,
  type Origin,
} from '@trainyard/domain';
import type { FastifyRequest } from 'fastify';
import { createHmac, randomBytes } from 'node:crypto';
import { apart } from '../platform/http/allowance.ts';
import { afterCommit, Database, type Tx } from '../platform/sql/database.ts';
import { addressOf } from '../platform/http/limits.ts';
import type { Refusals } from '../platform/http/refusals.ts';

/** One line of the trail. It never holds a password, a secret or what a stranger typed. */
export interface AuditEntry {
  kind: AuditKind;
  outcome: AuditOutcome;
  /** Who did it, or whose account was tried; null when nobody knows. */
  actorId: string | null;
  tokenId?: string | null;
  /** What it was done to. */
  subjectId?: string | null;
  /** Why it was refused. */
  code?: ErrorCode | null;
  details?: Record<string, unknown>;
}

const REFUSALS: ReadonlySet<ErrorCode> = new Set([
  'FORBIDDEN',
  'NOT_FOUND',
  'UNAUTHENTICATED',
  'TOKEN_SCOPE',
  'PASSWORD_REQUIRED',
  'CSRF_REJECTED',
  'RATE_LIMITED',
  'HOST_UNKNOWN',
]);

export const originOf = (request: FastifyRequest): Origin => ({ address: addressOf(request), userAgent: request.headers['user-agent']?.slice(0, 300) ?? null });

/** Whose places in a window a line takes: those of whoever did it, or apart from them of whose account was tried; null: strangers'. */
const sourceOf = ({ kind, outcome, actorId }: AuditEntry): string | null =>
  actorId === null ? null : `${kind === 'SIGN_IN' && outcome === 'REFUSED' ? 'tried' : 'by'} ${actorId}`;

/**
 * Who did what to sign-ins and rights, from where, with what outcome: rows that are only ever appended, and log lines. What
 * changes something is written in the transaction of the change; what anybody may repeat without end is told once in five
 * minutes with the number of its repeats.
 */
@Injectable()
export class AuditTrail implements Refusals, BeforeApplicationShutdown, OnApplicationShutdown {
  private readonly log = new Logger('Audit');
  private window: AuditWindow = auditWindow(Date.now());
  private readonly noted = new Map<string, { origin: Origin; entry: AuditEntry }>();
  /** Whom the sources of the window stand for. */
  private readonly sources = new Map<string, Pick<AuditEntry, 'kind' | 'actorId'>>();
  /** What was noted is written one after another: the trail tells it in the order in which it happened. */
  private written: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | null = null;
  /** Of this process alone: what a stranger typed can be recognised while it runs, and never be found out again. */
  private readonly strangers = randomBytes(32);

  constructor(private readonly database: Database) {}

  /** Appends to `tx`: the change and its line are kept or lost together. */
  async write(tx: Tx, origin: Origin | undefined, entry: AuditEntry): Promise<void> {
    await this.insert(tx, origin, entry, 1);
    afterCommit(tx, () => this.tell(origin, entry, 1));
  }

  /** The same for what an actor does. */
  async by(tx: Tx, actor: Actor, entry: Omit<AuditEntry, 'actorId' | 'outcome' | 'tokenId'>): Promise<void> {
    await this.write(tx, actor.from, { ...entry, outcome: 'DONE', actorId: actor.userId, tokenId: actor.tokenId ?? null });
  }

  /** Tells of what may be repeated without end. Never throws and never waits: a refusal must not fail or slow down over its line. */
  note(origin: Origin, entry: AuditEntry): void {
    if (windowIsOver(this.window, Date.now())) this.closeWindow();
    const key = JSON.stringify([origin.address, entry.kind, entry.outcome, entry.code, entry.actorId, entry.tokenId, entry.details]);
    const source = sourceOf(entry);
    if (source !== null) this.sources.set(source, { kind: entry.kind === 'SIGN_IN' ? 'SIGN_IN' : 'REQUEST', actorId: entry.actorId });
    const isNew = noteRepeat(this.window, key, source);
    this.timer ??= setTimeout(() => this.closeWindow(), this.window.since + AUDIT_WINDOW_MS - Date.now() + 1_000).unref();
    if (!isNew) return;
    this.noted.set(key, { origin, entry });
    this.keep(origin, entry, 1);
  }

  /** Notes a refusal of a request when it is one of rights or sign-in; all other errors are none of the trail's business. */
  refused(request: FastifyRequest, code: ErrorCode, details: Record<string, unknown>): void {
    if (!REFUSALS.has(code)) return;
    this.note(originOf(request), {
      kind: 'REQUEST',
      outcome: 'REFUSED',
      actorId: request.actor?.userId ?? null,
      tokenId: request.actor?.tokenId ?? null,
      code,
      details,
    });
  }

  /** A name for what a stranger typed as an address. People type their password there: neither it nor its hash may be kept. */
  strangerOf(typed: string): string {
    return createHmac('sha256', this.strangers).update(typed).digest('hex').slice(0, 12);
  }

  /** Until all that was noted is written; with what was only counted so far. */
  async settle(): Promise<void> {
    this.closeWindow();
    for (let last: Promise<void> | null = null; last !== this.written;) await (last = this.written);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.settle();
  }

  /** What requests under way were refused while the server closed. */
  async onApplicationShutdown(): Promise<void> {
    await this.settle();
  }

  private closeWindow(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const { repeats, others } = this.window;
    for (const [key, count] of repeats) {
      const told = this.noted.get(key);
      if (count > 0 && told) this.keep(told.origin, told.entry, count);
    }
    for (const [source, count] of others) {
      const of = (source === null ? undefined : this.sources.get(source)) ?? { kind: 'REQUEST', actorId: null };
      this.keep({ address: '', userAgent: null }, { ...of, outcome: 'REFUSED', details: { others: true } }, count);
    }
    this.noted.clear();
    this.sources.clear();
    this.window = auditWindow(Date.now());
  }

  private keep(origin: Origin, entry: AuditEntry, count: number): void {
    this.tell(origin, entry, count);
    this.written = this.written
      .then(() => apart(() => this.insert(this.database.direct, origin, entry, count)))
      .catch((error: unknown) => this.log.error(`A line of the audit trail was not stored: ${messageOf(error)}`));
  }

  private async insert(tx: Tx, origin: Origin | undefined, entry: AuditEntry, count: number): Promise<void> {
    await tx.query(
      /* sql */ `
      INSERT INTO audit_entry (kind, outcome, actor_id, token_id, subject_id, code, address, user_agent, details, count)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
      [
        entry.kind,
        entry.outcome,
        entry.actorId,
        entry.tokenId ?? null,
        entry.subjectId ?? null,
        entry.code ?? null,
        origin?.address ?? null,
        origin?.userAgent ?? null,
        entry.details ?? {},
        count,
      ],
    );
  }

  private tell(origin: Origin | undefined, entry: AuditEntry, count: number): void {
    const line = { event: 'audit', ...entry, ...origin, count };
    if (entry.outcome === 'REFUSED') this.log.warn(line);
    else this.log.log(line);
  }
}
