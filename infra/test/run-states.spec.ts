import { RUN_STATES } from '@trainyard/domain';
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const API = resolve(import.meta.dirname, '../../apps/api/src');

it('sets of run states in SQL are those of the domain: no text of the api lists them again', () => {
  const list = new RegExp(`IN \\(\\s*'(?:${RUN_STATES.join('|')})'`);
  // A migration keeps what was true when it was written.
  const sources = readdirSync(API, { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.spec.ts') && !path.startsWith('migrations/'),
  );
  expect(sources.filter((path) => list.test(readFileSync(join(API, path), 'utf8')))).toEqual([]);
  expect(sources.length).toBeGreaterThan(100);
});
