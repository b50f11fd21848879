import { Injectable } from '@nestjs/common';
import { RETRO_ACTIONS_MAX, RETRO_NOTE_MAX, RETRO_NOTES_MAX, VOTES_EACH, type Actor, type Changes } from '@trainyard/domain';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { isId, text } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTickets } from '../ticket/locked-ticket.ts';
import { RetroReader } from './retro.reader.ts';
import type { AddRetroNoteInput, RetroNoteType, RetroType } from './retro.types.ts';
import { lockSprint, type LockedSprint } from './sprint.rows.ts';

interface Note {
  id: string;
  sprintId: string;
  authorId: string | null;
  version: number;
}

/** People say what they think of a sprint, vote, and decide what to do. The log tells who, and of which note; the words stand in the notes alone. */
@Injectable()
export class RetroService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly reader: RetroReader,
  ) {}

  async addNote(actor: Actor, { id: sent, sprintId, kind, body }: AddRetroNoteInput): Promise<RetroNoteType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'RETRO_NOTE', sent);
      // One at a time: of two that come at once neither may be one too many.
      const sprint = await this.begun(tx, actor, sprintId);
      const clean = text('body', body, RETRO_NOTE_MAX);
      const { id, before } = await creation.find({ sprintId: sprint.id, kind, body: clean }, (one) => this.reader.note(tx, actor, one));
      if (before) return before;
      await this.room(tx, 'retro_note', sprint, RETRO_NOTES_MAX);
      await tx.query('INSERT INTO retro_note (id, sprint_id, kind, body, author_id) VALUES ($1, $2, $3, $4, $5)', [id, sprint.id, kind, clean, actor.userId]);
      await this.tell(tx, actor, sprint, { retroNote: { from: null, to: id } });
      return (await this.reader.note(tx, actor, id)) as RetroNoteType;
    });
  }

  async changeNote(actor: Actor, id: string, version: number, body: string): Promise<RetroType> {
    return this.database.transaction(async (tx) => {
      const { note, sprint } = await this.own(tx, actor, id);
      sameVersion(note, version);
      await tx.query('UPDATE retro_note SET body = $2, version = version + 1 WHERE id = $1', [note.id, text('body', body, RETRO_NOTE_MAX)]);
      await this.tell(tx, actor, sprint, { retroNote: { from: note.id, to: note.id } });
      return this.reader.read(tx, actor, sprint.id);
    });
  }

  async removeNote(actor: Actor, id: string, version: number): Promise<RetroType> {
    return this.database.transaction(async (tx) => {
      const { note, sprint } = await this.own(tx, actor, id);
      sameVersion(note, version);
      await tx.query('DELETE FROM retro_note WHERE id = $1', [note.id]);
      await this.tell(tx, actor, sprint, { retroNote: { from: note.id, to: null } });
      return this.reader.read(tx, actor, sprint.id);
    });
  }

  /** Whoever comes second finds them revealed. */
  async reveal(actor: Actor, sprintId: string): Promise<RetroType> {
    return this.database.transaction(async (tx) => {
      const sprint = demandProject(actor, 'sprint.manage', await lockSprint(tx, sprintId, 'CHANGE'));
      demandBegun(sprint);
      const revealed = await row(tx, 'UPDATE sprint SET revealed_at = now() WHERE id = $1 AND revealed_at IS NULL RETURNING id', [sprint.id]);
      if (revealed) await this.tell(tx, actor, sprint, { retroRevealed: { from: false, to: true } });
      return this.reader.read(tx, actor, sprint.id);
    });
  }

  /** A vote is given or taken back. What is so already stays. */
  async vote(actor: Actor, noteId: string, isFor: boolean): Promise<RetroType> {
    return this.database.transaction(async (tx) => {
      const known = isId(noteId) ? await noteOf(tx, noteId, 'READ') : null;
      if (!known) throw new DomainError('NOT_FOUND');
      // One at a time: of two votes that come at once neither may be one too many, and a note stays while it is voted for.
      const sprint = await this.begun(tx, actor, known.sprintId);
      const note = await noteOf(tx, known.id, 'READ');
      if (!note) throw new DomainError('NOT_FOUND');
      const revealed = await row(tx, 'SELECT id FROM sprint WHERE id = $1 AND revealed_at IS NOT NULL', [sprint.id]);
      // One that is hidden answers like one that is not there.
      if (!revealed && note.authorId !== actor.userId) throw new DomainError('NOT_FOUND');
      if (!revealed) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'NOT_REVEALED' });
      const changed = isFor
        ? await row(tx, 'INSERT INTO retro_vote (note_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING note_id', [note.id, actor.userId])
        : await row(tx, 'DELETE FROM retro_vote WHERE note_id = $1 AND user_id = $2 RETURNING note_id', [note.id, actor.userId]);
      if (changed) {
        const retro = await this.reader.read(tx, actor, sprint.id);
        if (retro.votesLeft < 0) throw new DomainError('BAD_INPUT', { field: 'id', reason: 'TOO_MANY', max: VOTES_EACH });
        // Not for which note: votes are counted, and not told by name.
        await this.tell(tx, actor, sprint, { retroVote: { from: !isFor, to: isFor } });
      }
      return this.reader.read(tx, actor, sprint.id);
    });
  }

  /** A ticket of the project is what came of it, or is so no more. What is so already stays. */
  async setAction(actor: Actor, sprintId: string, ticketId: string, isOne: boolean): Promise<RetroType> {
    return this.database.transaction(async (tx) => {
      const sprint = await this.begun(tx, actor, sprintId);
      const found = isId(ticketId) ? ((await lockTickets(tx, [ticketId])).get(ticketId.toLowerCase()) ?? null) : null;
      const ticket = demandProject(actor, 'ticket.write', found);
      if (ticket.deleted || ticket.projectId !== sprint.projectId) throw new DomainError('NOT_FOUND');
      const changed = isOne
        ? await row(tx, 'INSERT INTO retro_action (ticket_id, sprint_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING ticket_id', [ticket.id, sprint.id])
        : await row(tx, 'DELETE FROM retro_action WHERE ticket_id = $1 AND sprint_id = $2 RETURNING ticket_id', [ticket.id, sprint.id]);
      if (changed && isOne) await this.room(tx, 'retro_action', sprint, RETRO_ACTIONS_MAX + 1);
      if (changed) await this.tell(tx, actor, sprint, { retroAction: isOne ? { from: null, to: ticket.id } : { from: ticket.id, to: null } });
      return this.reader.read(tx, actor, sprint.id);
    });
  }

  private async begun(tx: Tx, actor: Actor, sprintId: string): Promise<LockedSprint> {
    const sprint = demandProject(actor, 'retro.write', isId(sprintId) ? await lockSprint(tx, sprintId, 'CHANGE') : null);
    demandBegun(sprint);
    return sprint;
  }

  /** A note that nobody else changes until the transaction ends. One that is hidden answers like one that is not there. */
  private async own(tx: Tx, actor: Actor, id: string): Promise<{ note: Note; sprint: LockedSprint }> {
    const known = isId(id) ? await noteOf(tx, id, 'READ') : null;
    const sprint = known && (await lockSprint(tx, known.sprintId, 'PLAN'));
    const note = known && (await noteOf(tx, known.id, 'CHANGE'));
    if (!note || !sprint) throw new DomainError('NOT_FOUND');
    const { revealed } = (await row<{ revealed: boolean }>(tx, 'SELECT revealed_at IS NOT NULL AS revealed FROM sprint WHERE id = $1', [sprint.id]))!;
    demandProject(actor, 'project.read', sprint);
    if (!revealed && note.authorId !== actor.userId) throw new DomainError('NOT_FOUND');
    demandProject(actor, 'retro.own', { ...sprint, ownerId: note.authorId });
    return { note, sprint };
  }

  private async room(tx: Tx, table: 'retro_note' | 'retro_action', { id }: LockedSprint, max: number): Promise<void> {
    const held = await row<{ count: number }>(tx, `SELECT count(*)::int AS count FROM ${table} WHERE sprint_id = $1`, [id]);
    if ((held?.count ?? 0) >= max) throw new DomainError('BAD_INPUT', { field: 'sprintId', reason: 'TOO_MANY', max });
  }

  private async tell(tx: Tx, actor: Actor, { id, projectId }: LockedSprint, changes: Changes): Promise<void> {
    await this.activity.append(tx, projectId, actor.userId, [{ entity: 'SPRINT', entityId: id, action: 'UPDATED', changes }]);
  }
}

function demandBegun({ state }: LockedSprint): void {
  if (state === 'PLANNED') throw new DomainError('SPRINT_NOT_RUNNING');
}

const noteOf = (tx: Tx, id: string, to: 'READ' | 'CHANGE'): Promise<Note | null> =>
  row(
    tx,
    `SELECT n.id, n.sprint_id AS "sprintId", n.author_id AS "authorId", n.version FROM retro_note n WHERE n.id = $1${to === 'CHANGE' ? ' FOR UPDATE' : ''}`,
    [id],
  );
