import { Injectable } from '@nestjs/common';
import type { Actor, LaneField } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';
import { DomainError } from '../platform/domain-error.ts';
import { whereOf } from '../platform/lists/conditions.ts';
import { inTurn, queryOf, timeZoneOf } from '../platform/lists/reading.ts';
import { Statement } from '../platform/lists/statement.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { loader } from '../platform/sql/loader.ts';
import { built } from '../platform/sql/prepared-client.ts';
import { TICKET_LIST } from '../ticket/ticket.list.ts';
import type { CardMatchType, LaneType } from './asked-board.types.ts';
import type { BoardType } from './board.types.ts';
import type { TicketWindow } from './card.types.ts';
import { LANES } from './lanes.ts';
import { windowsOf, WINDOW_CARDS, WINDOW_COLUMNS, WINDOW_SOURCES, type WindowKey, type WindowRow } from './window.reader.ts';

/** What is asked of a board, in the language of the list of tickets. */
export interface Asked {
  query: string | null;
  timeZone: string | null;
  /** What the cards are grouped by; null: not at all. */
  by: LaneField | null;
}
/** A window of the cards that match, and that lie in this lane where they are grouped. */
export interface AskedWindow extends WindowKey, Asked {
  lane: string | null;
}

const CARDS_MAX = 200;

/** The cards of a board that a query asks for: counted, in windows, and one by one. Which cards may be read is in the query itself. */
@Injectable()
export class AskedBoardReader {
  private readonly windows = loader<AskedWindow, TicketWindow>(async (keys, { actor }) => {
    const answers = new Map<AskedWindow, TicketWindow | null>();
    const projects = await this.projectsOf(keys.map(({ columnId }) => columnId));
    const groups = Map.groupBy(keys, ({ query, timeZone, by, lane, columnId }) => JSON.stringify([query, timeZone, by, lane, projects.get(columnId)]));
    await Promise.all(
      [...groups.values()].map(async (group) => {
        const windows = await this.readWindows(actor as Actor, group, projects.get(group[0]?.columnId ?? '') ?? null);
        group.forEach((key, i) => answers.set(key, windows[i] ?? null));
      }),
    );
    return keys.map((key) => answers.get(key) ?? null);
  });

  constructor(private readonly database: Database) {}

