import type { MutationCase } from './case.ts';
import { id, inProject, ofTicket, TITLE } from './project-rows.ts';
import { buildThing } from './things.ts';

/** The backlog, and changes of many tickets. */
export const BACKLOG_MUTATIONS: Record<string, MutationCase> = {
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
  takeOffBoard: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'a card that lies on no board is answered as it is',
    try: async (at) => ({ id: await buildThing.ticket(at) }),
    logs: (asked, at) => [
      ofTicket(at, 'MOVED', id(asked), { columnId: [at.project.columns[0], null], rank: [expect.any(String), null], boardId: [at.project.boardId, null] }),
    ],
  },
  changeTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'each of its changes names the version it was made from',
    try: async (at) => {
      // One that lies where it is put already tells nothing of it.
      await buildThing.ticket(at);
      return { changes: [{ id: await buildThing.ticket(at), version: 1, values: { title: 'Another title' }, backlog: { afterId: null } }] };
    },
    logs: ({ changes }, at) => {
      const [{ id: ticketId }] = changes as [{ id: string }];
      return [
        ofTicket(at, 'UPDATED', ticketId, { title: [TITLE, 'Another title'] }),
        ofTicket(at, 'UPDATED', ticketId, { backlogRank: [expect.any(String), expect.any(String)] }),
      ];
    },
  },
};
