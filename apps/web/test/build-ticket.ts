import { INITIAL_VALUES, NOT_BEGUN, ranksBetween, type WipPolicy } from '@trainyard/domain';
import type { OpenBoardQuery } from '../src/features/board/board.generated.ts';
import type { SentTicketFragment } from '../src/features/ticket/card.generated.ts';
import type { TicketFieldsFragment, TicketProjectQuery } from '../src/features/ticket/ticket.generated.ts';
import type { TicketRowFragment } from '../src/features/ticket/tickets.generated.ts';

type Board = NonNullable<OpenBoardQuery['board']>;
type Column = Board['columns'][number];

const { assigneeId: _, ...INITIAL } = { ...INITIAL_VALUES, labelIds: [] };
const { description: _description, stage: _stage, deviceHours: _deviceHours, startDate: _startDate, parentId: _parentId, ...ON_CARD } = INITIAL;

/** A ticket as the server sends it for a card. */
export function buildSentTicket(overrides: Partial<SentTicketFragment> = {}): SentTicketFragment {
  return {
    __typename: 'Ticket',
    id: 'ticket-1',
    key: 'NLP-1',
    rank: 'a0',
    type: 'TASK',
    title: 'Clean the crawl',
    ...ON_CARD,
    resolution: null,
    assignee: null,
    commentCount: 0,
    attachmentCount: 0,
    blockers: [],
    enteredAt: '2026-11-22T04:00:00Z',
    version: 1,
    latestRun: null,
    ...overrides,
  };
}

export interface BuildColumn {
  id: string;
  name: string;
  /** Titles of its cards, top to bottom. */
  titles: readonly string[];
  wipLimit?: number | null;
  wipPolicy?: WipPolicy;
}

/** An open board of a project that everybody may read; tickets are numbered over all columns. */
export function buildBoard(columns: readonly BuildColumn[]): Board {
  let number = 0;
  return {
    __typename: 'Board',
    id: 'board-1',
    name: 'Board',
    kind: 'KANBAN',
    archived: false,
    version: 1,
    project: {
      __typename: 'Project',
      id: 'project-1',
      key: 'NLP',
      name: 'Language models',
      visibility: 'OPEN',
      state: 'ACTIVE' as const,
      version: 1,
      seq: 7,
      team: { __typename: 'Team', id: 'team-1' },
      labels: [
        { __typename: 'Label', id: 'label-2', name: 'big data', color: 'RED', version: 1 },
        { __typename: 'Label', id: 'label-1', name: 'data', color: 'BLUE', version: 1 },
      ],
      boards: [{ __typename: 'Board', id: 'board-1', name: 'Board', kind: 'KANBAN' }],
    },
    columns: columns.map(({ id, name, titles, wipLimit = null, wipPolicy = 'WARN' }, i): Column => {
      const ranks = ranksBetween(null, null, titles.length);
      const nodes = titles.map((title, j) => {
        number += 1;
        return buildSentTicket({ id: `ticket-${number}`, key: `NLP-${number}`, rank: ranks[j] ?? '', title });
      });
      return {
        __typename: 'Column',
        id,
        name,
        category: i === 0 ? 'TODO' : 'DOING',
        wipLimit,
        wipPolicy,
        rank: `a${i}`,
        version: 1,
        tickets: { __typename: 'TicketWindow', offset: 0, total: nodes.length, all: nodes.length, seq: 7, nodes },
      };
    }),
  };
}

/** A ticket with all its fields, as the peek and the page show it. */
export function buildTicket(overrides: Partial<TicketFieldsFragment> = {}): TicketFieldsFragment {
  return {
    __typename: 'Ticket',
    id: 'ticket-1',
    key: 'NLP-1',
    number: 1,
    projectId: 'project-1',
    boardId: 'board-1',
    columnId: 'todo',
    sprintId: null,
    rank: 'a0',
    type: 'TASK',
    title: 'Clean the crawl',
    ...INITIAL,
    parent: null,
    ...NOT_BEGUN,
    assignee: null,
    commentCount: 0,
    attachmentCount: 0,
    blockers: [],
    enteredAt: '2026-11-22T04:00:00Z',
    createdBy: null,
    createdAt: '2026-11-22T04:00:00Z',
    updatedAt: '2026-11-22T04:00:00Z',
    version: 3,
    ...overrides,
  };
}

/** A ticket as a list shows it. */
export function buildTicketRow(overrides: Partial<TicketRowFragment> = {}): TicketRowFragment {
  return {
    __typename: 'Ticket',
    id: 'ticket-1',
    key: 'NLP-1',
    type: 'TASK',
    title: 'Clean the crawl',
    ...NOT_BEGUN,
    stage: null,
    priority: null,
    points: null,
    deviceHours: null,
    startDate: null,
    dueDate: null,
    assignee: null,
    labelIds: [],
    updatedAt: '2026-11-22T04:00:00Z',
    version: 1,
    ...overrides,
  };
}

export function buildTicketProject(): NonNullable<TicketProjectQuery['project']> {
  const { columns, project } = buildBoard([{ id: 'todo', name: 'To do', titles: [] }]);
  return {
    ...project,
    people: [{ __typename: 'User', id: 'user-2', name: 'Bo Larsen' }],
    boards: [{ __typename: 'Board', id: 'board-1', name: 'Board', kind: 'KANBAN', columns: columns.map(({ tickets: _, ...column }) => column) }],
  };
}
