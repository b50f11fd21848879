import { Logger } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { readdir, statfs } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { json } from 'node:stream/consumers';
import { attach } from '../../../test/attach.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { buildProject, buildTicket, memberOf } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { buildRun } from '../../../test/factories/training.ts';
import { TestRunner } from '../../../test/runner.ts';
import { until } from '../../../test/runs.ts';
import { bytesUnder, mountDisk, pretendDisk } from '../../../test/small-disk.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { BlobStore } from './blob-store.ts';
import { LOOK_BYTES, reserveOf } from './disk-space.ts';

const MIB = 1024 ** 2;
const RESERVE = 4 * MIB;
const FULL = { code: 'STORAGE_FULL' };

describe('what stays free', () => {
  it.each([
    [null, 1024 ** 4, 2 * 1024 ** 3],
    [null, 40 * 1024 ** 3, 2 * 1024 ** 3],
    [null, 10 * 1024 ** 3, 512 * MIB],
    [7, 1024 ** 4, 7],
    [0, 1024 ** 4, 0],
  ])('configured %p, of a disk of %d bytes, is %d', (configured, size, reserve) => {
    expect(reserveOf(configured, size)).toBe(reserve);
  });
});

describe('the disk of stored files', () => {
  let trainyard: TestTrainyard;
  let blobs: BlobStore;
  let ticketId: string;
  let author: GraphqlClient;
  /** Of the disk that it seems to be. */
  let size = 0;

  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ diskReserveBytes: RESERVE });
    blobs = trainyard.app.get(BlobStore);
    const project = await buildProject(trainyard);
    ticketId = (await buildTicket(trainyard, { project })).id;
    author = (await memberOf(trainyard, project)).client;
    pretendDisk(trainyard, () => size);
  });
  afterAll(() => trainyard.stop());

  const folder = (): string => join(trainyard.config.dataDir, 'blobs');
  const stored = (): Promise<number> => bytesUnder(folder());
  /** So much may still be stored. */
  const leave = async (bytes: number): Promise<void> => {
    size = (await stored()) + RESERVE + bytes;
  };
  /** So many bytes, none before `begin`. */
  const held = (bytes: number, begin: Promise<unknown>): Readable =>
    Readable.from(
      (async function* () {
        await begin;
        yield randomBytes(bytes);
      })(),
    );
  const incoming = (): Promise<string[]> => readdir(join(folder(), 'incoming')).catch(() => []);
  const codes = (settled: PromiseSettledResult<unknown>[]): (string | undefined)[] =>
    settled.map((one) => (one.status === 'rejected' ? ((one.reason as { code?: string }).code ?? String(one.reason)) : undefined));

  it('refuses bytes that would use up its reserve before the first comes, and takes those that just fit', async () => {
    await leave(MIB);
    let read = 0;
    const counted = Readable.from(
      (async function* () {
        read += 1;
        yield randomBytes(MIB + 1);
      })(),
    );
    await expect(blobs.store(counted, 2 * MIB, { size: MIB + 1 })).rejects.toMatchObject(FULL);
    expect([read, await incoming()]).toEqual([0, []]);
    expect((await blobs.store(held(MIB, Promise.resolve()), MIB, { size: MIB })).size).toBe(MIB);
    await expect(blobs.store(held(1, Promise.resolve()), 1, { size: 1 })).rejects.toMatchObject(FULL);
  });

  it('of a hundred uploads that begin at once takes as many as fit, and gives back what did not come', async () => {
    await leave(10 * MIB);
    const begin = Promise.withResolvers<void>();
    const all = Array.from({ length: 100 }, () => blobs.store(held(MIB, begin.promise), MIB, { size: MIB }));
    let refused = 0;
    for (const one of all) one.catch(() => (refused += 1));
    await until(incoming, (files) => refused === 90 && files.length === 10);
    begin.resolve();
    const answers = codes(await Promise.allSettled(all));
    expect([answers.filter((code) => code === undefined).length, answers.filter((code) => code === FULL.code).length]).toEqual([10, 90]);
    // All that was let in is written or was given back: the next finds as much as there is, and no less.
    await leave(10 * MIB);
    const broken = Readable.from(
      (async function* () {
        yield randomBytes(MIB);
        throw new Error('the sender went away');
      })(),
    );
    await expect(blobs.store(broken, 10 * MIB, { size: 10 * MIB })).rejects.toThrow('the sender went away');
    expect((await blobs.store(held(10 * MIB, Promise.resolve()), 10 * MIB, { size: 10 * MIB })).size).toBe(10 * MIB);
  });

  it('counts what is under way no longer than until it is written', async () => {
    await leave(20 * MIB);
    const go = Promise.withResolvers<void>();
    const first = blobs.store(
      Readable.from(
        (async function* () {
          yield randomBytes(9 * MIB);
          await go.promise;
          yield randomBytes(MIB);
        })(),
      ),
      10 * MIB,
      { size: 10 * MIB },
    );
    const another = (bytes: number): Promise<unknown> =>
      blobs.store(held(bytes, Promise.resolve()), bytes, { size: bytes }).then(
        ({ size: taken }) => taken,
        (error: unknown) => error,
      );
    await until(incoming, ({ length }) => length === 1);
    expect(await another(10 * MIB + 1)).toMatchObject(FULL);
    // While a piece is written it counts twice.
    expect(
      await until(
        () => another(10 * MIB),
        (answer) => answer === 10 * MIB,
      ),
    ).toBe(10 * MIB);
    go.resolve();
    expect((await first).size).toBe(10 * MIB);
  });

  it.each([
    ['said how many would come', 4 * LOOK_BYTES],
    ['said nothing', null],
  ])('that others fill meanwhile refuses in the middle who %s, and throws away what came at once', async (_, announced) => {
    await leave(4 * LOOK_BYTES);
    const before = await stored();
    let pieces = 0;
    const source = Readable.from(
      (async function* () {
        for (; pieces < 32; pieces++) {
          if (pieces === 4) size -= 4 * LOOK_BYTES;
          yield randomBytes(MIB);
        }
      })(),
    );
    await expect(blobs.store(source, 4 * LOOK_BYTES, { size: announced })).rejects.toMatchObject(FULL);
    expect(pieces * MIB).toBeLessThanOrEqual(2 * LOOK_BYTES);
    expect([await stored(), await incoming()]).toEqual([before, []]);
  });

  it('is told to metrics as it is at that moment', async () => {
    const free = async (): Promise<number> => Number(/^trainyard_disk_free_bytes (.+)$/m.exec(await (await fetch(`${trainyard.url}/metrics`)).text())?.[1]);
    await leave(5);
    const before = await free();
    await leave(0);
    expect([before, await free()]).toEqual([RESERVE + 5, RESERVE]);
  });

  it('refuses by the announced length alone, whoever sends: a file of a ticket, one for a dataset, what a runner made', async () => {
    const run = await buildRun(trainyard);
    const runner = await TestRunner.online(trainyard);
    await runner.claim(run.attemptId);
    const ofRunner = { authorization: `Bearer ${runner.token}` };
    // Whoever says nothing is let in by less.
    await leave(LOOK_BYTES + MIB);
    for (const [method, path, headers] of [
      ['POST', `/attachments/ticket/${ticketId}?name=a.bin`, author.headers],
      ['POST', '/uploads?name=a.csv', author.headers],
      ['PUT', `/runner/v1/attempts/${run.attemptId}/artifacts/model.zip?claim=1`, ofRunner],
      ['PUT', `/runner/v1/attempts/${run.attemptId}/checkpoint?claim=1&step=1&trainingEpoch=1`, ofRunner],
    ] as const)
      expect([path, await announce(method, path, headers, LOOK_BYTES + MIB + 1)]).toMatchObject([path, { status: 507, ...FULL }]);
    expect(await incoming()).toEqual([]);
  });

  /** Sends the head of a request and no byte of its body. */
  const announce = (method: string, path: string, headers: Record<string, string>, bytes: number): Promise<object> =>
    new Promise((resolve, reject) => {
      const sending = request(trainyard.url + path, {
        method,
        headers: { ...headers, 'content-type': 'application/octet-stream', 'content-length': String(bytes) },
      });
      sending.once('error', reject);
      sending.once('response', (response) => {
        void json(response)
          .then((body) => resolve({ status: response.statusCode, ...(body as object) }), reject)
          .finally(() => sending.destroy());
      });
      sending.flushHeaders();
    });
});

