import type { MutationCase } from './case.ts';
import { changes, id, inProject, NEW, ofTicket, PLACED, TITLE } from './project-rows.ts';
import { buildThing, ticketOf } from './things.ts';

/** Tickets and their places, and what lies at them: links, comments and files. */
export const CARD_MUTATIONS: Record<string, MutationCase> = {
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
          ticketId: expect.any(String) as string,
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
    logs: (asked, at) => [ofTicket(at, 'UPDATED', id(asked), { title: [TITLE, 'Another title'], points: [null, 3] })],
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
    logs: (asked, at) => [inProject(at, 'COMMENT', 'DELETED', id(asked), { body: ['Said before.', null] }, { ticketId: expect.any(String) as string })],
  },
  deleteAttachment: {
    demands: ['attachment.delete'],
    on: 'PROJECT',
    unversioned: 'a file never changes',
    try: async (at) => ({ id: await buildThing.attachment(at) }),
    logs: (asked, at) => [
      inProject(at, 'ATTACHMENT', 'DELETED', id(asked), { name: ['plan.txt', null], size: [1, null] }, { ticketId: expect.any(String) as string }),
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
        { ticketId: expect.any(String) as string },
      ),
    ],
  },
};
