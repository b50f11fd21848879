import { Injectable } from '@nestjs/common';
import { changesBetween, SPRINT_GOAL_MAX, SPRINT_NAME_MAX, sprintDays, type Actor, type ProjectScope, type SprintState } from '@trainyard/domain';
import { entriesOf, writePlaces } from '../board/many-places.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { day, line, text } from '../platform/input.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { lockTickets, withoutScope } from '../ticket/locked-ticket.ts';
import { ticketOf } from '../ticket/ticket.rows.ts';
import { LEAVE_SPRINT } from '../ticket/ticket.writes.ts';
import { demandOpenRoom, lockSprint, mustLoad, outcomesOf, SPRINT_COLUMNS, ticketsIn, totalsOf, readableSprint } from './sprint.rows.ts';
import type { CreateSprintInput, SprintTicketType, SprintTotals, SprintType, UpdateSprintInput } from './sprint.types.ts';

/** Sprints are made, changed and taken back, and read. */
@Injectable()
export class SprintService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  async create(actor: Actor, input: CreateSprintInput): Promise<SprintType> {
    return this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'SPRINT', input.id);
      const board = demandProject(actor, 'sprint.manage', await boardFor(tx, input.boardId));
      const sprint = {
        boardId: board.id,
        name: line('name', input.name, SPRINT_NAME_MAX),
        goal: text('goal', input.goal ?? '', SPRINT_GOAL_MAX, { empty: true }),
        startsOn: day('startsOn', input.startsOn),
        endsOn: day('endsOn', input.endsOn),
      };
      decided(sprintDays(sprint.startsOn, sprint.endsOn));
      const { id, before } = await creation.find(sprint, (one) => readableSprint(tx, actor, one));
      if (before) return before;
      demandUse(board);
      await demandOpenRoom(tx, board.projectId, 'boardId');
      await tx.query('INSERT INTO sprint (id, project_id, board_id, name, goal, starts_on, ends_on) VALUES ($1, $2, $3, $4, $5, $6, $7)', [
        id,
        board.projectId,
        sprint.boardId,
        sprint.name,
        sprint.goal,
        sprint.startsOn,
        sprint.endsOn,
      ]);
      const made = await mustLoad(tx, id);
      await this.activity.append(tx, board.projectId, actor.userId, [
        { entity: 'SPRINT', entityId: id, action: 'CREATED', changes: changesBetween({}, { ...sprint, state: 'PLANNED' }) },
      ]);
      return made;
    });
  }

  async update(actor: Actor, id: string, version: number, input: UpdateSprintInput): Promise<SprintType> {
    return this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'sprint.manage', await lockSprint(tx, id, 'CHANGE'));
      sameVersion(before, version);
      if (before.state === 'CLOSED') throw new DomainError('SPRINT_CLOSED');
      if (input.boardId != null && input.boardId !== before.boardId) {
        if (before.state !== 'PLANNED') throw new DomainError('SPRINT_STARTED');
        const board = await boardFor(tx, input.boardId);
        if (board?.projectId !== before.projectId) throw new DomainError('NOT_FOUND');
        demandUse(board);
      }
      const after = {
        boardId: input.boardId ?? undefined,
        name: input.name == null ? undefined : line('name', input.name, SPRINT_NAME_MAX),
        goal: input.goal == null ? undefined : text('goal', input.goal, SPRINT_GOAL_MAX, { empty: true }),
        startsOn: input.startsOn == null ? undefined : day('startsOn', input.startsOn),
        endsOn: input.endsOn == null ? undefined : day('endsOn', input.endsOn),
      };
      decided(sprintDays(after.startsOn ?? before.startsOn, after.endsOn ?? before.endsOn));
      const changes = changesBetween(before, after);
      if (Object.keys(changes).length === 0) return mustLoad(tx, id);
      await tx.query(
        /* sql */ `UPDATE sprint SET board_id = COALESCE($2, board_id), name = COALESCE($3, name), goal = COALESCE($4, goal), starts_on = COALESCE($5, starts_on),
          ends_on = COALESCE($6, ends_on), version = version + 1 WHERE id = $1`,
        [id, after.boardId, after.name, after.goal, after.startsOn, after.endsOn],
      );
      const updated = await mustLoad(tx, id);
      await this.activity.append(tx, before.projectId, actor.userId, [{ entity: 'SPRINT', entityId: id, action: 'UPDATED', changes }]);
      return updated;
    });
  }

  /** A sprint that has not started goes; its tickets are in none then. One that started is completed, for what happened in it is kept. */
  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const before = demandProject(actor, 'sprint.manage', await lockSprint(tx, id, 'CHANGE'));
      sameVersion(before, version);
      if (before.state !== 'PLANNED') throw new DomainError('SPRINT_STARTED');
      const locked = await lockTickets(tx, await ticketsIn(tx, id));
      const changes = [...locked.values()]
        .filter(({ sprintId }) => sprintId === id)
        .map((found) => ({ ticket: ticketOf(withoutScope(found)), deleted: found.deleted }))
        .map(({ ticket, deleted }) => ({ before: ticket, after: { ...ticket, sprintId: null }, deleted }));
      // deleted ones have left it already, as the log says it
      await writePlaces(
        tx,
        changes.filter(({ deleted }) => !deleted),
      );
      await tx.query(LEAVE_SPRINT, [id]);
      await tx.query('DELETE FROM sprint WHERE id = $1', [id]);
      const { name, goal, startsOn, endsOn, state, boardId } = before;
      await this.activity.append(tx, before.projectId, actor.userId, [
        ...entriesOf(changes.filter(({ deleted }) => !deleted)),
        {
          entity: 'SPRINT',
          entityId: id,
          action: 'DELETED',
          changes: changesBetween({ name, goal, startsOn, endsOn, state, boardId }, {
            name: null,
            goal: null,
            startsOn: null,
            endsOn: null,
            state: null,
            boardId: null,
          } as object),
        },
      ]);
    });
  }

  sprint(actor: Actor, id: string): Promise<SprintType | null> {
    return readableSprint(this.database.direct, actor, id);
  }

  /** Sprints of projects the actor was given: what runs, what is planned by its first day, what ended by when it did, the last first. */
  sprintsOf(projectIds: readonly string[], states: readonly SprintState[], first: number): Promise<SprintType[]> {
    return rows(
      this.database.direct,
      /* sql */ `SELECT found.* FROM unnest($1::uuid[]) AS asked (id) JOIN LATERAL (
        SELECT ${SPRINT_COLUMNS} FROM sprint s WHERE s.project_id = asked.id AND s.state = ANY ($2::text[])
        ORDER BY array_position(ARRAY['RUNNING', 'PLANNED', 'CLOSED'], s.state), s.closed_at DESC, s.starts_on, s.created_at, s.id LIMIT $3
      ) found ON true`,
      [projectIds, states, first],
    );
  }

  /** Those that run on boards the actor was given, the newest first. */
  runningOn(boardIds: readonly string[]): Promise<SprintType[]> {
    return rows(
      this.database.direct,
      `SELECT ${SPRINT_COLUMNS} FROM sprint s WHERE s.board_id = ANY ($1::uuid[]) AND s.state = 'RUNNING' ORDER BY s.started_at DESC, s.id`,
      [boardIds],
    );
  }

  totals(sprintIds: readonly string[]): Promise<(SprintTotals & { id: string })[]> {
    return totalsOf(this.database.direct, sprintIds);
  }

  outcomes(sprintIds: readonly string[]): Promise<(SprintTicketType & { sprintId: string })[]> {
    return outcomesOf(this.database.direct, sprintIds);
  }
}

interface BoardFor extends ProjectScope {
  id: string;
  projectId: string;
  kind: string;
  archived: boolean;
}

/** A board that keeps being one of this kind until the transaction ends. */
function boardFor(tx: Tx, id: string): Promise<BoardFor | null> {
  return row(
    tx,
    `SELECT b.id, b.project_id AS "projectId", b.kind, b.archived_at IS NOT NULL AS archived, ${PROJECT_SCOPE} FROM board b JOIN project p ON p.id = b.project_id WHERE b.id = $1 FOR SHARE OF b`,
    [id],
  );
}

function demandUse({ kind, archived }: BoardFor): void {
  if (kind !== 'SCRUM') throw new DomainError('BAD_INPUT', { field: 'boardId', reason: 'NOT_SCRUM' });
  if (archived) throw new DomainError('BOARD_ARCHIVED');
}
