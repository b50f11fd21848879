import type { Action } from '@trainyard/domain';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import { buildThing } from './things.ts';

const ofRule = (at: Place, action: Action, entityId: unknown, changes: unknown): ExpectedRow => ({
  scope: at.project.id,
  entity: 'RULE',
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes,
});
const WHEN = { trigger: { on: 'TICKET_CREATED' }, actions: [{ does: 'COMMENT', text: 'Hm.' }] };

/** Rules and what they did. */
export const RULE_MUTATIONS: Record<string, MutationCase> = {
  createRule: {
    demands: ['rule.manage'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: (at) => ({ input: { projectId: at.project.id, name: 'New', ...WHEN } }),
    logs: (_, at) => [ofRule(at, 'CREATED', null, expect.objectContaining({ name: { from: null, to: 'New' }, enabled: { from: null, to: false } }))],
  },
  updateRule: {
    demands: ['rule.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.rule(at), version: 1, input: { name: 'Renamed' } }),
    logs: (asked, at) => [ofRule(at, 'UPDATED', asked['id'], { name: { from: 'Spare', to: 'Renamed' } })],
  },
  deleteRule: {
    demands: ['rule.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.rule(at), version: 1 }),
    logs: (asked, at) => [ofRule(at, 'DELETED', asked['id'], expect.objectContaining({ name: { from: 'Spare', to: null } }))],
  },
  undoFiring: {
    demands: ['ticket.write'],
    on: 'PROJECT',
    unversioned: 'what was changed since is left, and said',
    try: async (at) => ({ id: await buildThing.firing(at) }),
    logs: (_, at) => [
      { scope: at.project.id, entity: 'TICKET', action: 'UPDATED', ticketId: expect.any(String) as string, changes: { priority: { from: 'HIGH', to: null } } },
      { ...ofRule(at, 'UPDATED', null, { undone: { from: false, to: true }, rule: { from: null, to: 'Spare' } }), ticketId: expect.any(String) as string },
    ],
  },
};
