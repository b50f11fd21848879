import type { GraphqlClient } from '../../test/client.ts';
import { buildProject, buildTickets, memberOf, seqOf, type BuiltProject } from '../../test/factories/board.ts';
import { hold, untilWaiting } from '../../test/locks.ts';
import { TestTrainyard } from '../../test/trainyard.ts';
import { holdColumn } from './placement.ts';

const UPDATE = 'mutation($id: ID!, $v: Int!, $i: UpdateBoardInput!) { updateBoard(id: $id, version: $v, input: $i) { name archived version } }';
const ARCHIVE = 'mutation($id: ID!, $v: Int!) { archiveBoard(id: $id, version: $v) { archived version } }';
const RESTORE = 'mutation($id: ID!, $v: Int!) { restoreBoard(id: $id, version: $v) { archived version ticketCount } }';
const DELETE = 'mutation($id: ID!, $v: Int!) { deleteBoard(id: $id, version: $v) }';
const NAMES = 'query($id: ID!, $a: Boolean) { project(id: $id) { boards(archived: $a) { name } } }';
const MOVE = 'mutation($t: ID!, $c: ID!) { moveTicket(id: $t, columnId: $c) { id boardId } }';
const EVENTS = 'query($p: ID!, $s: Int!) { projectEvents(projectId: $p, since: $s) { activities { entity entityId action changes } } }';

let trainyard: TestTrainyard;
let project: BuiltProject;
let lead: GraphqlClient;
let member: GraphqlClient;

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());
beforeEach(async () => {
  project = await buildProject(trainyard);
  lead = (await memberOf(trainyard, project, 'LEAD')).client;
  member = (await memberOf(trainyard, project)).client;
});

interface Made {
  id: string;
  columns: { id: string }[];
}
const another = async (name: string): Promise<Made> =>
  (
    await lead.ask<{ createBoard: Made }>('mutation($p: ID!, $n: String!) { createBoard(projectId: $p, name: $n, kind: KANBAN) { id columns { id } } }', {
      p: project.id,
      n: name,
    })
  ).createBoard;
const names = async (archived = false): Promise<string[]> =>
  (await member.ask<{ project: { boards: { name: string }[] } }>(NAMES, { id: project.id, a: archived })).project.boards.map(({ name }) => name);

it('are renamed by leads, against the version seen, and everybody who watches is told', async () => {
  const since = await seqOf(trainyard, project.id);
  const id = project.boardId;
  expect(await lead.ask(UPDATE, { id, v: 1, i: { name: ' Roadmap ' } })).toEqual({ updateBoard: { name: 'Roadmap', archived: false, version: 2 } });
  expect((await lead.send(UPDATE, { id, v: 1, i: { name: 'late' } })).codes).toEqual(['STALE_VERSION']);
  expect((await lead.send(UPDATE, { id, v: 2, i: { name: ' ' } })).codes).toEqual(['BAD_INPUT']);
  expect((await member.send(UPDATE, { id, v: 2, i: { name: 'mine' } })).codes).toEqual(['FORBIDDEN']);
  expect(await member.ask(EVENTS, { p: project.id, s: since })).toEqual({
    projectEvents: {
      activities: [{ entity: 'BOARD', entityId: id, action: 'UPDATED', changes: { name: { from: `Board ${project.key}`, to: 'Roadmap' } } }],
    },
  });
});

it('stand in the order in which they were made, until somebody places one behind another', async () => {
  const first = `Board ${project.key}`;
  const [two, three] = [await another('Two'), await another('Three')];
  expect(await names()).toEqual([first, 'Two', 'Three']);
  await lead.ask(UPDATE, { id: three.id, v: 1, i: { afterId: null } });
  expect(await names()).toEqual(['Three', first, 'Two']);
  await lead.ask(UPDATE, { id: three.id, v: 2, i: { afterId: two.id } });
  expect(await names()).toEqual([first, 'Two', 'Three']);
  const elsewhere = await buildProject(trainyard);
  expect((await lead.send(UPDATE, { id: three.id, v: 3, i: { afterId: elsewhere.boardId } })).codes).toEqual(['NEIGHBOUR_GONE']);
});

