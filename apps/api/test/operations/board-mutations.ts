import type { ProjectState } from '@trainyard/domain';
import type { Variables } from './ask.ts';
import type { ExpectedRow, MutationCase } from './case.ts';
import { changes, id, inProject, NEW } from './project-rows.ts';
import { buildThing, someName } from './things.ts';

const stateOf = (asked: Variables, from: ProjectState, to: ProjectState): ExpectedRow => ({
  scope: id(asked),
  entity: 'PROJECT',
  action: 'UPDATED',
  entityId: id(asked),
  changes: changes({ state: [from, to] }),
});
const newColumns = (count: number): object[] => Array.from({ length: count }, () => ({}));

/** The calendars that are there from the start. */
const WEEKDAYS = '00000000-0000-4000-8000-000000000381';
const CHINA = '00000000-0000-4000-8000-000000000382';

/** Projects, their boards and columns, and labels. */
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
};