it('a disk that is down to its reserve says so to senders, health and metrics, to the log once, and does all else', async () => {
  // The real disk, of which more than there can be is to stay free.
  const trainyard = await TestTrainyard.start({ diskReserveBytes: 2 ** 52 });
  const lines: string[] = [];
  trainyard.app.useLogger({ log: () => undefined, warn: (line: string) => lines.push(line), error: (line: string) => lines.push(`ERROR ${line}`) });
  const ticket = await buildTicket(trainyard, { project: await buildProject(trainyard) });
  const { client } = await someone(trainyard, 'ADMIN');
  for (let i = 0; i < 20; i++) expect(await attach(client, ticket.id, randomBytes(1_000))).toMatchObject({ status: 507, ...FULL });
  expect(await bytesUnder(join(trainyard.config.dataDir, 'blobs'))).toBe(0);
  expect(lines).toEqual([expect.stringMatching(/^An upload was refused: .* MiB are free .* and 4,294,967,296 MiB stay free/)]);
  const health = await fetch(`${trainyard.url}/health`);
  expect([health.status, await health.json()]).toEqual([200, { status: 'ok', database: 'ok', disk: 'short' }]);
  const metrics = await (await fetch(`${trainyard.url}/metrics`)).text();
  const gauge = (name: string): number => Number(new RegExp(`^trainyard_disk_${name}_bytes (.+)$`, 'm').exec(metrics)?.[1]);
  const { bavail, bsize } = await statfs(trainyard.config.dataDir);
  expect(gauge('reserve')).toBe(2 ** 52);
  // Others write to it meanwhile.
  expect(Math.abs(gauge('free') / (bavail * bsize) - 1)).toBeLessThan(0.2);
  expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
  Logger.overrideLogger(false);
  await trainyard.stop();
});

const small = mountDisk(32);
afterAll(() => small?.unmount());

(small ? it : it.skip)('a small disk, where one can be mounted, keeps its reserve free, however many send at once', async () => {
  const dataDir = small?.path ?? '';
  const trainyard = await TestTrainyard.start({ dataDir, diskReserveBytes: 12 * MIB });
  const blobs = trainyard.app.get(BlobStore);
  const announced = Array.from({ length: 50 }, () => blobs.store(Readable.from([randomBytes(MIB)]), MIB, { size: MIB }));
  const silent = Array.from({ length: 10 }, () => blobs.store(Readable.from([randomBytes(MIB), randomBytes(MIB)]), 2 * MIB));
  const answers = await Promise.allSettled([...announced, ...silent]);
  const { bavail, bsize } = await statfs(dataDir);
  const left = await readdir(join(dataDir, 'blobs', 'incoming'));
  await trainyard.stop();
  const refused = answers.filter((one) => one.status === 'rejected').map(({ reason }) => (reason as { code: unknown }).code);
  expect(new Set(refused)).toEqual(new Set([FULL.code]));
  expect(answers.length - refused.length).toBeGreaterThan(10);
  expect([bavail * bsize >= 12 * MIB, left]).toEqual([true, []]);
});