it('are archived with their tickets, which are found and moved away but not in, and come back', async () => {
  const two = await another('Two');
  const { ids } = await buildTickets(trainyard, 2, { project, columns: [project.columns[0] as string] });
  const [stays, leaves] = ids;
  await lead.ask(ARCHIVE, { id: project.boardId, v: 1 });
  expect(await names()).toEqual(['Two']);
  expect(await names(true)).toEqual([`Board ${project.key}`, 'Two']);
  expect(await member.ask('query($t: ID!) { ticket(id: $t) { boardId } }', { t: stays })).toEqual({ ticket: { boardId: project.boardId } });
  expect(await member.ask(MOVE, { t: leaves, c: two.columns[0]?.id })).toMatchObject({ moveTicket: { boardId: two.id } });
  const refused = [
    await member.send(MOVE, { t: leaves, c: project.columns[0] }),
    await member.send('mutation($c: ID!) { createTicket(input: { columnId: $c, type: TASK, title: "T" }) { id } }', { c: project.columns[0] }),
    await lead.send('mutation($b: ID!) { createColumn(boardId: $b, name: "C", category: TODO) { id } }', { b: project.boardId }),
    await lead.send('mutation($c: ID!) { updateColumn(id: $c, version: 1, input: { name: "C" }) { id } }', { c: project.columns[0] }),
    await lead.send('mutation($c: ID!) { deleteColumn(id: $c, version: 1) }', { c: project.columns[1] }),
  ];
  expect(refused.map(({ codes }) => codes)).toEqual(refused.map(() => ['BOARD_ARCHIVED']));
  expect(await lead.ask(RESTORE, { id: project.boardId, v: 2 })).toEqual({ restoreBoard: { archived: false, version: 3, ticketCount: 1 } });
  expect(await names()).toEqual([`Board ${project.key}`, 'Two']);
});

it('are never all archived, however many do it at once', async () => {
  expect((await lead.send(ARCHIVE, { id: project.boardId, v: 1 })).codes).toEqual(['LAST_BOARD']);
  const two = await another('Two');
  // Both have passed whatever they look at without a lock, and wait for the project.
  const letGo = await hold(trainyard, (tx) => tx.query('SELECT FROM project WHERE id = $1 FOR UPDATE', [project.id]));
  const both = [project.boardId, two.id].map((id) => lead.send(ARCHIVE, { id, v: 1 }));
  await untilWaiting(trainyard, 2);
  await letGo();
  expect((await Promise.all(both)).map(({ codes }) => codes.join()).toSorted()).toEqual(['', 'LAST_BOARD']);
});

it('take no card any more once they are archived: who looked before is waited for', async () => {
  await another('Two');
  const { ids } = await buildTickets(trainyard, 1, { project, columns: [project.columns[0] as string] });
  const [first, target] = project.columns;
  // A move that holds its column and is about to place its card.
  const letGo = await hold(trainyard, (tx) => holdColumn(tx, target as string));
  const archived = lead.send(ARCHIVE, { id: project.boardId, v: 1 });
  await untilWaiting(trainyard, 1, 'advisory');
  const moved = member.send(MOVE, { t: ids[0], c: target });
  await untilWaiting(trainyard, 2, 'advisory');
  await letGo();
  expect([(await archived).codes, (await moved).codes]).toEqual([[], ['BOARD_ARCHIVED']]);
  expect(await member.ask('query($t: ID!) { ticket(id: $t) { columnId } }', { t: ids[0] })).toEqual({ ticket: { columnId: first } });
});

it('are deleted once archived, and lose no ticket: each is in the backlog where it stood, those deleted too', async () => {
  const two = await another('Two');
  const { ids } = await buildTickets(trainyard, 5, { project });
  const [first] = ids;
  await member.ask('mutation($t: ID!) { deleteTicket(id: $t, version: 1) { id } }', { t: first });
  expect((await lead.send(DELETE, { id: project.boardId, v: 1 })).codes).toEqual(['BOARD_NOT_ARCHIVED']);
  await lead.ask(ARCHIVE, { id: project.boardId, v: 1 });
  expect((await lead.send(DELETE, { id: project.boardId, v: 1 })).codes).toEqual(['STALE_VERSION']);
  expect((await member.send(DELETE, { id: project.boardId, v: 2 })).codes).toEqual(['FORBIDDEN']);
  const since = await seqOf(trainyard, project.id);
  await lead.ask(DELETE, { id: project.boardId, v: 2 });
  expect(await member.ask(EVENTS, { p: project.id, s: since })).toEqual({
    projectEvents: {
      activities: [
        {
          entity: 'BOARD',
          entityId: project.boardId,
          action: 'DELETED',
          changes: { name: { from: `Board ${project.key}`, to: null }, kind: { from: 'SCRUM', to: null }, ticketCount: { from: 4, to: null } },
        },
      ],
    },
  });
  await member.ask('mutation($t: ID!) { restoreTicket(id: $t) { id } }', { t: first });
  const found = await member.ask<{ tickets: { nodes: { id: string; boardId: string | null }[] } }>(
    'query($p: ID!) { tickets(projectId: $p, first: 10) { nodes { id boardId } } }',
    { p: project.id },
  );
  expect(found.tickets.nodes).toEqual(ids.map((id) => ({ id, boardId: null })));
  expect(await member.ask('query($id: ID!) { board(id: $id) { id } }', { id: project.boardId })).toEqual({ board: null });
  expect(await member.ask(MOVE, { t: first, c: two.columns[0]?.id })).toMatchObject({ moveTicket: { boardId: two.id } });
});
