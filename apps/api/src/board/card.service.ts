import { Injectable } from '@nestjs/common';
import { changesBetween, NOT_BEGUN, progressIn, rankBetween, type Actor, type ProjectScope } from '@trainyard/domain';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTicket, withoutScope } from '../ticket/locked-ticket.ts';
import { checkFamilies, leaveChildren, returnToChildren } from '../ticket/ticket-families.ts';
import { checkReferences, newValues } from '../ticket/ticket-input.ts';
import { numberTicket } from '../project/project.rows.ts';
import { asColumns, insertTicket } from '../ticket/ticket.writes.ts';
import { PLACED_TICKET_SOURCES, TICKET_COLUMNS, ticketOf, type TicketRow } from '../ticket/ticket.rows.ts';
import { readTicket } from '../ticket/ticket.reader.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { holdBacklogsOf, standAgain } from './backlog-places.ts';
import { hide, hiddenEntry, show, shownEntry } from './card-coming.ts';
import type { CreateTicketInput } from './card.types.ts';
import { ColumnGates } from './column-gates.ts';
import { enter, enterAgain, holdColumn, lastUpTo, sprintIn, type HeldColumn } from './placement.ts';

/** Cards come to a board, leave it and come back. */
@Injectable()
export class CardService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
  ) {}

  async createTicket(actor: Actor, input: CreateTicketInput): Promise<TicketType> {
    return this.database.transaction((tx) => this.createIn(tx, actor, input));
  }

  /** The same as a part of `tx`. */
  async createIn(tx: Tx, actor: Actor, input: CreateTicketInput): Promise<TicketType> {
    const values = newValues(input);
    const creation = new Creation(tx, actor, 'TICKET', input.id);
    const [column, backlog] = await Promise.all([input.columnId == null ? null : holdColumn(tx, input.columnId), holdBacklog(tx, input)]);
    const project = demandProject(actor, 'ticket.write', backlog);
    const place = { projectId: project.projectId, columnId: input.columnId, afterId: input.afterId === null ? 'TOP' : input.afterId };
    const { id, before } = await creation.find({ ...values, ...place }, (one) => readTicket(tx, actor, one));
    if (before) return before;
    if (column?.archived) throw new DomainError('BOARD_ARCHIVED');
    await checkReferences(tx, project, values);
    const parent = { before: { id, projectId: project.projectId, parentId: null, type: values.type }, key: NEW_KEY, values };
    if (values.parentId !== null) await checkFamilies(tx, [parent]);
    if (column) await this.gates.demand(tx, column, { id, ticket: null, values });
    const { rank, entries } = column
      ? await enter(tx, column, input.afterId === undefined ? await lastUpTo(tx, column.id, null) : input.afterId)
      : inNoColumn();
    const progress = column ? progressIn(column.category) : NOT_BEGUN;
    // what is made on the board of a running sprint is part of it
    const sprintId = column?.sprintIds[0] ?? null;
    const ticket = await row<TicketRow>(
      tx,
      /* sql */ `
        WITH numbered AS (
          ${numberTicket('$2', '$5')}
        ), counted AS (
          UPDATE board_column SET ticket_count = ticket_count + 1 WHERE id = $4
        ), ${NEW_TICKET}, place AS (
          INSERT INTO placement (ticket_id, board_id, column_id, rank) SELECT t.id, $3, $4, $10 FROM t WHERE $4::uuid IS NOT NULL RETURNING *
        )
        SELECT ${TICKET_COLUMNS} FROM t LEFT JOIN place ON true ${PLACED_TICKET_SOURCES}`,
      [
        id,
        project.projectId,
        column?.boardId ?? null,
        column?.id ?? null,
        rankBetween(project.lastRank, null),
        progress.state,
        progress.resolution,
        actor.userId,
        asColumns(values),
        rank,
        sprintId,
      ],
    );
    if (!ticket) throw new Error('ticket was not inserted');
    entries.push({
      entity: 'TICKET',
      entityId: id,
      ticketId: id,
      action: 'CREATED',
      changes: changesBetween({}, { ...values, ...progress, number: ticket.number, columnId: column?.id ?? null, rank, ...(sprintId && { sprintId }) }),
    });
    await this.activity.append(tx, project.projectId, actor.userId, entries);
    return ticketOf({ ...ticket, description: values.description });
  }

  /** The card leaves the board; `restoreTicket` brings it back. */
  async deleteTicket(actor: Actor, id: string, version: number): Promise<TicketType> {
    return this.database.transaction((tx) => this.deleteIn(tx, actor, id, version));
  }

  /** The same as a part of `tx`. */
  async deleteIn(tx: Tx, actor: Actor, id: string, version: number): Promise<TicketType> {
    const before = demandProject(actor, 'ticket.delete', await lockTicket(tx, id));
    sameVersion(before, version);
    await hide(tx, before);
    await this.activity.append(tx, before.projectId, actor.userId, [hiddenEntry(before), ...(await leaveChildren(tx, id))]);
    return ticketOf(withoutScope({ ...before, version: before.version + 1 }));
  }

  /** Back to where its rank belongs: on the board it lay on, or in the backlog alone. A ticket that is there already is returned as it is. */
  async restoreTicket(actor: Actor, id: string): Promise<TicketType> {
    return this.database.transaction(async (tx) => {
      const lay = await holdPlaceOf(tx, id);
      await holdBacklogsOf(tx, [id]);
      const before = demandProject(actor, 'ticket.delete', await lockTicket(tx, id, true));
      if (!before.deleted) return ticketOf(withoutScope(before));
      const { rank, entries } = lay ? await enterAgain(tx, lay.column, lay.rank) : inNoColumn();
      const progress = lay ? progressIn(lay.column.category, before) : { state: before.state, resolution: before.resolution };
      const back = { columnId: lay?.column.id ?? null, rank, sprintId: await sprintIn(tx, before, lay?.column ?? null), ...progress };
      const shown = await show(tx, id, back);
      await standAgain(tx, before.projectId, id);
      await this.activity.append(tx, before.projectId, actor.userId, [...entries, shownEntry(id, back), ...(await returnToChildren(tx, before))]);
      return ticketOf(shown);
    });
  }
}

