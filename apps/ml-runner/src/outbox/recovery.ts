import { messageOf } from '@trainyard/domain';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import type { Logger } from 'pino';
import type { Verdict } from '@trainyard/domain';
import { killOrphan } from '../executors/orphan.ts';
import type { ApiClient } from '../link/api-client.ts';
import { attemptsFolder, spoolFolder } from '../machine/runner-folder.ts';
import { Outbox } from './outbox.ts';
import { Spool } from './spool.ts';

/** An attempt of an earlier life whose spool is being delivered. */
export interface Recovered {
  attemptId: string;
  claim: number;
  /** What the api says of it in a reply to a heartbeat. */
  hear(verdict: Verdict): void;
  stop(): void;
  done: Promise<void>;
}

/**
 * Takes up what an earlier life of this runner left: kills children that outlived it, delivers what was spooled, and gives
 * back attempts that had not ended (RUNNER_LOST), so that they are queued again at once instead of after their lease.
 */
export async function recover(options: { dir: string; api: ApiClient; log: Logger }): Promise<Recovered[]> {
  const { dir, api, log } = options;
  const attempts = attemptsFolder(dir);
  const spools = spoolFolder(dir);
  await mkdir(attempts, { recursive: true });
  await mkdir(spools, { recursive: true });
  const wanted = new Set<string>();
  const recovered: Recovered[] = [];
  for (const name of await readdir(attempts)) {
    if (await killOrphan(path.join(attempts, name))) log.warn({ attempt: name }, 'Killed a training process that outlived its runner');
  }
  for (const name of await readdir(spools)) {
    const file = path.join(spools, name);
    const spool = await Spool.reopen(file, attempts).catch((error: unknown) => {
      log.error({ file, reason: messageOf(error) }, 'A spool cannot be read; it is dropped');
      return null;
    });
    if (spool === null) {
      await rm(file, { force: true });
      continue;
    }
    wanted.add(path.basename(spool.owner.workDir));
    recovered.push(await deliverRest(spool, api, log));
  }
  for (const name of await readdir(attempts)) {
    if (!wanted.has(name)) await rm(path.join(attempts, name), { recursive: true, force: true });
  }
  return recovered;
}

async function deliverRest(spool: Spool, api: ApiClient, runnerLog: Logger): Promise<Recovered> {
  const { attemptId, claim, title, workDir } = spool.owner;
  const log = runnerLog.child({ attemptId, claim, run: title });
  log.warn({ records: spool.pendingRecords, ended: spool.hasFinish }, 'Delivering what an earlier life of this runner spooled');
  if (!spool.hasFinish) {
    const checkpoint = spool.unstoredCheckpoint;
    const readable =
      checkpoint !== null &&
      (await access(checkpoint.path).then(
        () => true,
        () => false,
      ));
    if (checkpoint !== null && readable) await spool.append({ kind: 'CHECKPOINT', checkpoint });
    const message = 'The runner process was killed or crashed while the attempt ran; it has been started again.';
    await spool.append({
      kind: 'FINISH',
      body: { claim, outcome: 'FAILED', failure: { code: 'RUNNER_LOST', message, params: { reason: 'RUNNER_CRASHED' } }, result: null },
    });
  }
  const outbox = new Outbox({ api, spool, log, onVerdict: () => undefined });
  let left = false;
  const done = outbox.done
    .then(async (delivered) => {
      if (left && !delivered) return spool.close();
      await spool.discard();
      await rm(workDir, { recursive: true, force: true });
      log.info({ delivered }, delivered ? 'Delivered' : 'Dropped: the attempt was given to somebody else');
    })
    // Nobody waits for it until the runner ends; what lies there still is taken up again by the next life.
    .catch((error: unknown) => log.error({ err: error, workDir }, 'What an earlier life of this runner left could not be removed'));
  return {
    attemptId,
    claim,
    hear: (verdict) => {
      if (verdict === 'CANCEL') outbox.cancel();
      if (verdict === 'FENCED') outbox.stop();
    },
    stop: () => {
      left = true;
      outbox.stop();
    },
    done,
  };
}
