import { COLUMNS_MAX, ranksBetween } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { buildTeam } from '../factories/people.ts';
import { TestTrainyard } from '../trainyard.ts';
import { person, type Person } from './actors.ts';
import { ask, type Variables } from './ask.ts';
import type { Place } from './case.ts';
import { buildPlace } from './place.ts';
import { buildThing, someName } from './things.ts';

let trainyard: TestTrainyard;
let lead: Person;
let at: Place;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  const { id: teamId } = await buildTeam(trainyard);
  lead = await person(trainyard, 'the lead', 'MEMBER', { teamId, role: 'LEAD' });
  at = await buildPlace(trainyard, teamId, 'OPEN', lead);
});
afterAll(() => trainyard.stop());

interface Limit {
  max: number;
  field: string;
  mutation: string;
  /** Leaves room for one more. */
  fill: () => Promise<unknown>;
  next: () => Variables;
}

const sql = (text: string, ...parameters: unknown[]): Promise<unknown> => trainyard.database.direct.query(text, parameters);

const LIMITS: Record<string, Limit> = {
  'labels of a project': {
    max: 200,
    field: 'name',
    mutation: 'createLabel',
    fill: () =>
      sql(
        `INSERT INTO label (id, project_id, name, name_key, color) SELECT gen_random_uuid(), $1, n, n, 'BLUE' FROM (SELECT 'l' || i AS n FROM generate_series(1, 199) i) names`,
        at.project.id,
      ),
    next: () => ({ projectId: at.project.id, name: someName(), color: 'RED' }),
  },
  'columns of a board': {
    max: COLUMNS_MAX,
    field: 'boardId',
    mutation: 'createColumn',
    fill: () => {
      const ranks = ranksBetween(null, null, COLUMNS_MAX - 1);
      return sql(
        `WITH gone AS (DELETE FROM board_column WHERE board_id = $1) INSERT INTO board_column (id, board_id, name, category, rank) SELECT gen_random_uuid(), $1, 'C', 'DOING', r FROM unnest($2::text[]) r`,
        at.project.boardId,
        ranks,
      );
    },
    next: () => ({ boardId: at.project.boardId, name: someName(), category: 'DOING' }),
  },
  'access tokens of a person': {
    max: 50,
    field: 'name',
    mutation: 'createAccessToken',
    fill: () =>
      sql(
        `INSERT INTO access_token (id, user_id, name, token_hash, scopes) SELECT gen_random_uuid(), $1, 'script', sha256(i::text::bytea), '{READ}' FROM generate_series(1, 49) i`,
        lead.userId,
      ),
    next: () => ({ name: 'script', scopes: ['READ'] }),
  },
};

describe('a list holds as many as its limit says, and not one more:', () => {
  it.each(Object.entries(LIMITS))('%s', async (_, { max, field, mutation, fill, next }) => {
    await fill();
    expect(await ask(trainyard, lead, 'mutation', mutation, next())).toMatchObject({ error: null });
    expect((await ask(trainyard, lead, 'mutation', mutation, next())).error).toEqual({ code: 'BAD_INPUT', params: { field, reason: 'TOO_MANY', max } });
  });

  it('labels of a ticket', async () => {
    const project = { ...at, project: (await buildPlace(trainyard, at.project.teamId, 'OPEN', lead)).project };
    const labels = await Promise.all(Array.from({ length: 21 }, () => buildThing.label(project)));
    const put = async (count: number) =>
      ask(trainyard, lead, 'mutation', 'createTicket', {
        input: { columnId: project.project.columns[0], type: 'TASK', title: 'Labelled', labelIds: labels.slice(0, count) },
      });
    expect((await put(20)).error).toBeNull();
    expect((await put(21)).error).toEqual({ code: 'BAD_INPUT', params: { field: 'labelIds', reason: 'TOO_MANY', max: 20 } });
    // What is named twice counts once.
    const twice = await ask(trainyard, lead, 'mutation', 'createTicket', {
      input: { columnId: project.project.columns[0], type: 'TASK', title: 'Twice', labelIds: [...labels.slice(0, 20), labels[0] ?? randomUUID()] },
    });
    expect(twice.error).toBeNull();
  });
});
