import { Injectable } from '@nestjs/common';
import { VOTES_EACH, type Actor } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import type { RetroActionType, RetroBeforeType, RetroNoteType, RetroType } from './retro.types.ts';
import { readableSprint } from './sprint.rows.ts';

/** A note over `retro_note n`, as $2 reads it. */
const NOTE = /* sql */ `n.id, n.kind, n.body, u.name AS author, COALESCE(n.author_id = $2, false) AS "isOwn", v.votes, v.mine AS "isVotedFor", n.version
  FROM retro_note n LEFT JOIN app_user u ON u.id = n.author_id
  CROSS JOIN LATERAL (SELECT count(*)::int AS votes, COALESCE(bool_or(o.user_id = $2), false) AS mine FROM retro_vote o WHERE o.note_id = n.id) v`;

/** Reads what a team says of a sprint. */
@Injectable()
export class RetroReader {
  constructor(private readonly database: Database) {}

  /** Null where there is no such sprint, or the caller may not know of it. */
  async retro(actor: Actor, sprintId: string): Promise<RetroType | null> {
    const { direct } = this.database;
    const found = await readableSprint(direct, actor, sprintId);
    return found && this.read(direct, actor, sprintId);
  }

  /** Of a sprint that the caller may read. */
  async read(tx: Tx, actor: Actor, sprintId: string): Promise<RetroType> {
    const sprint = await row<{ revealedAt: Date | null }>(tx, 'SELECT revealed_at AS "revealedAt" FROM sprint WHERE id = $1', [sprintId]);
    if (!sprint) throw new DomainError('NOT_FOUND');
    const [notes, counted, actions, before] = await Promise.all([
      rows<RetroNoteType>(
        tx,
        /* sql */ `SELECT ${NOTE}
          WHERE n.sprint_id = $1 AND ($3 OR n.author_id = $2) ORDER BY v.votes DESC, n.created_at, n.id`,
        [sprintId, actor.userId, sprint.revealedAt !== null],
      ),
      row<{ notes: number; votes: number }>(
        tx,
        /* sql */ `SELECT count(*)::int AS notes, (SELECT count(*)::int FROM retro_vote o JOIN retro_note m ON m.id = o.note_id WHERE m.sprint_id = $1 AND o.user_id = $2) AS votes
          FROM retro_note n WHERE n.sprint_id = $1`,
        [sprintId, actor.userId],
      ),
      actionsOf(tx, sprintId),
      this.before(tx, sprintId),
    ]);
    return {
      ...{ sprintId, revealedAt: sprint.revealedAt, notes, actions, before },
      hidden: (counted?.notes ?? 0) - notes.length,
      votesLeft: VOTES_EACH - (counted?.votes ?? 0),
    };
  }

  /** One's own note. */
  note(tx: Tx, actor: Actor, id: string): Promise<RetroNoteType | null> {
    return row(tx, `SELECT ${NOTE} WHERE n.id = $1 AND n.author_id = $2`, [id, actor.userId]);
  }

  /** The last one of its board that ended before this one began to run, where something was to be done after it. */
  private async before(tx: Tx, sprintId: string): Promise<RetroBeforeType | null> {
    const found = await row<{ sprintId: string; name: string }>(
      tx,
      /* sql */ `SELECT b.id AS "sprintId", b.name FROM sprint s JOIN sprint b ON b.board_id = s.board_id AND b.id <> s.id
        WHERE s.id = $1 AND b.closed_at IS NOT NULL AND b.started_at < COALESCE(s.started_at, now()) AND EXISTS (SELECT FROM retro_action a WHERE a.sprint_id = b.id)
        ORDER BY b.started_at DESC LIMIT 1`,
      [sprintId],
    );
    return found && { ...found, actions: await actionsOf(tx, found.sprintId) };
  }
}

const actionsOf = (tx: Tx, sprintId: string): Promise<RetroActionType[]> =>
  rows(
    tx,
    /* sql */ `SELECT t.id AS "ticketId", p.key || '-' || t.number AS key, t.title, t.state, t.resolution, u.name AS assignee
      FROM retro_action a JOIN ticket t ON t.id = a.ticket_id JOIN project p ON p.id = t.project_id LEFT JOIN app_user u ON u.id = t.assignee_id
      WHERE a.sprint_id = $1 AND t.deleted_at IS NULL ORDER BY a.created_at, t.number`,
    [sprintId],
  );
