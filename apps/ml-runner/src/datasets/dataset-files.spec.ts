import { mkdir, mkdtemp, readFile, readdir, rm, stat, symlink, utimes, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { DatasetSource } from '@trainyard/domain';
import { PeerApi, TOKEN } from '../../test/peer-api.ts';
import { until } from '../../test/until.ts';
import { ApiClient } from '../link/api-client.ts';
import { RunnerMetrics } from '../monitor/metrics.ts';
import { DatasetFiles } from './dataset-files.ts';

let dir: string;
let peer: PeerApi;
let api: ApiClient;
let files: DatasetFiles;
const { signal } = new AbortController();

beforeEach(async () => {
  dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-files-'));
  await mkdir(path.join(dir, 'allowed'));
  peer = await new PeerApi().up();
  api = new ApiClient({ apiUrl: peer.url, token: TOKEN, metrics: new RunnerMetrics() });
  files = new DatasetFiles({ api, dir, datasetPaths: [path.join(dir, 'allowed')], cacheMiB: 1 });
});
afterEach(async () => {
  api.close();
  await peer.away();
  await rm(dir, { recursive: true, force: true });
});

const byPath = (file: string): DatasetSource => ({ kind: 'CSV', source: 'PATH', files: [{ role: 'TABLE', path: file }] });

describe('files registered by path', () => {
  it('are read from a permitted folder', async () => {
    const file = path.join(dir, 'allowed', 'table.csv');
    await writeFile(file, 'a,b\n');
    expect(await files.localise(byPath(file), signal)).toEqual({ kind: 'CSV', files: [{ role: 'TABLE', path: file }] });
  });

  it.each([
    ['an absolute path elsewhere', '/etc/passwd'],
    ['dots that lead out', 'allowed/../secret.csv'],
    ['a folder whose name only begins the same', 'allowed-not/table.csv'],
    ['a symlink that leads out', 'allowed/link.csv'],
    ['a symlinked folder that leads out', 'allowed/folder/secret.csv'],
    ['a symlink that leads out to nothing', 'allowed/broken.csv'],
    ['a symlink to a symlink that leads out to nothing', 'allowed/twice.csv'],
    ['nothing in a symlinked folder that leads out', 'allowed/folder/none.csv'],
    ['a relative path', './allowed/table.csv'],
    ['a file elsewhere that does not exist', '/nowhere/at/all.csv'],
  ])('are refused: %s', async (_, asked) => {
    await mkdir(path.join(dir, 'allowed-not'));
    await mkdir(path.join(dir, 'outside'));
    for (const name of ['secret.csv', 'allowed-not/table.csv', 'outside/secret.csv']) await writeFile(path.join(dir, name), 'secret');
    await symlink(path.join(dir, 'secret.csv'), path.join(dir, 'allowed', 'link.csv'));
    await symlink(path.join(dir, 'outside'), path.join(dir, 'allowed', 'folder'));
    await symlink(path.join(dir, 'none.csv'), path.join(dir, 'allowed', 'broken.csv'));
    await symlink('broken.csv', path.join(dir, 'allowed', 'twice.csv'));
    const file = asked.startsWith('/') || asked.startsWith('./') ? asked : `${dir}/${asked}`;
    await expect(files.localise(byPath(file), signal)).rejects.toMatchObject({ code: 'DATASET_PATH_FORBIDDEN', params: { path: file } });
  });

  it.each([
    ['missing.csv', 'NO_FILE'],
    ['', 'NOT_A_FILE'],
  ])('are unreadable when they are not there or no file: "%s"', async (name, reason) => {
    const file = path.join(dir, 'allowed', name);
    await expect(files.localise(byPath(file), signal)).rejects.toMatchObject({ code: 'DATASET_PATH_UNREADABLE', params: { path: file, reason } });
  });

  it('are refused altogether where nothing is permitted', async () => {
    const none = new DatasetFiles({ api, dir, datasetPaths: [], cacheMiB: 1 });
    await expect(none.localise(byPath(path.join(dir, 'allowed', 'x')), signal)).rejects.toMatchObject({ code: 'DATASET_PATH_FORBIDDEN' });
  });
});

describe('uploaded files', () => {
  it('are fetched once for many who ask, and kept by digest', async () => {
    const digest = peer.addBlob('some bytes');
    const paths = await Promise.all([files.blob(digest, signal), files.blob(digest, signal), files.blob(digest, signal)]);
    await files.blob(digest, signal);
    expect(new Set(paths).size).toBe(1);
    expect(await readFile(paths[0] ?? '', 'utf8')).toBe('some bytes');
    expect(peer.requests).toBe(1);
  });

  it('go on where a cut connection stopped them', async () => {
    const content = 'x'.repeat(300_000) + 'the end';
    const digest = peer.addBlob(content);
    const part = path.join(dir, 'cache', `${digest}.part`);
    peer.cutDownload = {
      bytes: 100_000,
      arrived: () => until('100,000 bytes on the disk', async () => (await stat(part).catch(() => null))?.size === 100_000),
    };
    expect(await readFile(await files.blob(digest, signal), 'utf8')).toBe(content);
    expect(peer.ranges).toEqual([0, 100_000]);
  });

  it('begin again when what a dead runner left is not a part of them', async () => {
    const digest = peer.addBlob('right');
    await mkdir(path.join(dir, 'cache'));
    await writeFile(path.join(dir, 'cache', `${digest}.part`), 'wro');
    expect(await readFile(await files.blob(digest, signal), 'utf8')).toBe('right');
  });

  it('are refused when the api sends other bytes than asked for', async () => {
    const digest = peer.addBlob('expected');
    peer.blobs.set(digest, Buffer.from('tampered'));
    await expect(files.blob(digest, signal)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
    expect(await readdir(path.join(dir, 'cache'))).toEqual([]);
  });

  it('are unavailable when the api does not have them, and never leave the cache by their name', async () => {
    await expect(files.blob('0'.repeat(64), signal)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(files.blob('../../etc/passwd', signal)).rejects.toMatchObject({ code: 'DIGEST_MISMATCH' });
  });

  it('wait for an api that is away', async () => {
    const digest = peer.addBlob('patience');
    await peer.away();
    const waiting = files.blob(digest, signal);
    await peer.up();
    expect(await readFile(await waiting, 'utf8')).toBe('patience');
  });

  it('make room for each other, the longest unused first', async () => {
    const old = await files.blob(peer.addBlob('a'.repeat(700_000)), signal);
    const hourAgo = new Date(Date.now() - 3_600_000);
    await utimes(old, hourAgo, hourAgo);
    const young = await files.blob(peer.addBlob('b'.repeat(700_000)), signal);
    expect(await readdir(path.join(dir, 'cache'))).toEqual([path.basename(young)]);
  });
});
