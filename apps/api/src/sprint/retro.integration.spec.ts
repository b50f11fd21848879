import { randomUUID } from 'node:crypto';
import { buildProject, buildTicket, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { buildTeam, someone } from '../../test/factories/people.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { rows } from '../platform/sql/database.ts';

const RETRO = `sprintId revealedAt hidden votesLeft notes { id kind body author isOwn votes isVotedFor version }
  actions { ticketId key title state assignee } before { name actions { title state } }`;
const READ = `query($s: ID!) { retro(sprintId: $s) { ${RETRO} } }`;
const ADD = 'mutation($input: AddRetroNoteInput!) { addRetroNote(input: $input) { id } }';
const CHANGE = `mutation($id: ID!, $v: Int!, $body: String!) { changeRetroNote(id: $id, version: $v, body: $body) { ${RETRO} } }`;
const REMOVE = `mutation($id: ID!, $v: Int!) { removeRetroNote(id: $id, version: $v) { ${RETRO} } }`;
const REVEAL = `mutation($s: ID!) { revealRetro(sprintId: $s) { ${RETRO} } }`;
const VOTE = `mutation($id: ID!, $isFor: Boolean!) { voteForRetroNote(id: $id, isFor: $isFor) { ${RETRO} } }`;
const ACTION = `mutation($s: ID!, $id: ID!, $isOne: Boolean!) { setRetroAction(sprintId: $s, ticketId: $id, isOne: $isOne) { ${RETRO} } }`;

interface Note {
  id: string;
  body: string;
  votes: number;
  isVotedFor: boolean;
  version: number;
}
interface Retro {
  revealedAt: string | null;
  hidden: number;
  votesLeft: number;
  notes: Note[];
  actions: { ticketId: string; title: string }[];
  before: { name: string; actions: { title: string; state: string }[] } | null;
}

describe('what a team says of a sprint', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  let ada: Awaited<ReturnType<typeof memberOf>>;
  let bob: typeof ada;
  let sprintId: string;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
  });
  afterAll(() => trainyard.stop());
  beforeEach(async () => {
    project = await buildProject(trainyard, { kind: 'SCRUM', visibility: 'PRIVATE', teamId: (await buildTeam(trainyard)).id });
    [ada, bob] = [await memberOf(trainyard, project), await memberOf(trainyard, project)];
    sprintId = await sprint('Sprint 1', '2026-11-02');
  });

  async function sprint(name: string, startedAt: string | null, state = startedAt ? 'CLOSED' : 'PLANNED'): Promise<string> {
    const id = randomUUID();
    await trainyard.database.direct.query(
      /* sql */ `INSERT INTO sprint (id, project_id, board_id, name, state, starts_on, ends_on, started_at, closed_at)
        VALUES ($1, $2, $3, $4, $5, '2026-11-02', '2026-11-13', $6::timestamptz, CASE WHEN $5 = 'CLOSED' THEN now() END)`,
      [id, project.id, project.boardId, name, state, startedAt],
    );
    return id;
  }
  const ask = async (who: typeof ada, document: string, variables: Record<string, unknown>): Promise<Retro> =>
    Object.values(await who.client.ask<Record<string, Retro>>(document, variables))[0]!;
  const read = (who: typeof ada, of = sprintId) => ask(who, READ, { s: of });
  const add = async (who: typeof ada, body: string, kind = 'WELL'): Promise<Retro> => {
    await ask(who, ADD, { input: { sprintId, kind, body } });
    return read(who);
  };
  const codes = async (who: typeof ada, document: string, variables: Record<string, unknown>): Promise<string[]> =>
    (await who.client.send(document, variables)).codes;
  const words = ({ notes }: Retro): string[] => notes.map(({ body }) => body);

  it('hides notes from others until they are revealed, in answers and in the log', async () => {
    await add(ada, 'The leases held');
    const seen = await add(bob, 'Nobody knew who was on call', 'BADLY');
    expect([words(seen), seen.hidden, seen.revealedAt]).toEqual([['Nobody knew who was on call'], 1, null]);
    const [own] = (await read(ada)).notes;
    expect([await codes(bob, CHANGE, { id: own!.id, v: 1, body: 'x' }), await codes(bob, VOTE, { id: own!.id, isFor: true })]).toEqual([
      ['NOT_FOUND'],
      ['NOT_FOUND'],
    ]);
    const log = await rows<{ changes: object }>(trainyard.database.direct, `SELECT changes FROM activity WHERE scope = $1 AND entity = 'SPRINT'`, [project.id]);
    expect([log.length, JSON.stringify(log).includes('leases')]).toEqual([2, false]);
    const revealed = await ask(ada, REVEAL, { s: sprintId });
    expect([words(revealed).toSorted(), revealed.hidden]).toEqual([['Nobody knew who was on call', 'The leases held'], 0]);
    const before = await seqOf(trainyard, project.id);
    expect((await ask(bob, REVEAL, { s: sprintId })).revealedAt).toBe(revealed.revealedAt);
    expect(await seqOf(trainyard, project.id)).toBe(before);
  });

  it('lets each change and take back their own words alone, not what is stale', async () => {
    const [note] = (await add(ada, 'first')).notes;
    expect(words(await ask(ada, CHANGE, { id: note!.id, v: 1, body: 'second' }))).toEqual(['second']);
    expect(await codes(ada, CHANGE, { id: note!.id, v: 1, body: 'third' })).toEqual(['STALE_VERSION']);
    await ask(ada, REVEAL, { s: sprintId });
    expect([await codes(bob, CHANGE, { id: note!.id, v: 2, body: 'x' }), await codes(bob, REMOVE, { id: note!.id, v: 2 })]).toEqual([
      ['FORBIDDEN'],
      ['FORBIDDEN'],
    ]);
    expect(await codes(ada, REMOVE, { id: note!.id, v: 1 })).toEqual(['STALE_VERSION']);
    expect(words(await ask(ada, REMOVE, { id: note!.id, v: 2 }))).toEqual([]);
    expect(await codes(ada, REMOVE, { id: note!.id, v: 2 })).toEqual(['NOT_FOUND']);
  });

  it('gives each three votes, and never one more where two come at once', async () => {
    for (const body of ['a', 'b', 'c', 'd']) await add(ada, body);
    const [a, b, c, d] = (await read(ada)).notes as [Note, Note, Note, Note];
    expect(await codes(ada, VOTE, { id: a.id, isFor: true })).toEqual(['BAD_INPUT']);
    await ask(ada, REVEAL, { s: sprintId });
    await ask(bob, VOTE, { id: d.id, isFor: true });
    await ask(bob, VOTE, { id: a.id, isFor: true });
    const both = await Promise.all([b, c].map(({ id }) => bob.client.send(VOTE, { id, isFor: true })));
    expect(both.flatMap((reply) => reply.codes)).toEqual(['BAD_INPUT']);
    const seen = await ask(ada, VOTE, { id: d.id, isFor: true });
    expect([seen.notes[0]?.body, seen.notes[0]?.votes, seen.votesLeft]).toEqual(['d', 2, 2]);
    const back = await ask(ada, VOTE, { id: d.id, isFor: false });
    expect(back.notes.find(({ id }) => id === d.id)).toMatchObject({ votes: 1, isVotedFor: false });
    expect((await ask(ada, VOTE, { id: d.id, isFor: false })).votesLeft).toBe(3);
    // Who reads the log learns that somebody voted, and not for what.
    const log = await rows<{ changes: object }>(trainyard.database.direct, `SELECT changes FROM activity WHERE scope = $1 AND changes ? 'retroVote'`, [
      project.id,
    ]);
    expect([log.length, JSON.stringify(log).includes(d.id)]).toEqual([5, false]);
  });

  it('makes tickets of what was decided, which the next one looks at again', async () => {
    const { id } = await buildTicket(trainyard, { project, title: 'A list of who is on call' });
    const { actions } = await ask(ada, ACTION, { s: sprintId, id, isOne: true });
    expect(actions).toMatchObject([{ ticketId: id, title: 'A list of who is on call 1', state: 'OPEN' }]);
    const seq = await seqOf(trainyard, project.id);
    expect((await ask(ada, ACTION, { s: sprintId, id, isOne: true })).actions).toHaveLength(1);
    expect(await seqOf(trainyard, project.id)).toBe(seq);
    const elsewhere = await buildTicket(trainyard);
    expect(await codes(ada, ACTION, { s: sprintId, id: elsewhere.id, isOne: true })).not.toEqual([]);
    const next = await sprint('Sprint 2', '2026-11-16');
    expect((await ask(bob, ACTION, { s: next, id, isOne: true })).actions).toHaveLength(1);
    await ask(bob, ACTION, { s: next, id, isOne: false });
    expect((await read(bob, next)).before).toEqual({ name: 'Sprint 1', actions: [{ title: 'A list of who is on call 1', state: 'OPEN' }] });
    await ada.client.ask('mutation($id: ID!) { setTicketState(id: $id, state: DONE, resolution: DONE) { id } }', { id });
    expect((await read(bob, next)).before?.actions).toEqual([{ title: 'A list of who is on call 1', state: 'DONE' }]);
    expect((await read(bob)).before).toBeNull();
    expect((await ask(bob, ACTION, { s: sprintId, id, isOne: false })).actions).toEqual([]);
  });

  it('says nothing of one that has not started, nor to whoever may not read it, and takes no more than it can show', async () => {
    const planned = await sprint('Sprint 3', null);
    expect(await codes(ada, ADD, { input: { sprintId: planned, kind: 'IDEA', body: 'x' } })).toEqual(['SPRINT_NOT_RUNNING']);
    expect(await codes(ada, ADD, { input: { sprintId, kind: 'IDEA', body: ' ' } })).toEqual(['BAD_INPUT']);
    expect(await codes(ada, ADD, { input: { sprintId: 'x', kind: 'IDEA', body: 'x' } })).toEqual(['NOT_FOUND']);
    const eve = await someone(trainyard);
    expect(await read(eve)).toBeNull();
    expect(await codes(eve, ADD, { input: { sprintId, kind: 'IDEA', body: 'x' } })).toEqual(['NOT_FOUND']);
    await trainyard.database.direct.query(
      `INSERT INTO retro_note (id, sprint_id, kind, body) SELECT gen_random_uuid(), $1, 'WELL', 'x' FROM generate_series(1, 500)`,
      [sprintId],
    );
    expect(await codes(ada, ADD, { input: { sprintId, kind: 'IDEA', body: 'one more' } })).toEqual(['BAD_INPUT']);
  });
});
