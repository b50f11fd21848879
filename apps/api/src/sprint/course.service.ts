import { Injectable } from '@nestjs/common';
import { outcomeOf, speaking, SPRINT_TICKETS_MAX, type Actor, type OtherCards } from '@trainyard/domain';
import { ColumnGates } from '../board/column-gates.ts';
import { demandThrough, letThrough } from '../board/let-through.ts';
import { atTheEnd, entriesOf, holdBoards, offBoard, setRunningSprints, ticketsOn, writePlaces, type Change } from '../board/many-places.ts';
import type { HeldColumn } from '../board/placement.ts';
import { comeTo, comingOnto, runningAmong } from '../board/sprint-places.ts';
import { demandProject } from '../platform/authorize.ts';
import { DomainError } from '../platform/domain-error.ts';
import { ActivityLog, type ActivityEntry } from '../platform/log/activity-log.ts';
import { Database, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTickets, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import type { TicketType } from '../ticket/ticket.types.ts';
import { LEAVE_SPRINT } from '../ticket/ticket.writes.ts';
import { forgetCapacity, keepCapacity } from './kept-capacity.ts';
import { SprintCapacityReader } from './sprint-capacity.reader.ts';
import { countIn, demandOpenRoom, lockSprint, mustLoad, ticketsIn, type LockedSprint } from './sprint.rows.ts';
import type { SprintType } from './sprint.types.ts';

/**
 * The course of a sprint: tickets come to it and leave it, it starts, ends and is opened again. Locked is first the sprint (several in the order
 * of their ids), then all columns of its board, then the tickets: whoever puts a card there waits, and finds what the board says then.
 */
@Injectable()
export class CourseService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly gates: ColumnGates,
    private readonly capacity: SprintCapacityReader,
  ) {}

  /**
   * Tickets come to a sprint, or to none. In one that runs they come onto its board, at the end of the column that means how far they are;
   * what leaves one that runs leaves its board.
   */
  async plan(actor: Actor, ids: readonly string[], sprintId: string | null): Promise<TicketType[]> {
    if (ids.length === 0) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'EMPTY' });
    if (ids.length > SPRINT_TICKETS_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'TOO_MANY_AT_ONCE', max: SPRINT_TICKETS_MAX });
    return this.database.transaction(async (tx) => {
      const sprint = sprintId === null ? null : demandProject(actor, 'ticket.write', await lockSprint(tx, sprintId, 'PLAN'));
      if (sprint?.state === 'CLOSED') throw new DomainError('SPRINT_CLOSED');
      const columns = sprint?.state === 'RUNNING' ? await columnsOf(tx, sprint) : [];
      const locked = await lockTickets(tx, ids);
      const tickets = [...new Set(ids)].map((id) => {
        const found = demandProject(actor, 'ticket.write', locked.get(id) ?? null);
        if (found.deleted || (sprint && found.projectId !== sprint.projectId)) throw new DomainError('NOT_FOUND');
        return ticketOf(withoutScope(found));
      });
      const projects = new Set(tickets.map(({ projectId }) => projectId));
      if (projects.size > 1) throw new DomainError('BAD_INPUT', { field: 'ids', reason: 'SEVERAL_PROJECTS' });
      if (sprint) await demandThrough(tx, this.gates, comingOnto(tickets, sprint, columns));
      const changes = await comeTo(tx, tickets, sprint, columns);
      await writePlaces(tx, changes);
      const entries = entriesOf(changes);
      const [projectId] = projects;
      if (entries.length > 0 && projectId !== undefined) await this.activity.append(tx, projectId, actor.userId, entries);
      const became = new Map(changes.map(({ after }) => [after.id, after]));
      return tickets.map((ticket) => became.get(ticket.id) ?? ticket);
    });
  }

  /** What is in it is what it commits to. Its tickets come onto the board; `others` says what becomes of cards there that are in no running sprint. */
  async start(actor: Actor, id: string, version: number, others: OtherCards): Promise<SprintType> {
    return this.database.transaction(async (tx) => {
      const sprint = demandProject(actor, 'sprint.manage', await lockSprint(tx, id, 'CHANGE'));
      if (sprint.state !== 'PLANNED') throw new DomainError('SPRINT_STARTED');
      sameVersion(sprint, version);
      const columns = await columnsOf(tx, sprint);
      const boardId = columns[0]!.boardId;
      const running = columns[0]!.sprintIds;
      const planned = await ticketsIn(tx, id);
      const locked = await lockTickets(tx, [...planned, ...(await ticketsOn(tx, boardId))]);
      const there = [...locked.values()].filter(({ deleted }) => !deleted).map((found) => ticketOf(withoutScope(found)));
      const order = new Map(planned.map((ticketId, i) => [ticketId, i]));
      const members = there.filter(({ sprintId }) => sprintId === id).toSorted((a, b) => order.get(a.id)! - order.get(b.id)!);
      const foreign = there.filter((one) => one.boardId === boardId && one.sprintId !== id && !(one.sprintId !== null && running.includes(one.sprintId)));
      const changes: Change[] = [
        ...(await this.bring(
          tx,
          members.filter((one) => one.boardId !== boardId),
          columns,
          id,
        )),
        ...foreign.map((ticket) =>
          others === 'JOIN' && ticket.state !== 'DONE' ? { before: ticket, after: { ...ticket, sprintId: id } } : offBoard(ticket, ticket.sprintId),
        ),
      ];
      const became = new Map(changes.map(({ after }) => [after.id, after]));
      const committed = [...members, ...foreign].map((one) => became.get(one.id) ?? one).filter(({ sprintId }) => sprintId === id);
      demandTicketRoom(committed.length, 'id');
      await writePlaces(tx, changes);
      await tx.query(
        /* sql */ `INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_start, counts_at_start)
          SELECT $1, n.id, true, n.points, n.counts FROM unnest($2::uuid[], $3::float8[], $4::boolean[]) AS n (id, points, counts)`,
        [id, committed.map((one) => one.id), committed.map(({ points }) => points), countedAmong(committed)],
      );
      await this.run(tx, id, boardId, [id, ...running]);
      return this.told(tx, actor, sprint, 'RUNNING', changes);
    });
  }

  /**
   * Ends it, and says of each ticket what became of it. What is not done is carried to another sprint, or goes to the backlog (null). Whoever comes
   * second is told that it has ended; whoever saw it before it was opened again, that it is another one.
   * @param version null: as it is now
   */
  async complete(actor: Actor, id: string, unfinishedTo: string | null, abandoned: boolean, version: number | null = null): Promise<SprintType> {
    if (unfinishedTo === id) throw new DomainError('BAD_INPUT', { field: 'unfinishedTo', reason: 'ITSELF' });
    return this.database.transaction(async (tx) => {
      const held = new Map<string, LockedSprint | null>();
      for (const one of [id, ...(unfinishedTo === null ? [] : [unfinishedTo])].toSorted()) held.set(one, await lockSprint(tx, one, 'CHANGE'));
      const sprint = demandProject(actor, 'sprint.manage', held.get(id) ?? null);
      if (sprint.state !== 'RUNNING') throw new DomainError(sprint.state === 'CLOSED' ? 'SPRINT_CLOSED' : 'SPRINT_NOT_RUNNING');
      if (version !== null) sameVersion(sprint, version);
      const next = unfinishedTo === null ? null : (held.get(unfinishedTo) ?? null);
      if (unfinishedTo !== null && next?.projectId !== sprint.projectId) throw new DomainError('NOT_FOUND');
      if (next?.state === 'CLOSED') throw new DomainError('SPRINT_CLOSED', { sprint: next.name });
      const boards = await holdBoards(
        tx,
        [sprint.boardId, next?.state === 'RUNNING' ? next.boardId : null].filter((one) => one !== null),
      );
      const locked = await lockTickets(tx, await ticketsIn(tx, id));
      const members = [...locked.values()].filter((one) => !one.deleted && one.sprintId === id).map((found) => ticketOf(withoutScope(found)));
      const nextColumns = next?.state === 'RUNNING' && next.boardId !== null ? (boards.get(next.boardId) ?? []) : [];
      const carried = members.filter((one) => outcomeOf(one) === 'CARRIED');
      if (next && carried.length > 0) demandTicketRoom((await countIn(tx, next.id)) + carried.length, 'unfinishedTo');
      const toBoard = nextColumns.length > 0 ? carried.filter(({ boardId }) => boardId !== next?.boardId) : [];
      const changes: Change[] = [
        ...members.flatMap((ticket) => {
          if (outcomeOf(ticket) !== 'CARRIED') return offBoard(ticket, null);
          if (toBoard.includes(ticket)) return [];
          return nextColumns.length > 0 ? { before: ticket, after: { ...ticket, sprintId: unfinishedTo } } : offBoard(ticket, unfinishedTo);
        }),
        ...(await this.bring(tx, toBoard, nextColumns, unfinishedTo)),
      ];
      await keepCapacity(tx, id, await this.capacity.atItsEnd(tx, sprint));
      await writePlaces(tx, changes);
      await tx.query(LEAVE_SPRINT, [id]);
      await tx.query(
        /* sql */ `INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, points_at_end, outcome, carried_to, counts_at_end)
          SELECT $1, n.id, false, n.points, n.outcome, n.carried_to, n.counts
          FROM unnest($2::uuid[], $3::float8[], $4::text[], $5::uuid[], $6::boolean[]) AS n (id, points, outcome, carried_to, counts)
          ON CONFLICT (sprint_id, ticket_id) DO UPDATE SET points_at_end = excluded.points_at_end, outcome = excluded.outcome, carried_to = excluded.carried_to,
            counts_at_end = excluded.counts_at_end`,
        [
          id,
          members.map((one) => one.id),
          members.map(({ points }) => points),
          members.map(outcomeOf),
          members.map((one) => (outcomeOf(one) === 'CARRIED' ? unfinishedTo : null)),
          countedAmong(members),
        ],
      );
      await tx.query("UPDATE sprint SET state = 'CLOSED', closed_at = now(), abandoned = $2, version = version + 1 WHERE id = $1", [id, abandoned]);
      await tx.query('UPDATE sprint_stay SET ended_at = now() WHERE sprint_id = $1 AND ended_at IS NULL', [id]);
      const first = sprint.boardId === null ? undefined : boards.get(sprint.boardId)?.[0];
      if (first)
        await setRunningSprints(
          tx,
          first.boardId,
          first.sprintIds.filter((one) => one !== id),
        );
      return this.told(tx, actor, sprint, 'CLOSED', changes);
    });
  }

  /** It runs on, as a stretch of its own: what it finished, and what it carried to where no other sprint runs with it, is in it again. */
  async reopen(actor: Actor, id: string, version: number): Promise<SprintType> {
    return this.database.transaction(async (tx) => {
      const sprint = demandProject(actor, 'sprint.manage', await lockSprint(tx, id, 'CHANGE'));
      if (sprint.state !== 'CLOSED') throw new DomainError(sprint.state === 'RUNNING' ? 'SPRINT_STARTED' : 'SPRINT_NOT_RUNNING');
      sameVersion(sprint, version);
      const columns = await columnsOf(tx, sprint);
      const boardId = columns[0]!.boardId;
      await demandOpenRoom(tx, sprint.projectId, 'id');
      const was = await rows<{ id: string }>(tx, 'SELECT ticket_id AS id FROM sprint_ticket WHERE sprint_id = $1 AND outcome IS NOT NULL', [id]);
      const locked = await lockTickets(
        tx,
        was.map((one) => one.id),
      );
      const there = [...locked.values()].filter(({ deleted }) => !deleted).map((found) => ticketOf(withoutScope(found)));
      const elsewhere = await runningAmong(tx, there);
      const back = there.filter(({ sprintId }) => sprintId === null || !elsewhere.has(sprintId)).toSorted((a, b) => a.number - b.number);
      demandTicketRoom(back.length, 'id');
      const changes: Change[] = [
        ...(await this.bring(
          tx,
          back.filter((one) => one.boardId !== boardId),
          columns,
          id,
        )),
        ...back.filter((one) => one.boardId === boardId).map((ticket) => ({ before: ticket, after: { ...ticket, sprintId: id } })),
      ];
      await writePlaces(tx, changes);
      // What stays elsewhere, or was deleted since, has left it: reports say so, too.
      await tx.query(
        'UPDATE sprint_ticket SET outcome = NULL, points_at_end = NULL, carried_to = NULL, counts_at_end = true WHERE sprint_id = $1 AND outcome IS NOT NULL',
        [id],
      );
      await forgetCapacity(tx, id);
      await this.run(tx, id, boardId, [id, ...columns[0]!.sprintIds]);
      return this.told(tx, actor, sprint, 'RUNNING', changes);
    });
  }

  /** Many that come onto a board together, behind all that lie there: limits turn none away, and what columns ask for holds some back. */
  private async bring(tx: Tx, tickets: readonly TicketType[], columns: readonly HeldColumn[], sprintId: string | null): Promise<Change[]> {
    return atTheEnd(
      tx,
      (await letThrough(tx, this.gates, tickets, columns)).map((one) => ({ ...one, sprintId })),
    );
  }

  private async run(tx: Tx, id: string, boardId: string, running: readonly string[]): Promise<void> {
    await tx.query(
      "UPDATE sprint SET state = 'RUNNING', started_at = COALESCE(started_at, now()), closed_at = NULL, abandoned = false, version = version + 1 WHERE id = $1",
      [id],
    );
    await tx.query('INSERT INTO sprint_stay (sprint_id, started_at) VALUES ($1, now())', [id]);
    await setRunningSprints(tx, boardId, running);
  }

  /** The sprint as it is then. Reports go by its row of the log: what came to it is told before its start, and what leaves it behind its end. */
  private async told(tx: Tx, actor: Actor, { id, projectId, state }: LockedSprint, to: SprintType['state'], changes: readonly Change[]): Promise<SprintType> {
    const now = await mustLoad(tx, id);
    const turn: ActivityEntry = {
      entity: 'SPRINT',
      entityId: id,
      action: 'UPDATED',
      changes: { state: { from: state, to }, ...(now.abandoned && { abandoned: { from: false, to: true } }) },
    };
    const ofTickets = entriesOf(changes);
    await this.activity.append(tx, projectId, actor.userId, to === 'RUNNING' ? [...ofTickets, turn] : [turn, ...ofTickets]);
    return now;
  }
}

/** Of each ticket of a sprint, whether its points count: of a parent and its child the child's do, and what was cancelled is no part of it. */
function countedAmong(tickets: readonly TicketType[]): boolean[] {
  const counted = new Set(
    speaking(
      tickets.filter((one) => outcomeOf(one) !== 'CANCELLED'),
      'LEAVES',
    ),
  );
  return tickets.map((one) => counted.has(one));
}

function demandTicketRoom(tickets: number, field: string): void {
  if (tickets > SPRINT_TICKETS_MAX) throw new DomainError('BAD_INPUT', { field, reason: 'TOO_MANY', max: SPRINT_TICKETS_MAX });
}

/** The columns of a sprint's board, held. */
async function columnsOf(tx: Tx, { boardId }: LockedSprint): Promise<HeldColumn[]> {
  const columns = boardId === null ? [] : ((await holdBoards(tx, [boardId])).get(boardId) ?? []);
  if (columns.length === 0) throw new DomainError('SPRINT_WITHOUT_BOARD');
  if (columns[0]!.archived) throw new DomainError('BOARD_ARCHIVED');
  return columns;
}
