import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { readKept, writeAtomically } from './kept.ts';

/** A runner that a start brings along. */
export interface OwnRunner {
  name: string;
  /** Where it works. */
  folder: string;
  token: string;
}

/** The runners of a home. Each one's token is kept in its folder; made on first use, and anew where the home is a copy: one token is one runner's. */
export const ownRunners = (home: string, count: number, isCopy: boolean): OwnRunner[] =>
  Array.from({ length: count }, (_, i) => {
    const name = i === 0 ? 'runner' : `runner-${i + 1}`;
    const folder = join(home, name);
    return { name, folder, token: tokenIn(folder, isCopy) };
  });

function tokenIn(folder: string, isCopy: boolean): string {
  const file = join(folder, 'token.json');
  const kept = readKept<{ token: string }>(file, 'remove it; a new token is then made.');
  if (kept !== null && !isCopy) return kept.token;
  const token = `trainyard_runner_${randomBytes(32).toString('base64url')}`;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeAtomically(file, JSON.stringify({ token }));
  return token;
}

/** What the api must know of them to let them in: its TRAINYARD_OWN_RUNNERS. */
export const introduced = (runners: OwnRunner[]): string =>
  JSON.stringify(runners.map(({ name, token }) => ({ name: `${hostname()} (npm start, ${name})`, token })));