  /** A window of a column the actor was given; all windows that ask the same are one statement and one snapshot. */
  async window(context: RequestContext, asked: AskedWindow): Promise<TicketWindow> {
    const found = await this.windows(context).load(asked);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /** The lanes of a board the actor was given, that have a card which matches: in the order of what they stand for, last those of nothing. */
  async lanes(actor: Actor, board: BoardType, { by, ...asked }: Asked & { by: LaneField }): Promise<LaneType[]> {
    const { lane, name, order, sources } = LANES[by];
    const { statement, where } = this.statement(actor, board.projectId, asked);
    const sql = /* sql */ `
      WITH lane AS (
        SELECT ${lane} AS key, k.column_id, count(*)::int AS total, COALESCE(sum(t.points), 0)::float8 AS points FROM placement k JOIN ticket t ON t.id = k.ticket_id ${TICKET_LIST.joins} ${statement.joins}
        WHERE k.board_id = ${statement.param(board.id, 'uuid')} AND NOT k.hidden AND ${where} GROUP BY 1, 2)
      SELECT lane.key, ${name} AS name, sum(lane.total)::int AS total, json_agg(json_build_object('columnId', lane.column_id, 'total', lane.total, 'points', lane.points)) AS columns,
        (SELECT s.seq::int FROM activity_scope s WHERE s.id = ${statement.param(board.projectId, 'uuid')}) AS seq
      FROM lane ${sources} GROUP BY lane.key, ${name}, ${order} ORDER BY lane.key IS NULL, ${order} COLLATE "C", lane.key`;
    return this.read(actor, sql, statement);
  }

  /** Of these tickets the ones that lie on the board, and whether they match: what has changed is asked about, not what exists. */
  async matches(actor: Actor, board: BoardType, ids: readonly string[], { by, ...asked }: Asked): Promise<CardMatchType[]> {
    if (ids.length > CARDS_MAX) throw new DomainError('BAD_INPUT', { field: 'ids', max: CARDS_MAX });
    const { statement, where } = this.statement(actor, board.projectId, asked);
    const sql = /* sql */ `
      SELECT t.id, k.column_id AS "columnId", k.rank, (${where}) IS TRUE AS matches, ${by ? LANES[by].lane : 'NULL::text'} AS lane
      FROM placement k JOIN ticket t ON t.id = k.ticket_id ${TICKET_LIST.joins} ${statement.joins}
      WHERE k.ticket_id = ANY (${statement.param(ids, 'uuid[]')}) AND k.board_id = ${statement.param(board.id, 'uuid')} AND NOT k.hidden AND t.deleted_at IS NULL`;
    return this.read(actor, sql, statement);
  }

  private async projectsOf(columnIds: readonly string[]): Promise<Map<string, string>> {
    const found = await rows<{ id: string; projectId: string }>(
      this.database.direct,
      'SELECT c.id, b.project_id AS "projectId" FROM board_column c JOIN board b ON b.id = c.board_id WHERE c.id = ANY ($1::uuid[])',
      [columnIds],
    );
    return new Map(found.map(({ id, projectId }) => [id, projectId]));
  }

  /** Each card is looked at once, whichever of the windows it may belong to. */
  private async readWindows(actor: Actor, keys: readonly AskedWindow[], projectId: string | null): Promise<(TicketWindow | null)[]> {
    const [first] = keys;
    if (!first || projectId === null) return keys.map(() => null);
    const { by, lane } = first;
    const { statement, where } = this.statement(actor, projectId, first);
    const inLane = by ? ` AND ${LANES[by].lane} IS NOT DISTINCT FROM ${statement.param(lane, 'text')}` : '';
    const columns = statement.param(
      keys.map(({ columnId }) => columnId),
      'uuid[]',
    );
    const numbers = (name: 'offset' | 'limit'): string =>
      statement.param(
        keys.map((key) => key[name]),
        'int[]',
      );
    const sql = /* sql */ `
      WITH hit AS MATERIALIZED (
        SELECT k.column_id, k.ticket_id, k.rank FROM placement k JOIN ticket t ON t.id = k.ticket_id ${TICKET_LIST.joins} ${statement.joins}
        WHERE k.column_id = ANY (${columns}) AND NOT k.hidden AND ${where}${inLane})
      SELECT ${WINDOW_COLUMNS}, (SELECT count(*)::int FROM hit WHERE hit.column_id = w.column_id) AS total
      FROM unnest(${columns}, ${numbers('offset')}, ${numbers('limit')}) WITH ORDINALITY AS w (column_id, skip, size, place) ${WINDOW_SOURCES}
      CROSS JOIN LATERAL (${WINDOW_CARDS(`SELECT hit.ticket_id, hit.rank FROM hit WHERE hit.column_id = w.column_id ORDER BY hit.rank, hit.ticket_id OFFSET w.skip LIMIT w.size`)}) shown`;
    return windowsOf(keys, await this.read<WindowRow>(actor, sql, statement));
  }

  private statement(actor: Actor, projectId: string, { query: text, timeZone }: Pick<Asked, 'query' | 'timeZone'>): { statement: Statement; where: string } {
    const query = queryOf(TICKET_LIST, text);
    const statement = new Statement(actor, { now: new Date(), timeZone: timeZoneOf(timeZone) }, projectId);
    return { statement, where: whereOf(TICKET_LIST, query, statement) };
  }

  private read<Row extends object>(actor: Actor, sql: string, { parameters }: Statement): Promise<Row[]> {
    return inTurn(this.database, actor, (tx) => rows<Row>(tx, built(sql), parameters));
  }
}
