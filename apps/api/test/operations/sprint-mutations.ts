import type { Action } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import { buildThing } from './things.ts';

type Changes = Record<string, { from: unknown; to: unknown }>;
const ofSprint = (at: Place, action: Action, entityId: unknown, changes: Changes | unknown): ExpectedRow => ({
  scope: at.project.id,
  entity: 'SPRINT',
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes,
});
const ofRelease = (...told: Parameters<typeof ofSprint>): ExpectedRow => ({ ...ofSprint(...told), entity: 'RELEASE' });
const becomes = (from: string, to: string): Changes => ({ state: { from, to } });

/** Sprints and what is in them. */
export const SPRINT_MUTATIONS: Record<string, MutationCase> = {
  createSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: (at) => ({ input: { boardId: at.project.boardId, name: 'New', startsOn: '2026-11-30', endsOn: '2026-12-11' } }),
    logs: (_, at) => [ofSprint(at, 'CREATED', null, expect.objectContaining({ name: { from: null, to: 'New' }, state: { from: null, to: 'PLANNED' } }))],
  },
  updateSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.sprint(at), version: 1, input: { goal: 'Halve the loss' } }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['id'], { goal: { from: '', to: 'Halve the loss' } })],
  },
  deleteSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.sprint(at), version: 1 }),
    logs: (asked, at) => [ofSprint(at, 'DELETED', asked['id'], expect.objectContaining({ name: { from: 'Spare', to: null } }))],
  },
  createRelease: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: (at) => ({ input: { projectId: at.project.id, name: `Atlas ${randomUUID()}`, plannedOn: '2026-12-24' } }),
    logs: (_, at) => [ofRelease(at, 'CREATED', null, expect.objectContaining({ plannedOn: { from: null, to: '2026-12-24' } }))],
  },
  updateRelease: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.release(at), version: 1, input: { plannedOn: '2027-01-11' } }),
    logs: (asked, at) => [ofRelease(at, 'UPDATED', asked['id'], { plannedOn: { from: '2026-12-24', to: '2027-01-11' } })],
  },
  deleteRelease: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.release(at), version: 1 }),
    logs: (asked, at) => [ofRelease(at, 'DELETED', asked['id'], expect.objectContaining({ plannedOn: { from: '2026-12-24', to: null } }))],
  },
  restoreRelease: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    unversioned: 'one that is there is answered as it is',
    try: async (at) => ({ id: await buildThing.release(at, true) }),
    logs: (asked, at) => [ofRelease(at, 'CREATED', asked['id'], expect.objectContaining({ restored: { from: null, to: true } }))],
  },
  planTickets: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: "as a move, it makes nobody's edit stale; what is said last holds",
    try: async (at) => ({ ids: [await buildThing.ticket(at)], sprintId: await buildThing.sprint(at) }),
    logs: (asked, at) => {
      const [ticketId] = asked['ids'] as string[];
      return [
        {
          scope: at.project.id,
          entity: 'TICKET',
          action: 'UPDATED',
          entityId: ticketId!,
          ticketId: ticketId!,
          changes: { sprintId: { from: null, to: asked['sprintId'] } },
        },
      ];
    },
  },
  startSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.sprint(at), version: 1, others: 'LEAVE' }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['id'], becomes('PLANNED', 'RUNNING'))],
  },
  completeSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.sprint(at, 'RUNNING'), version: 1, unfinishedTo: null, abandoned: false }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['id'], becomes('RUNNING', 'CLOSED'))],
  },
  reopenSprint: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.sprint(at, 'CLOSED'), version: 1 }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['id'], becomes('CLOSED', 'RUNNING'))],
  },
  addRetroNote: {
    demands: ['retro.write'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: async (at) => ({ input: { sprintId: await buildThing.sprint(at, 'RUNNING'), kind: 'WELL', body: 'Said.' } }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', (asked['input'] as { sprintId: string }).sprintId, { retroNote: { from: null, to: expect.any(String) } })],
  },
  changeRetroNote: {
    demands: ['retro.own'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.retroNote(at), version: 1, body: 'Said otherwise.' }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', null, { retroNote: { from: asked['id'], to: asked['id'] } })],
  },
  removeRetroNote: {
    demands: ['retro.own'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.retroNote(at), version: 1 }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', null, { retroNote: { from: asked['id'], to: null } })],
  },
  revealRetro: {
    demands: ['sprint.manage'],
    on: 'PROJECT',
    unversioned: 'they are revealed once; whoever comes second finds them so',
    try: async (at) => ({ sprintId: await buildThing.sprint(at, 'RUNNING') }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['sprintId'], { retroRevealed: { from: false, to: true } })],
  },
  voteForRetroNote: {
    demands: ['retro.write'],
    on: 'PROJECT',
    unversioned: 'what is said last holds',
    try: async (at) => ({ id: await buildThing.retroNote(at), isFor: true }),
    logs: (_, at) => [ofSprint(at, 'UPDATED', null, { retroVote: { from: false, to: true } })],
  },
  setRetroAction: {
    demands: ['retro.write', 'ticket.write'],
    on: 'PROJECT',
    unversioned: 'what is said last holds',
    try: async (at) => ({ sprintId: await buildThing.sprint(at, 'RUNNING'), ticketId: await buildThing.ticket(at), isOne: true }),
    logs: (asked, at) => [ofSprint(at, 'UPDATED', asked['sprintId'], { retroAction: { from: null, to: asked['ticketId'] } })],
  },
};
