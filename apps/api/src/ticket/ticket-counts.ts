import { Injectable } from '@nestjs/common';
import { TICKET_COUNTS, type TicketCounts } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { BY_PROJECT, countsOf } from '../platform/lists/counts.ts';
import { Database } from '../platform/sql/database.ts';
import { loader } from '../platform/sql/loader.ts';
import { ProjectHealthRegistry } from '../project/health.registry.ts';
import { TICKET_LIST } from './ticket.list.ts';

const NONE = Object.fromEntries(Object.keys(TICKET_COUNTS).map((name) => [name, 0])) as unknown as TicketCounts;

/** How the tickets of projects stand: one statement a request, however many projects. */
@Injectable()
export class TicketCounting {
  private readonly byProject = loader<string, TicketCounts>(async (ids, { actor }) => {
    if (!actor) throw new DomainError('UNAUTHENTICATED');
    const found = await countsOf(this.database, TICKET_LIST, actor, TICKET_COUNTS, BY_PROJECT(ids));
    return ids.map((id) => found.get(id) ?? NONE);
  });

  constructor(
    private readonly database: Database,
    health: ProjectHealthRegistry,
  ) {
    health.register((context, projectId) => this.of(context, projectId));
  }

  async of(context: RequestContext, projectId: string): Promise<TicketCounts> {
    return (await this.byProject(context).load(projectId)) ?? NONE;
  }
}
