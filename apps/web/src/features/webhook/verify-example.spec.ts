import { createHmac } from 'node:crypto';
import { VERIFY_EXAMPLE } from './verify-example.ts';

const { isFromTrainyard } = (await import(`data:text/javascript,${encodeURIComponent(VERIFY_EXAMPLE)}`)) as {
  isFromTrainyard: (headers: Record<string, string | undefined>, body: Buffer, secret: string) => boolean;
};
const body = Buffer.from('{"event":"TICKET_CREATED"}');
function headers(secondsAgo: number): Record<string, string> {
  const time = String(Math.floor(Date.now() / 1000) - secondsAgo);
  return { 'x-trainyard-timestamp': time, 'x-trainyard-signature': `sha256=${createHmac('sha256', 'word').update(`${time}.`).update(body).digest('hex')}` };
}

it('takes what is signed with the secret, and lately', () => {
  expect(isFromTrainyard(headers(10), body, 'word')).toBe(true);
});

it.each([
  ['another secret', headers(0), body, 'words'],
  ['another body', headers(0), Buffer.from('{}'), 'word'],
  ['an old request sent again', headers(600), body, 'word'],
  ['an old one with a new time', { ...headers(600), 'x-trainyard-timestamp': headers(0)['x-trainyard-timestamp'] }, body, 'word'],
  ['no signature', { 'x-trainyard-timestamp': headers(0)['x-trainyard-timestamp'] }, body, 'word'],
  ['nothing', {}, body, 'word'],
])('refuses %s', (_, given, bytes, secret) => {
  expect(isFromTrainyard(given, bytes, secret)).toBe(false);
});
