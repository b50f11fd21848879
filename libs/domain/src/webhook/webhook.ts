import type { Action, EntityKind } from '../activity/activity.ts';

/** What a webhook can be told of: an entity of the log, and what became of it. */
export const WEBHOOK_EVENTS = [
  'TICKET_CREATED',
  'TICKET_UPDATED',
  'TICKET_MOVED',
  'TICKET_DELETED',
  'COMMENT_CREATED',
  'COMMENT_UPDATED',
  'COMMENT_DELETED',
  'ATTACHMENT_CREATED',
  'ATTACHMENT_DELETED',
  'RUN_CREATED',
  'RUN_UPDATED',
  'MEMBERSHIP_CREATED',
  'MEMBERSHIP_UPDATED',
  'MEMBERSHIP_DELETED',
] as const;
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

type NounOf<Event> = Event extends `${infer Noun}_${string}` ? Noun : never;
export type WebhookNoun = NounOf<WebhookEvent>;
export const webhookNounOf = (event: WebhookEvent): WebhookNoun => event.slice(0, event.indexOf('_')) as WebhookNoun;
export const WEBHOOK_NOUNS: readonly WebhookNoun[] = [...new Set(WEBHOOK_EVENTS.map(webhookNounOf))];

/** The event that an entry of the log is; null: no webhook is told of it. */
export function webhookEventOf(entity: EntityKind, action: Action): WebhookEvent | null {
  const name = `${entity}_${action}`;
  return WEBHOOK_EVENTS.find((event) => event === name) ?? null;
}

/**
 * Why a webhook that its people left on is off. RESTORED: it came with a backup, and a copy must not speak as its original. RIGHT_LOST:
 * whoever answers for it may not manage webhooks of the project any more.
 */
export const WEBHOOK_OFF_REASONS = ['FAILING', 'SECRET_LOST', 'RESTORED', 'RIGHT_LOST'] as const;
export type WebhookOffReason = (typeof WEBHOOK_OFF_REASONS)[number];

export const DELIVERY_STATES = ['WAITING', 'DELIVERED', 'FAILED'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Why a try came to nothing. ANSWER: an answer came, and it was not 2xx. */
export const DELIVERY_ERRORS = ['ANSWER', 'TIMEOUT', 'UNREACHABLE', 'ADDRESS_REFUSED', 'SECRET_LOST', 'SWITCHED_OFF'] as const;
export type DeliveryError = (typeof DELIVERY_ERRORS)[number];

export const WEBHOOK_ADDRESS_MAX = 2_000;
export const WEBHOOKS_EACH = 20;

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** Pauses between the ten tries of a delivery, in milliseconds: about a day. */
export const WEBHOOK_RETRIES: readonly number[] = [MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR, 2 * HOUR, 4 * HOUR, 5 * HOUR, 6 * HOUR, 6 * HOUR];

const FAILING_FOR_MS = 3 * 24 * HOUR;
const FAILURES_IN_A_ROW = 50;

/** How a webhook has fared since its last success. */
export interface WebhookFailures {
  /** Deliveries in a row that were given up. */
  failures: number;
  failingSince: Date | null;
}

/** After one more try that failed, and whether it is to be switched off. */
export function afterFailedTry(before: WebhookFailures, givenUp: boolean, now: Date): WebhookFailures & { isOff: boolean } {
  const failingSince = before.failingSince ?? now;
  const failures = before.failures + (givenUp ? 1 : 0);
  return { failures, failingSince, isOff: failures >= FAILURES_IN_A_ROW || now.getTime() - failingSince.getTime() >= FAILING_FOR_MS };
}

/** The address as it is kept; null where nothing can be sent to it. A name or password in it would be shown to whoever manages the project. */
export function webhookAddress(address: string): URL | null {
  const url = URL.parse(address);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:') || url.username !== '' || url.password !== '') return null;
  url.hash = '';
  return url;
}
