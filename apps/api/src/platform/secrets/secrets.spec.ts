import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SecretLost, Secrets } from './secrets.ts';

const folder = mkdtempSync(join(tmpdir(), 'trainyard-secrets-'));
const secretsKeyFile = join(folder, 'secrets.key');
const secrets = new Secrets({ secretsKeyFile });
const [first, second] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const keep = (...keys: string[]): void => writeFileSync(secretsKeyFile, keys.join('\n'));
afterAll(() => rmSync(folder, { recursive: true }));

it('seals nothing without a key, and nothing with one that is too short', () => {
  expect(() => secrets.seal('webhook/1', 'word')).toThrow('There is no key to seal secrets with');
  keep('c2hvcnQ=');
  expect(() => secrets.seal('webhook/1', 'word')).toThrow('line 1: a key has 32 bytes');
});

it('opens what it sealed, in its own row only, and tells nothing of it before', () => {
  keep(first);
  const sealed = secrets.seal('webhook/1', 'a word');
  expect(secrets.open('webhook/1', sealed)).toBe('a word');
  expect(sealed.includes('a word')).toBe(false);
  expect(secrets.seal('webhook/1', 'a word').equals(sealed)).toBe(false);
  expect(() => secrets.open('webhook/2', sealed)).toThrow(SecretLost);
  for (let at = 0; at < sealed.length; at++) {
    const bent = Buffer.from(sealed);
    bent[at] = bent[at]! ^ 1;
    expect(() => secrets.open('webhook/1', bent)).toThrow(SecretLost);
  }
  for (let length = 0; length < sealed.length; length++) expect(() => secrets.open('webhook/1', sealed.subarray(0, length))).toThrow(SecretLost);
});

it('seals with the first key and opens with any, until a key is taken away', () => {
  keep(first);
  const old = secrets.seal('webhook/1', 'old');
  keep(second, first);
  const fresh = secrets.seal('webhook/1', 'fresh');
  expect([secrets.open('webhook/1', old), secrets.open('webhook/1', fresh)]).toEqual(['old', 'fresh']);
  keep(second);
  expect(secrets.open('webhook/1', fresh)).toBe('fresh');
  expect(() => secrets.open('webhook/1', old)).toThrow(SecretLost);
});
