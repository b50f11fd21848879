// What becomes of each of many tickets that are changed together.

import { DomainError } from '../platform/domain-error.ts';
import { withoutScope, type LockedTicket } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketChangeInput } from './change-tickets.types.ts';

/** For want of a right: what may not be known of has no name. */
const NOT_ALLOWED: readonly string[] = ['FORBIDDEN', 'NOT_FOUND', 'PROJECT_READ_ONLY', 'TOKEN_SCOPE'];

/** What is not done of many, and why; each names its ticket. */
export class Refusals {
  private readonly why = new Map<string, DomainError>();

  constructor(
    private readonly locked: ReadonlyMap<string, LockedTicket>,
    private readonly changes: readonly TicketChangeInput[],
  ) {}

  has(id: string): boolean {
    return this.why.has(id);
  }

  get(id: string): DomainError | undefined {
    return this.why.get(id);
  }

  /** The ticket that one was to lie behind, in its column or in the backlog, which was refused its place there; undefined: it was not. */
  missing(id: string, where: 'place' | 'backlog'): string | null | undefined {
    const to = this.has(id) ? this.changes.find((change) => change.id === id)?.[where] : undefined;
    return to ? (to.afterId ?? null) : undefined;
  }

  refuse(id: string, error: DomainError): void {
    const found = this.locked.get(id);
    const isNamed = found && !NOT_ALLOWED.includes(error.code);
    this.why.set(id, isNamed ? new DomainError(error.code, { ...error.params, ticket: ticketOf(withoutScope(found)).key }) : error);
  }

  /** Does something for a ticket that was not refused yet; nothing of it may be written before it is refused. */
  async of(id: string, work: () => unknown): Promise<void> {
    if (this.has(id)) return;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      this.refuse(id, error);
    }
  }

  /** Whoever may change none of them is turned away as a whole. */
  throwIfNoneMay(all: number): void {
    const [first] = this.why.values();
    if (first && this.why.size === all && [...this.why.values()].every(({ code }) => NOT_ALLOWED.includes(code))) throw first;
  }
}
