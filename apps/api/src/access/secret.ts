import { createHash, randomBytes } from 'node:crypto';

/** 256 random bits, safe in a header, a cookie and a URL. */
export const newSecret = (): string => randomBytes(32).toString('base64url');

/** What is stored of a session or token. A plain hash is enough: the secret is random, not chosen by a person. */
export const hashSecret = (secret: string): Buffer => createHash('sha256').update(secret).digest();
