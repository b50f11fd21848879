import { hash, hashRaw, verify } from '@node-rs/argon2';
import { createHash, randomBytes } from 'node:crypto';

/** argon2id (the library's default algorithm) with OWASP's parameters: 19 MiB, 2 passes, 1 lane. */
const PARAMETERS = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

export const hashPassword = (password: string): Promise<string> => hash(password, PARAMETERS);

/** The same for the same password and salt, and as slow to guess as a stored hash. */
export const derivedFrom = async (password: string, salt: string): Promise<string> =>
  (await hashRaw(password, { ...PARAMETERS, salt: createHash('sha256').update(salt).digest().subarray(0, 16) })).toString('base64');

let decoy: Promise<string> | null = null;

/** Takes as long for an unknown account as for a wrong password, so that time does not tell which accounts exist. */
export async function verifyPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword(randomBytes(16).toString('hex'));
  const matches = await verify(stored ?? (await decoy), password);
  return stored !== null && matches;
}
