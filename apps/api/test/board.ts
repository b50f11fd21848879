import type { Changes, TeamRole } from '@trainyard/domain';
import { rows } from '../src/platform/sql/database.ts';
import type { GraphqlClient } from './client.ts';
import { buildProject, memberOf, type BuiltProject } from './factories/board.ts';
import { TestTrainyard } from './trainyard.ts';

/** Where a ticket lies, and how far it is. */
export const PLACE = 'id boardId columnId rank state resolution version';
export interface Placed {
  id: string;
  boardId: string | null;
  columnId: string | null;
  rank: string | null;
  state: string;
  resolution: string | null;
  version: number;
}

/** A Scrum board of a new project for each test, and one of its people. */
export class TestBoard {
  trainyard!: TestTrainyard;
  project!: BuiltProject;
  client!: GraphqlClient;

  private constructor() {}

  /** Those of the tests of a file. */
  static ofFile(role: TeamRole): TestBoard {
    const board = new TestBoard();
    beforeAll(async () => {
      board.trainyard = await TestTrainyard.start();
    });
    beforeEach(async () => {
      board.project = await buildProject(board.trainyard);
      board.client = (await memberOf(board.trainyard, board.project, role)).client;
    });
    afterAll(() => board.trainyard.stop());
    return board;
  }

  /** [backlog, to do, in progress, review, done]. */
  column(at: number): string {
    return this.project.columns[at] as string;
  }

  async now(id: string): Promise<Placed> {
    return (await this.client.ask<{ ticket: Placed }>(`query($id: ID!) { ticket(id: $id) { ${PLACE} } }`, { id })).ticket;
  }

  /** To the top of a column, where nothing else is said. */
  async move(id: string, columnId: string, afterId: string | null = null): Promise<Placed> {
    const move = `mutation($id: ID!, $columnId: ID!, $afterId: ID) { moveTicket(id: $id, columnId: $columnId, afterId: $afterId) { ${PLACE} } }`;
    return (await this.client.ask<{ moveTicket: Placed }>(move, { id, columnId, afterId })).moveTicket;
  }

  async inBacklog(title = 'Wanted'): Promise<Placed> {
    const create = `mutation($i: CreateTicketInput!) { createTicket(input: $i) { ${PLACE} } }`;
    return (await this.client.ask<{ createTicket: Placed }>(create, { i: { projectId: this.project.id, title, type: 'TASK' } })).createTicket;
  }

  /** What the log says of a ticket, from `since` on. */
  told(id: string, since = 0): Promise<{ action: string; changes: Changes }[]> {
    return rows(this.trainyard.database.direct, 'SELECT action, changes FROM activity WHERE scope = $1 AND entity_id = $2 AND seq > $3 ORDER BY seq', [
      this.project.id,
      id,
      since,
    ]);
  }

  /** Of each column. */
  async counts(): Promise<number[]> {
    const columns = 'SELECT ticket_count AS count FROM board_column WHERE board_id = $1 ORDER BY rank, id';
    return (await rows<{ count: number }>(this.trainyard.database.direct, columns, [this.project.boardId])).map(({ count }) => count);
  }
}
