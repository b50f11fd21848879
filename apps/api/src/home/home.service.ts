import { Injectable } from '@nestjs/common';
import { blocksOf, FIRST_STEPS, guessedRole, type Actor, type FirstStep, type KeptHome } from '@trainyard/domain';
import { HOLDS_TODAY } from '../access/current-membership.ts';
import { demand, READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import type { FirstStepType, HomeType, UpdateHomeInput } from './home.types.ts';

interface Kept extends KeptHome {
  dismissed: boolean;
}
const NOTHING_KEPT: Kept = { role: null, folded: [], unfolded: [], order: [], dismissed: false };

/** What stands on somebody's home page, and where. */
@Injectable()
export class HomeService {
  constructor(private readonly database: Database) {}

  home(actor: Actor): Promise<HomeType> {
    demand(actor, 'organisation.read');
    return homeOf(this.database.direct, actor);
  }

  /** Each field by itself: two windows that fold two blocks do not undo each other. */
  async update(actor: Actor, { role, fold, unfold, order, dismissed }: UpdateHomeInput): Promise<HomeType> {
    demand(actor, 'profile.change', { ownerId: actor.userId });
    return this.database.transaction(async (tx) => {
      await tx.query('INSERT INTO home (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [actor.userId]);
      await tx.query(
        /* sql */ `
        UPDATE home SET role = CASE WHEN $2 THEN $3 ELSE role END,
          folded = CASE WHEN $4::text IS NOT NULL THEN array_append(array_remove(folded, $4), $4) ELSE array_remove(folded, $5::text) END,
          unfolded = CASE WHEN $5::text IS NOT NULL THEN array_append(array_remove(unfolded, $5), $5) ELSE array_remove(unfolded, $4::text) END,
          block_order = CASE WHEN $6 THEN COALESCE($7::text[], '{}') ELSE block_order END, dismissed = COALESCE($8, dismissed)
        WHERE user_id = $1`,
        [actor.userId, role !== undefined, role ?? null, fold ?? null, unfold ?? null, order !== undefined, order ?? null, dismissed ?? null],
      );
      return homeOf(tx, actor);
    });
  }

  /** Each told from what the person may know of. */
  async firstDay(actor: Actor): Promise<FirstStepType[]> {
    const found = await row<Record<FirstStep, boolean>>(
      this.database.direct,
      /* sql */ `
      SELECT EXISTS (SELECT FROM runner) AS "CONNECT_RUNNER",
        EXISTS (SELECT FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE p.id IS NULL OR ${READABLE_PROJECT(1)}) AS "ADD_DATA",
        EXISTS (SELECT FROM ticket t JOIN project p ON p.id = t.project_id WHERE t.deleted_at IS NULL AND ${READABLE_PROJECT(1)}) AS "MAKE_TICKET",
        EXISTS (SELECT FROM run r JOIN project p ON p.id = r.project_id WHERE ${READABLE_PROJECT(1)}) AS "QUEUE_RUN",
        (SELECT count(*) > 1 FROM (SELECT FROM app_user WHERE NOT disabled LIMIT 2) people) AS "INVITE"`,
      readableBy(actor),
    );
    return FIRST_STEPS.map((step) => ({ step, done: found?.[step] ?? false }));
  }
}

async function homeOf(tx: Tx, actor: Actor): Promise<HomeType> {
  const kept =
    (await row<Kept>(tx, 'SELECT role, folded, unfolded, block_order AS "order", dismissed FROM home WHERE user_id = $1', [actor.userId])) ?? NOTHING_KEPT;
  const professions = await rows<{ key: string }>(
    tx,
    `SELECT DISTINCT r.key FROM membership m JOIN role r ON r.id = m.role_id
     WHERE m.user_id = $1 AND ${HOLDS_TODAY}`,
    [actor.userId],
  );
  const guessed = guessedRole({ orgRole: actor.orgRole, teamRoles: Object.values(actor.teams), professions: professions.map(({ key }) => key) });
  const role = kept.role ?? guessed;
  return { role, guessedRole: guessed, blocks: blocksOf(role, kept), dismissed: kept.dismissed };
}
