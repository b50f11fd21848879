import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable, Writable } from 'node:stream';
import type { Index } from '../src/backup/archive-format.ts';
import { Progress } from '../src/backup/progress.ts';
import { restoreBackup } from '../src/backup/restore-backup.ts';
import { takeBackup, type BackupSource } from '../src/backup/take-backup.ts';
import { attach } from './attach.ts';
import { buildRun, type BuiltRun } from './factories/training.ts';
import { points, TestRunner } from './runner.ts';
import { databaseUrl, onServer, serverUrl } from './test-database.ts';
import type { TestTrainyard } from './trainyard.ts';

export const NEVER = new AbortController().signal;
export const PASSPHRASE = 'a passphrase for tests';
/** What a real backup takes costs seconds for each time it is sealed or opened; infra/test/backup.spec.ts does. */
const CHEAP_GUESS = 8;

/** Something of everything: a run in training with its points, words and checkpoint, and a file attached to its ticket. */
export async function fill(trainyard: TestTrainyard): Promise<{ run: BuiltRun; runner: TestRunner; checkpoint: Buffer; attached: Buffer }> {
  const [checkpoint, attached] = [randomBytes(300_000), randomBytes(2_000)];
  const run = await buildRun(trainyard);
  const runner = await TestRunner.online(trainyard);
  const { claim } = await runner.claim(run.attemptId);
  await runner.report(run.attemptId, {
    claim,
    seq: 0,
    metrics: [points('LOSS', 1, 600)],
    logs: [{ line: 0, at: new Date().toISOString(), stream: 'OUT', text: 'tab\t, line\n, backslash \\, 中文, \u2028' }],
  });
  await runner.put(`attempts/${run.attemptId}/checkpoint?claim=${claim}&step=100&trainingEpoch=1`, checkpoint);
  await attach(run.member, run.ticket.id, attached);
  return { run, runner, checkpoint, attached };
}

/** What a backup or restore says, line by line. */
export class Words {
  readonly lines: string[] = [];
  readonly progress = new Progress({ write: (text) => this.lines.push(text.trim()) });
}

class Collected extends Writable {
  readonly chunks: Buffer[] = [];
  override _write(chunk: Buffer, _: BufferEncoding, done: () => void): void {
    this.chunks.push(chunk);
    done();
  }
}

export async function backUp(
  source: BackupSource,
  passphrase: string | null = null,
  words = new Words(),
): Promise<{ archive: Buffer; index: Index; said: string[] }> {
  const out = new Collected();
  const index = await takeBackup(source, out, passphrase, words.progress, NEVER, CHEAP_GUESS);
  return { archive: Buffer.concat(out.chunks), index, said: words.lines };
}

export const restore = (archive: Buffer, target: BackupSource, passphrase: string | null = null, words = new Words()): Promise<Index> =>
  restoreBackup(Readable.from([archive], { objectMode: false }), target, passphrase, words.progress, NEVER);

const targets: { database: string; dataDir: string }[] = [];

/** An empty database and an empty folder, until `removeTargets`. */
export async function emptyTarget(): Promise<BackupSource> {
  const database = `restored_${randomBytes(6).toString('hex')}`;
  await onServer(serverUrl(), (client) => client.query(`CREATE DATABASE ${database}`));
  const dataDir = await mkdtemp(join(tmpdir(), 'trainyard-restored-'));
  targets.push({ database, dataDir });
  return { databaseUrl: databaseUrl(serverUrl(), database), dataDir, secretsKeyFile: join(dataDir, 'secrets.key') };
}

/** After all tests of a file. */
export async function removeTargets(): Promise<void> {
  for (const { database, dataDir } of targets.splice(0)) {
    await onServer(serverUrl(), (client) => client.query(`DROP DATABASE IF EXISTS ${database} WITH (FORCE)`));
    await rm(dataDir, { recursive: true, force: true });
  }
}
