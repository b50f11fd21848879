import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { buildClaim } from '../../test/behaviour.ts';
import { PeerApi, TOKEN } from '../../test/peer-api.ts';
import { ApiClient } from '../link/api-client.ts';
import { RunnerMetrics } from '../metrics.ts';
import { spoolFolder } from '../runner-folder.ts';
import { recover } from './recovery.ts';
import { Spool } from './spool.ts';

describe('recovery', () => {
  it('delivers what was spooled, also when the working folder cannot be removed', async () => {
    const dir = await mkdtemp(path.join(os.tmpdir(), 'trainyard-recovery-'));
    const peer = await new PeerApi().up();
    const api = new ApiClient({ apiUrl: peer.url, token: TOKEN, metrics: new RunnerMetrics() });
    try {
      const id = peer.addAttempt(buildClaim({}));
      const { epoch } = peer.claimFor(id);
      const file = path.join(dir, 'a file');
      await writeFile(file, '');
      const spool = await Spool.create(spoolFolder(dir), { attemptId: id, epoch, title: 'A run', workDir: path.join(file, 'within') });
      await spool.close();
      const [past] = await recover({ dir, api, log: pino({ level: 'silent' }) });
      await past?.done;
      expect(peer.attempt(id).finishes).toEqual([expect.objectContaining({ outcome: 'FAILED', failure: expect.objectContaining({ code: 'RUNNER_LOST' }) })]);
      expect(await readdir(spoolFolder(dir))).toEqual([]);
    } finally {
      api.close();
      await peer.away();
      await rm(dir, { recursive: true, force: true });
    }
  });
});
