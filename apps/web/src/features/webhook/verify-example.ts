/** How a receiver tells that a request is ours and not an old one sent again. Shown as it stands; a spec runs it. */
export const VERIFY_EXAMPLE = `import { createHmac, timingSafeEqual } from 'node:crypto';

// body: the bytes as they came, before anything parses them
export function isFromTrainyard(headers, body, secret) {
  const time = headers['x-trainyard-timestamp'];
  if (!(Math.abs(Date.now() / 1000 - time) < 300)) return false;
  const expected = createHmac('sha256', secret).update(time + '.').update(body).digest();
  const given = Buffer.from(String(headers['x-trainyard-signature']).replace('sha256=', ''), 'hex');
  return given.length === expected.length && timingSafeEqual(given, expected);
}
`;
