import type { WebhookEvent } from '@trainyard/domain';
import { createHmac } from 'node:crypto';
import type { LogEntry } from '../platform/log/log-entry.ts';

interface Sent {
  /** Of the delivery. */
  id: string;
  event: WebhookEvent;
}

/** What everybody who reads the project finds in its log, and nothing else. */
export const requestBody = (
  { id, event, projectId }: Sent & { projectId: string },
  { at, scope, seq, entity, entityId, ticketId, actorId, changes }: LogEntry,
): string => JSON.stringify({ id, event, at, projectId, scope, seq, entity, entityId, ticketId, actorId, changes });

/** The same for all tries. */
export const requestHeaders = ({ id, event }: Sent): Record<string, string> => ({
  'content-type': 'application/json',
  'user-agent': 'Trainyard',
  'x-trainyard-event': event,
  'x-trainyard-delivery': id,
});

/** Those of one try: the time is signed with the body, so that an old request cannot be sent again as a new one. */
export function signed(body: Buffer, secret: string, now: number): Record<string, string> {
  const timestamp = String(Math.floor(now / 1000));
  return {
    'x-trainyard-timestamp': timestamp,
    'x-trainyard-signature': `sha256=${createHmac('sha256', secret).update(`${timestamp}.`).update(body).digest('hex')}`,
  };
}
