import { ACTIONS, ENTITY_KINDS } from '../activity/activity.ts';
import { afterFailedTry, WEBHOOK_RETRIES, webhookAddress, webhookEventOf } from './webhook.ts';

const now = new Date('2026-11-29T12:00:00Z');
const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000);

it('tells of these entries of the log, and of no others', () => {
  const told = ENTITY_KINDS.flatMap((entity) => ACTIONS.flatMap((action) => webhookEventOf(entity, action) ?? []));
  expect(told.toSorted()).toEqual([
    ...['ATTACHMENT_CREATED', 'ATTACHMENT_DELETED'],
    ...['COMMENT_CREATED', 'COMMENT_DELETED', 'COMMENT_UPDATED'],
    ...['MEMBERSHIP_CREATED', 'MEMBERSHIP_DELETED', 'MEMBERSHIP_UPDATED'],
    ...['RUN_CREATED', 'RUN_UPDATED'],
    ...['TICKET_CREATED', 'TICKET_DELETED', 'TICKET_MOVED', 'TICKET_UPDATED'],
  ]);
});

it('tries ten times within about a day, each pause at least as long as the one before', () => {
  expect(WEBHOOK_RETRIES).toHaveLength(9);
  expect(WEBHOOK_RETRIES.toSorted((a, b) => a - b)).toEqual(WEBHOOK_RETRIES);
  expect([WEBHOOK_RETRIES[0], WEBHOOK_RETRIES.at(-1)]).toEqual([60_000, 6 * 3_600_000]);
  expect(WEBHOOK_RETRIES.reduce((sum, pause) => sum + pause) / 3_600_000).toBeCloseTo(24.35, 2);
});

it.each([
  ['the first failure begins to count', { failures: 0, failingSince: null }, false, { failures: 0, failingSince: now, isOff: false }],
  ['a delivery that was given up counts', { failures: 3, failingSince: ago(1) }, true, { failures: 4, failingSince: ago(1), isOff: false }],
  ['the forty-ninth is not enough', { failures: 48, failingSince: ago(1) }, true, { failures: 49, failingSince: ago(1), isOff: false }],
  ['the fiftieth switches off', { failures: 49, failingSince: ago(1) }, true, { failures: 50, failingSince: ago(1), isOff: true }],
  ['less than three days are not enough', { failures: 1, failingSince: ago(71.9) }, false, { failures: 1, failingSince: ago(71.9), isOff: false }],
  ['three days switch off', { failures: 1, failingSince: ago(72) }, false, { failures: 1, failingSince: ago(72), isOff: true }],
])('%s', (_, before, givenUp, after) => {
  expect(afterFailedTry(before, givenUp, now)).toEqual(after);
});

it.each([
  ['https://example.org/a?b=c#d', 'https://example.org/a?b=c'],
  ['http://0x7f.1/', 'http://127.0.0.1/'],
  ['ftp://example.org/', null],
  ['https://name@example.org/', null],
  ['https://:word@example.org/', null],
  ['example.org', null],
])('keeps the address %s as %s', (address, kept) => {
  expect(webhookAddress(address)?.href ?? null).toBe(kept);
});