/** What a ticket is called that has no number yet. */
const NEW_KEY = '?';

const NEW_TICKET = insertTicket(
  {
    id: '$1',
    project_id: '$2',
    number: 'numbered.number',
    backlog_rank: '$5',
    state: '$6',
    resolution: '$7',
    ended_at: `CASE WHEN $6 = 'DONE' THEN now() END`,
    sprint_id: '$11::uuid',
    created_by: '$8',
  },
  '$9',
  'numbered',
);

interface Backlog extends ProjectScope {
  projectId: string;
  /** The rank behind which the next ticket comes; null for the first one. */
  lastRank: string | null;
}

/** Holds the end of the backlog of the project that is named, or of the column's. */
async function holdBacklog(tx: Tx, { projectId, columnId, afterId }: CreateTicketInput): Promise<Backlog | null> {
  if (projectId == null && columnId == null)
    throw new DomainError('BAD_INPUT', { field: 'projectId', reason: 'REQUIRED' }, 'Name the project, or one of its columns.');
  if (columnId == null && afterId != null)
    throw new DomainError('BAD_INPUT', { field: 'columnId', reason: 'REQUIRED' }, 'Name the column in which it stands behind that card.');
  return row(
    tx,
    /* sql */ `SELECT p.id AS "projectId", ${PROJECT_SCOPE}, p.last_backlog_rank AS "lastRank" FROM project p
      WHERE ($1::uuid IS NULL OR p.id = $1)
        AND ($2::uuid IS NULL OR p.id = (SELECT b.project_id FROM board_column c JOIN board b ON b.id = c.board_id WHERE c.id = $2)) FOR NO KEY UPDATE`,
    [projectId ?? null, columnId ?? null],
  );
}

/** As `enter`, for a ticket of the backlog alone. */
const inNoColumn = (): { rank: null; entries: ActivityEntry[] } => ({ rank: null, entries: [] });

/**
 * Holds the column a ticket lies in, or lay in before it was deleted, and answers its rank there; null for one of the backlog. Looks again
 * where it went elsewhere meanwhile: a deleted ticket does with its column.
 */
async function holdPlaceOf(tx: Tx, id: string): Promise<{ column: HeldColumn; rank: string } | null> {
  let column: HeldColumn | null = null;
  for (;;) {
    const lies: { columnId: string; rank: string } | null = await row(
      tx,
      'SELECT column_id AS "columnId", rank FROM placement WHERE ticket_id = $1 ORDER BY board_id LIMIT 1',
      [id],
    );
    if (!lies) return null;
    if (lies.columnId === column?.id) return { column, rank: lies.rank };
    column = await holdColumn(tx, lies.columnId);
  }
}
