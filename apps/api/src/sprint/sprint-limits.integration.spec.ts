import { OPEN_SPRINTS_MAX, RETRO_NOTES_MAX, SPRINT_TICKETS_MAX } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { GraphqlClient } from '../../test/client.ts';
import { TestBoard } from '../../test/board.ts';
import { buildTickets } from '../../test/factories/board.ts';
import { hold, untilWaiting } from '../../test/locks.ts';

const CREATE = 'mutation($i: CreateSprintInput!) { createSprint(input: $i) { id } }';
const NOTE = 'mutation($i: AddRetroNoteInput!) { addRetroNote(input: $i) { id } }';
const COMPLETE = 'mutation($id: ID!, $to: ID) { completeSprint(id: $id, unfinishedTo: $to) { state } }';
const REOPEN = 'mutation($id: ID!) { reopenSprint(id: $id, version: 1) { state } }';

describe('how much there may be of sprints', () => {
  const scrum = TestBoard.ofFile('LEAD');

  const sprint = async (state: 'PLANNED' | 'RUNNING' | 'CLOSED'): Promise<string> => {
    const id = randomUUID();
    await scrum.trainyard.database.direct.query(
      /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
        VALUES ($1, $2, $3, 'Sprint', $4, '2026-11-30', '2026-12-11', CASE WHEN $4 <> 'PLANNED' THEN now() END, CASE WHEN $4 = 'CLOSED' THEN now() END)`,
      [id, scrum.project.id, scrum.project.boardId, state],
    );
    if (state === 'RUNNING')
      await scrum.trainyard.database.direct.query('UPDATE board SET sprint_ids = ARRAY[$2::uuid] WHERE id = $1', [scrum.project.boardId, id]);
    return id;
  };
  const input = () => ({ boardId: scrum.project.boardId, name: 'One more', startsOn: '2026-11-30', endsOn: '2026-12-11' });
  const refusal = ({ errors }: Awaited<ReturnType<GraphqlClient['send']>>): unknown => errors?.[0]?.extensions ?? null;
  const tooMany = (field: string, max: number) => ({ code: 'BAD_INPUT', params: { field, reason: 'TOO_MANY', max } });
  /** What both are told, where neither could see what the other had written when it counted. */
  const atOnce = async (ask: () => Promise<Awaited<ReturnType<GraphqlClient['send']>>>): Promise<unknown[]> => {
    // whoever is through with counting waits for the log
    const release = await hold(scrum.trainyard, (tx) => tx.query('SELECT FROM activity_scope WHERE id = $1 FOR UPDATE', [scrum.project.id]));
    const both = [ask(), ask()];
    await untilWaiting(scrum.trainyard, 2);
    await release();
    return (await Promise.all(both)).map(refusal).toSorted((a, b) => Number(a !== null) - Number(b !== null));
  };

  it('is counted by one at a time where several make one, and where one is opened again', async () => {
    const ended = await sprint('CLOSED');
    for (let i = 1; i < OPEN_SPRINTS_MAX; i++) await sprint('PLANNED');
    expect(await atOnce(() => scrum.client.send(CREATE, { i: input() }))).toEqual([null, expect.objectContaining(tooMany('boardId', OPEN_SPRINTS_MAX))]);
    expect(refusal(await scrum.client.send(REOPEN, { id: ended }))).toMatchObject(tooMany('id', OPEN_SPRINTS_MAX));
  });

  it('is counted by one at a time where several say something', async () => {
    const id = await sprint('CLOSED');
    await scrum.trainyard.database.direct.query(
      "INSERT INTO retro_note (id, sprint_id, kind, body) SELECT gen_random_uuid(), $1, 'WELL', 'Said' FROM generate_series(2, $2::int)",
      [id, RETRO_NOTES_MAX],
    );
    const say = () => scrum.client.send(NOTE, { i: { sprintId: id, kind: 'WELL', body: 'One more' } });
    expect(await atOnce(say)).toEqual([null, expect.objectContaining(tooMany('sprintId', RETRO_NOTES_MAX))]);
  });

  it('holds for what is carried to another, and for what comes back', async () => {
    const { direct } = scrum.trainyard.database;
    const [running, next] = [await sprint('RUNNING'), await sprint('PLANNED')];
    const { ids } = await buildTickets(scrum.trainyard, SPRINT_TICKETS_MAX + 1, { project: scrum.project, columns: [scrum.project.columns[0]!] });
    const [left, ...planned] = ids;
    await direct.query('UPDATE ticket SET sprint_id = $2 WHERE id = ANY ($1::uuid[])', [planned, next]);
    await direct.query('DELETE FROM placement WHERE ticket_id = ANY ($1::uuid[])', [planned]);
    await direct.query('UPDATE ticket SET sprint_id = $2 WHERE id = $1', [left, running]);
    expect(refusal(await scrum.client.send(COMPLETE, { id: running, to: next }))).toMatchObject(tooMany('unfinishedTo', SPRINT_TICKETS_MAX));
    await direct.query('UPDATE ticket SET sprint_id = NULL WHERE id = $1', [planned[0]]);
    expect(refusal(await scrum.client.send(COMPLETE, { id: running, to: next }))).toBeNull();

    const ended = await sprint('CLOSED');
    await direct.query("INSERT INTO sprint_ticket (sprint_id, ticket_id, committed, outcome) SELECT $1, unnest($2::uuid[]), true, 'COMPLETED'", [ended, ids]);
    expect(refusal(await scrum.client.send(REOPEN, { id: ended }))).toMatchObject(tooMany('id', SPRINT_TICKETS_MAX));
    await direct.query('DELETE FROM sprint_ticket WHERE sprint_id = $1 AND ticket_id = $2', [ended, left]);
    expect(refusal(await scrum.client.send(REOPEN, { id: ended }))).toBeNull();
  });
});
