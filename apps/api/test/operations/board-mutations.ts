import type { Action, EntityKind, ProjectState } from '@trainyard/domain';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import type { Variables } from './ask.ts';
import { buildThing, someName, ticketOf } from './things.ts';

type Changes = Record<string, [from: unknown, to: unknown]>;

const changes = (fields: Changes): object => Object.fromEntries(Object.entries(fields).map(([name, [from, to]]) => [name, { from, to }]));
const inProject = (at: Place, entity: EntityKind, action: Action, entityId: unknown, fields: Changes, more: Partial<ExpectedRow> = {}): ExpectedRow => ({
  scope: at.project.id,
  entity,
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes: changes(fields),
  ...more,
});
const id = (asked: Variables): string => asked['id'] as string;
const stateOf = (asked: Variables, from: ProjectState, to: ProjectState): ExpectedRow => ({
  scope: id(asked),
  entity: 'PROJECT',
  action: 'UPDATED',
  entityId: id(asked),
  changes: changes({ state: [from, to] }),
});
const somebody = { title: 'Ticket 1' };

const NEW = 'it makes something new';
const PLACED = 'a move names its neighbour, and is refused when that is gone';

const newColumns = (count: number): Changes[] => Array.from({ length: count }, () => ({}));

/** What the log says of a ticket. */
const ofTicket = (at: Place, action: Action, ticketId: string, fields: Changes): ExpectedRow => inProject(at, 'TICKET', action, ticketId, fields, { ticketId });

/** Projects, boards, columns, labels, tickets, comments and attached files. */
/** The calendars that are there from the start. */
const WEEKDAYS = '00000000-0000-4000-8000-000000000381';
const CHINA = '00000000-0000-4000-8000-000000000382';

