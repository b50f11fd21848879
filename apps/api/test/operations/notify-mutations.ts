import { randomUUID } from 'node:crypto';
import type { MutationCase } from './case.ts';

const OWN = { demands: ['profile.change'], on: 'SELF', unversioned: 'reading twice is reading once' } as const;
const HIDDEN = { unlogged: 'what a person has read concerns nobody else' };

/** The inbox. */
export const NOTIFY_MUTATIONS: Record<string, MutationCase> = {
  markRead: { ...OWN, try: () => ({ ids: [randomUUID()] }), logs: HIDDEN },
  markUnread: { ...OWN, try: () => ({ ids: [randomUUID()] }), logs: HIDDEN },
  setInboxReason: {
    ...OWN,
    unversioned: 'a switch: the last word is what one wants',
    try: () => ({ reason: 'COMMENTED', on: false }),
    logs: { unlogged: 'of what somebody wants to be told concerns nobody else' },
  },
  markAllRead: { ...OWN, try: () => ({}), logs: HIDDEN },
};
