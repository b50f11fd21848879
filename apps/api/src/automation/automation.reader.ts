import { Injectable } from '@nestjs/common';
import { faultsIn, type Actor, type FiringOutcome, type ProjectScope } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import type { FiringChange, RuleFiringConnection, RuleFiringType, RuleType } from './automation.types.ts';
import { RULE_COLUMNS, RULE_SOURCES, ruleOf, rulesOf, type RuleRow } from './rule.rows.ts';
import { worldOf } from './rule-world.ts';

export const FIRING_COLUMNS = /* sql */ `
  f.id, f.rule_id AS "ruleId", r.name AS "ruleName", f.rule_version AS "ruleVersion", f.outcome, f.reason, f.cause_seq::int AS "causedBy", f.due_at AS "dueAt", f.ticket_id AS "ticketId",
  CASE WHEN t.id IS NOT NULL THEN p.key || '-' || t.number END AS "ticketKey", t.title AS "ticketTitle", f.at, f.undone_at AS "undoneAt",
  ARRAY(SELECT c.name FROM unnest(f.chain) WITH ORDINALITY AS link (id, place) JOIN rule c ON c.id = link.id ORDER BY link.place) AS chain,
  f.chain AS "ruleIds"`;
export const FIRING_SOURCES = /* sql */ `
  rule_firing f JOIN rule r ON r.id = f.rule_id JOIN project p ON p.id = f.project_id LEFT JOIN ticket t ON t.id = f.ticket_id AND t.deleted_at IS NULL`;

/** Rules and what they did, for whoever reads the project. */
@Injectable()
export class AutomationReader {
  constructor(private readonly database: Database) {}

  async rules(actor: Actor, projectId: string): Promise<RuleType[]> {
    const { direct } = this.database;
    demandProject(actor, 'project.read', await row<ProjectScope>(direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId]));
    return this.rulesWithFaults(direct, await rulesOf(direct, projectId), projectId);
  }

  async rule(actor: Actor, id: string): Promise<RuleType | null> {
    const { direct } = this.database;
    const found = await row<RuleRow>(
      direct,
      `SELECT ${RULE_COLUMNS} FROM ${RULE_SOURCES} JOIN project p ON p.id = r.project_id WHERE r.id = $3 AND r.deleted_at IS NULL AND ${READABLE_PROJECT(1)}`,
      [...readableBy(actor), id],
    );
    return found && ((await this.rulesWithFaults(direct, [found], found.projectId))[0] ?? null);
  }

  /** Rules of one project, as they can do what they say now. */
  async rulesWithFaults(tx: Tx, found: readonly RuleRow[], projectId: string): Promise<RuleType[]> {
    if (found.length === 0) return [];
    const world = await worldOf(tx, projectId, found);
    return found.map((rule) => ruleOf(rule, faultsIn(rule, world)));
  }

  async firings(
    actor: Actor,
    projectId: string,
    asked: { ruleId: string | null; outcome: FiringOutcome | null; first: number; after: string | null },
  ): Promise<RuleFiringConnection> {
    const { direct } = this.database;
    demandProject(actor, 'project.read', await row<ProjectScope>(direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId]));
    const limit = pageSize(asked.first);
    const cursor = decodeCursor(asked.after, 2);
    const found = await rows<RuleFiringType & { key: string }>(
      direct,
      /* sql */ `SELECT ${FIRING_COLUMNS}, f.at::text AS key FROM ${FIRING_SOURCES}
        WHERE f.project_id = $1 AND ($2::uuid IS NULL OR f.rule_id = $2) AND ($3::text IS NULL OR f.outcome = $3) AND ($4::timestamptz IS NULL OR (f.at, f.id) < ($4, $5::uuid))
        ORDER BY f.at DESC, f.id DESC LIMIT $6`,
      [projectId, asked.ruleId, asked.outcome, cursor?.[0] ?? null, cursor?.[1] ?? null, limit + 1],
    );
    return page(found, limit, ({ key, id }) => [key, id]);
  }

  /** What firings the actor was given did, in the order in which they did it; what was taken back is not told. */
  async changesOf(firingIds: readonly string[]): Promise<(FiringChange & { firingId: string })[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT a.firing_id AS "firingId", a.ticket_id AS "ticketId", CASE WHEN t.id IS NOT NULL THEN p.key || '-' || t.number END AS "ticketKey", a.seq::int AS seq, a.entity, a.action, a.changes
        FROM activity a LEFT JOIN ticket t ON t.id = a.ticket_id AND t.deleted_at IS NULL LEFT JOIN project p ON p.id = t.project_id
        WHERE a.firing_id = ANY ($1::uuid[]) AND a.depth > 0 AND a.entity <> 'RULE' AND a.action <> 'RERANKED' ORDER BY a.seq`,
      [firingIds],
    );
  }

  /** Names of the rules of firings, whether they are there still. */
  async marksOf(firingIds: readonly string[]): Promise<{ id: string; ruleId: string; ruleName: string; ruleVersion: number; projectKey: string }[]> {
    return rows(
      this.database.direct,
      `SELECT f.id, f.rule_id AS "ruleId", r.name AS "ruleName", f.rule_version AS "ruleVersion", p.key AS "projectKey"
        FROM rule_firing f JOIN rule r ON r.id = f.rule_id JOIN project p ON p.id = f.project_id WHERE f.id = ANY ($1::uuid[])`,
      [firingIds],
    );
  }
}