export const BOARD_MUTATIONS: Record<string, MutationCase> = {
  createProject: {
    demands: ['project.create'],
    on: 'TEAM',
    // Whoever may write in the team's private projects may make one for it.
    also: ({ actor }, at) => {
      const role = actor?.teams[at.project.teamId];
      return actor?.orgRole === 'OWNER' || actor?.orgRole === 'ADMIN' || role === 'LEAD' || role === 'MEMBER'
        ? null
        : { code: 'FORBIDDEN', params: { permission: 'project.create' } };
    },
    unversioned: NEW,
    try: (at) => ({
      input: { key: someName().slice(0, 6).replace('-', ''), name: 'New', visibility: 'PRIVATE', teamId: at.project.teamId, boardKind: 'KANBAN' },
    }),
    logs: () => [
      {
        scope: 'THE_NEW_PROJECT',
        entity: 'PROJECT',
        action: 'CREATED',
        changes: expect.objectContaining(changes({ name: [null, 'New'], visibility: [null, 'PRIVATE'] })),
      },
      { scope: 'THE_NEW_PROJECT', entity: 'BOARD', action: 'CREATED', changes: changes({ name: [null, 'New'], kind: [null, 'KANBAN'] }) },
      ...newColumns(5).map((): ExpectedRow => ({
        scope: 'THE_NEW_PROJECT',
        entity: 'COLUMN',
        action: 'CREATED',
        changes: expect.objectContaining({ rank: { from: null, to: expect.any(String) } }),
      })),
    ],
  },
  updateProject: {
    demands: ['project.manage'],
    on: 'PROJECT',
    try: (at) => ({ id: at.project.id, version: 1, input: { description: 'Told anew', timeZone: 'asia/shanghai', calendarId: CHINA } }),
    logs: (asked, at) => [
      inProject(at, 'PROJECT', 'UPDATED', id(asked), { description: ['', 'Told anew'], timeZone: ['UTC', 'Asia/Shanghai'], calendarId: [WEEKDAYS, CHINA] }),
    ],
  },
  pinProject: {
    demands: ['project.read'],
    on: 'PROJECT',
    unversioned: 'pinning twice is pinning once',
    try: (at) => ({ id: at.project.id, isPinned: true }),
    logs: { unlogged: 'what a person keeps at hand concerns nobody else' },
  },
  archiveProject: {
    demands: ['project.archive'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.project(at), version: 1 }),
    logs: (asked) => [stateOf(asked, 'ACTIVE', 'ARCHIVED')],
  },
  restoreProject: {
    demands: ['project.archive'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.project(at, 'ARCHIVED'), version: 1 }),
    logs: (asked) => [stateOf(asked, 'ARCHIVED', 'ACTIVE')],
  },
  deleteProject: {
    demands: ['project.delete'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.project(at), version: 1 }),
    logs: (asked) => [stateOf(asked, 'ACTIVE', 'DELETED')],
  },
  updateBoard: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.board(at), version: 1, input: { name: 'Told anew' } }),
    logs: (asked, at) => [inProject(at, 'BOARD', 'UPDATED', id(asked), { name: ['Spare', 'Told anew'] })],
  },
  retireBacklogColumn: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.backlogColumn(at), version: 1 }),
    logs: (asked, at) => [inProject(at, 'COLUMN', 'DELETED', id(asked), { boardId: [expect.any(String), null], name: ['Backlog', null] })],
  },
  keepBacklogColumn: {
    demands: ['board.manage'],
    on: 'PROJECT',
    unversioned: 'what is said twice is said once',
    try: async (at) => ({ boardId: await buildThing.board(at) }),
    logs: (asked, at) => [inProject(at, 'BOARD', 'UPDATED', asked['boardId'] as string, { keepsBacklogColumn: [false, true] })],
  },
  archiveBoard: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.board(at), version: 1 }),
    logs: (asked, at) => [inProject(at, 'BOARD', 'UPDATED', id(asked), { archived: [false, true] })],
  },
  restoreBoard: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.board(at, true), version: 1 }),
    logs: (asked, at) => [inProject(at, 'BOARD', 'UPDATED', id(asked), { archived: [true, false] })],
  },
  deleteBoard: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.board(at, true), version: 1 }),
    logs: (asked, at) => [inProject(at, 'BOARD', 'DELETED', id(asked), { name: ['Spare', null], kind: ['KANBAN', null], ticketCount: [0, null] })],
  },
  createBoard: {
    demands: ['board.manage'],
    on: 'PROJECT',
    unversioned: NEW,
    try: (at) => ({ projectId: at.project.id, name: 'Second', kind: 'KANBAN' }),
    logs: (_, at) => [
      inProject(at, 'BOARD', 'CREATED', null, { name: [null, 'Second'], kind: [null, 'KANBAN'] }),
      ...newColumns(5).map(() =>
        inProject(at, 'COLUMN', 'CREATED', null, {}, { changes: expect.objectContaining({ rank: { from: null, to: expect.any(String) } }) }),
      ),
    ],
  },
  createColumn: {
    demands: ['board.manage'],
    on: 'PROJECT',
    unversioned: NEW,
    // One board's columns are few: each try has a board of its own.
    try: async (at) => {
      const { createBoard } = await at.hand.ask<{ createBoard: { id: string } }>(
        'mutation ($projectId: ID!) { createBoard(projectId: $projectId, name: "B", kind: SCRUM) { id } }',
        { projectId: at.project.id },
      );
      return { boardId: createBoard.id, name: 'New', category: 'DOING', afterId: null };
    },
    logs: (asked, at) => [
      inProject(at, 'COLUMN', 'CREATED', null, {
        boardId: [null, asked['boardId']],
        name: [null, 'New'],
        category: [null, 'DOING'],
        rank: [null, expect.any(String)],
      }),
    ],
  },
  setColumnPolicy: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.column(at), version: 1, requiredFields: ['points'], checks: [{ text: 'Reviewed' }] }),
    logs: (asked, at) => [
      {
        scope: at.project.id,
        entity: 'COLUMN',
        action: 'UPDATED',
        entityId: asked['id'] as string,
        changes: { requiredFields: { from: [], to: ['points'] }, checks: { from: [], to: ['Reviewed'] } },
      },
    ],
  },
  tickCheck: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'what is said last holds',
    try: async (at) => ({ ticketId: await buildThing.ticket(at), checkId: await buildThing.check(at), done: true }),
    logs: (asked, at) => [
      {
        scope: at.project.id,
        entity: 'TICKET',
        action: 'UPDATED',
        entityId: asked['ticketId'] as string,
        ticketId: asked['ticketId'] as string,
        changes: { check: { from: null, to: 'Reviewed' } },
      },
    ],
  },
  updateColumn: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.column(at), version: 1, input: { wipLimit: 3 } }),
    logs: (asked, at) => [inProject(at, 'COLUMN', 'UPDATED', id(asked), { wipLimit: [null, 3] })],
  },
  deleteColumn: {
    demands: ['board.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.column(at), version: 1 }),
    logs: (asked, at) => [inProject(at, 'COLUMN', 'DELETED', id(asked), { boardId: [at.project.boardId, null], name: ['Spare', null] })],
  },
  createLabel: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: NEW,
    try: (at) => ({ projectId: at.project.id, name: someName(), color: 'RED' }),
    logs: (asked, at) => [inProject(at, 'LABEL', 'CREATED', null, { name: [null, asked['name']], color: [null, 'RED'] })],
  },
  updateLabel: {
    demands: ['project.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.label(at), version: 1, input: { color: 'RED' } }),
    logs: (asked, at) => [inProject(at, 'LABEL', 'UPDATED', id(asked), { color: ['BLUE', 'RED'] })],
  },
  deleteLabel: {
    demands: ['project.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.label(at), version: 1 }),
    logs: (asked, at) => [inProject(at, 'LABEL', 'DELETED', id(asked), { name: [expect.any(String), null], color: ['BLUE', null], ticketCount: [0, null] })],
  },
  createTicket: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: NEW,
    try: (at) => ({ input: { columnId: at.project.columns[0], type: 'TASK', title: 'New' } }),
    logs: (_, at) => [
      inProject(
        at,
        'TICKET',
        'CREATED',
        null,
        {},
        {
          ticketId: expect.any(String) as unknown as string,
          changes: expect.objectContaining(
            changes({
              title: [null, 'New'],
              type: [null, 'TASK'],
              columnId: [null, at.project.columns[0]],
              number: [null, expect.any(Number)],
              rank: [null, expect.any(String)],
            }),
          ),
        },
      ),
    ],
  },
  updateTicket: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.ticket(at), version: 1, input: { title: 'Another title', points: 3 } }),
    logs: (asked, at) => [ofTicket(at, 'UPDATED', id(asked), { title: [somebody.title, 'Another title'], points: [null, 3] })],
  },
  changeTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'each of its changes names the version it was made from',
    try: async (at) => ({ changes: [{ id: await buildThing.ticket(at), version: 1, values: { title: 'Another title' } }] }),
    logs: ({ changes }, at) => [ofTicket(at, 'UPDATED', (changes as { id: string }[])[0]!.id, { title: [somebody.title, 'Another title'] })],
  },
  moveTicket: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: PLACED,
    try: async (at) => ({ id: await buildThing.ticket(at), columnId: at.project.columns[1], afterId: null }),
    logs: (asked, at) => [
      ofTicket(at, 'MOVED', id(asked), { columnId: [at.project.columns[0], at.project.columns[1]], rank: [expect.any(String), expect.any(String)] }),
    ],
  },
  takeOffBoard: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'a card that lies on no board is answered as it is',
    try: async (at) => ({ id: await buildThing.ticket(at) }),
    logs: (asked, at) => [
      ofTicket(at, 'MOVED', id(asked), { columnId: [at.project.columns[0], null], rank: [expect.any(String), null], boardId: [at.project.boardId, null] }),
    ],
  },
  rankTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: PLACED,
    // One that lies where it is put already tells nothing.
    try: async (at) => {
      await buildThing.ticket(at);
      return { ids: [await buildThing.ticket(at)], afterId: null };
    },
    logs: (asked, at) => {
      const [ticketId] = asked['ids'] as string[];
      return [ofTicket(at, 'UPDATED', ticketId!, { backlogRank: [expect.any(String), expect.any(String)] })];
    },
  },
  setTicketState: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: "as a move, it makes nobody's edit stale; what is said last holds",
    try: async (at) => ({ id: await buildThing.ticket(at), state: 'DONE', resolution: 'CANCELLED' }),
    logs: (asked, at) => [
      ofTicket(at, 'MOVED', id(asked), {
        columnId: [at.project.columns[0], at.project.columns.at(-1)],
        rank: [expect.any(String), expect.any(String)],
        state: ['OPEN', 'DONE'],
        resolution: [null, 'CANCELLED'],
      }),
    ],
  },
  linkTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'what is linked so already is answered as it is',
    try: async (at) => ({ id: await buildThing.ticket(at), side: 'BLOCKS', otherId: await buildThing.ticket(at) }),
    logs: (asked, at) => [
      ofTicket(at, 'UPDATED', id(asked), { blocks: [null, asked['otherId']] }),
      ofTicket(at, 'UPDATED', asked['otherId'] as string, { blockedBy: [null, id(asked)] }),
    ],
  },
  unlinkTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'what is not linked so is answered as it is',
    try: async (at) => {
      const [one, other] = [await buildThing.ticket(at), await buildThing.ticket(at)];
      await at.trainyard.database.direct.query(`INSERT INTO ticket_link (from_id, to_id, kind) VALUES ($1, $2, 'BLOCKS')`, [one, other]);
      return { id: other, side: 'BLOCKED_BY', otherId: one };
    },
    logs: (asked, at) => [
      ofTicket(at, 'UPDATED', id(asked), { blockedBy: [asked['otherId'], null] }),
      ofTicket(at, 'UPDATED', asked['otherId'] as string, { blocks: [id(asked), null] }),
    ],
  },
  deleteTicket: {
    demands: ['ticket.delete'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.ticket(at), version: 1 }),
    logs: (asked, at) => [
      ofTicket(at, 'DELETED', id(asked), { columnId: [at.project.columns[0], null], rank: [expect.any(String), null], state: ['OPEN', null] }),
    ],
  },
  restoreTicket: {
    demands: ['ticket.delete'],
    on: 'PROJECT',
    unversioned: 'a ticket that is back already is answered as it is',
    try: async (at) => ({ id: await buildThing.deletedTicket(at) }),
    logs: (asked, at) => [
      ofTicket(at, 'CREATED', id(asked), {
        columnId: [null, at.project.columns[0]],
        rank: [null, expect.any(String)],
        state: [null, 'OPEN'],
        restored: [false, true],
      }),
    ],
  },
  addComment: {
    demands: ['comment.write'],
    on: 'PROJECT',
    unversioned: NEW,
    try: async (at) => ({ ticketId: await buildThing.ticket(at), body: 'Said.' }),
    logs: (asked, at) => [inProject(at, 'COMMENT', 'CREATED', null, { body: [null, 'Said.'] }, { ticketId: asked['ticketId'] as string })],
  },
  updateComment: {
    demands: ['comment.edit'],
    on: 'PROJECT',
    try: async (at) => {
      const comment = await buildThing.comment(at);
      return { id: comment, version: 1, body: `Meant, of ${await ticketOf(at, 'comment', comment)}` };
    },
    logs: (asked, at) => [
      inProject(at, 'COMMENT', 'UPDATED', id(asked), { body: ['Said before.', asked['body']] }, { ticketId: (asked['body'] as string).slice(-36) }),
    ],
  },
  deleteComment: {
    demands: ['comment.delete'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.comment(at), version: 1 }),
    logs: (asked, at) => [
      inProject(at, 'COMMENT', 'DELETED', id(asked), { body: ['Said before.', null] }, { ticketId: expect.any(String) as unknown as string }),
    ],
  },
  deleteAttachment: {
    demands: ['attachment.delete'],
    on: 'PROJECT',
    unversioned: 'a file never changes',
    try: async (at) => ({ id: await buildThing.attachment(at) }),
    logs: (asked, at) => [
      inProject(at, 'ATTACHMENT', 'DELETED', id(asked), { name: ['plan.txt', null], size: [1, null] }, { ticketId: expect.any(String) as unknown as string }),
    ],
  },
  restoreAttachment: {
    demands: ['attachment.delete'],
    on: 'PROJECT',
    unversioned: 'a file never changes',
    try: async (at) => ({ id: await buildThing.attachment(at, true) }),
    logs: (asked, at) => [
      inProject(
        at,
        'ATTACHMENT',
        'CREATED',
        id(asked),
        { name: [null, 'plan.txt'], size: [null, 1], restored: [false, true] },
        { ticketId: expect.any(String) as unknown as string },
      ),
    ],
  },
};
