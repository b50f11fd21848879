import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** 256 random bits, safe in a header, a cookie and a URL. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a session or token. A plain hash is enough: the secret is random, not chosen by a person. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The bearer token a request came with. */
export const bearerOf = (headers: IncomingHttpHeaders): string | undefined => /^Bearer (.+)$/i.exec(headers.authorization ?? '')?.[1]?.trim();

/** Whether a request came with exactly this token. Hashing both sides makes the comparison take the same time whatever is sent. */
export function presents(headers: IncomingHttpHeaders, token: string): boolean {
  const sent = bearerOf(headers);
  return sent !== undefined && timingSafeEqual(hashSecret(sent), hashSecret(token));
}
