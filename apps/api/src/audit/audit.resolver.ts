import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import type { Actor, AuditKind } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { demand } from '../platform/authorize.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { pageCost } from '../platform/graphql/document-cost.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { AuditEntryConnection, AuditEntryType, AuditKindEnum } from './audit.types.ts';

@Resolver(() => AuditEntryType)
export class AuditResolver {
  constructor(private readonly database: Database) {}

  @Query(() => AuditEntryConnection, { complexity: pageCost('first'), description: 'The audit trail, newest first. For owners and administrators.' })
  async auditEntries(
    @CurrentActor() actor: Actor,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('kind', { type: () => AuditKindEnum, nullable: true }) kind: AuditKind | null,
  ): Promise<AuditEntryConnection> {
    demand(actor, 'audit.read');
    const size = pageSize(first);
    const cursor = decodeCursor(after, 1);
    const found = await rows<AuditEntryType>(
      this.database.direct,
      // By the number and not by the text that is told of it: as text 999 comes after 1000.
      /* sql */ `
      SELECT id::text, at, kind, outcome, actor_id AS "actorId", token_id AS "tokenId", subject_id AS "subjectId", code, address, user_agent AS "userAgent", details, count
      FROM audit_entry WHERE ($1::bigint IS NULL OR id < $1) AND ($2::text IS NULL OR kind = $2) ORDER BY audit_entry.id DESC LIMIT $3`,
      [cursor?.[0] ?? null, kind ?? null, size + 1],
    );
    return page(found, size, (entry) => [entry.id]);
  }
}
