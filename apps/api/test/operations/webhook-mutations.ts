import type { MutationCase } from './case.ts';
import { buildThing } from './things.ts';

const HIDDEN = { unlogged: 'who only reads a project must not know of its webhooks: the audit trail tells of them' };
const ADDRESS = 'https://example.org/hook';

/** Webhooks. */
export const WEBHOOK_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  createWebhook: {
    demands: ['webhook.empower'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: (at) => ({ input: { projectId: at.project.id, address: ADDRESS, events: ['TICKET_CREATED'] } }),
    logs: HIDDEN,
  },
  updateWebhook: [
    {
      demands: ['webhook.manage'],
      on: 'PROJECT',
      try: async (at) => ({ id: await buildThing.webhook(at), version: 1, input: { active: false } }),
      logs: HIDDEN,
    },
    {
      demands: ['webhook.manage', 'webhook.empower'],
      on: 'PROJECT',
      try: async (at) => ({ id: await buildThing.webhook(at), version: 1, input: { address: ADDRESS } }),
      logs: HIDDEN,
    },
  ],
  deleteWebhook: {
    demands: ['webhook.manage'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.webhook(at), version: 1 }),
    logs: HIDDEN,
  },
  renewWebhookSecret: {
    demands: ['webhook.empower'],
    on: 'PROJECT',
    try: async (at) => ({ id: await buildThing.webhook(at), version: 1 }),
    logs: HIDDEN,
  },
  redeliverWebhook: {
    demands: ['webhook.manage'],
    on: 'PROJECT',
    unversioned: 'it is the same however often it is sent',
    try: async (at) => ({ deliveryId: await buildThing.delivery(at) }),
    logs: HIDDEN,
    wakes: () => ['jobs'],
  },
};
