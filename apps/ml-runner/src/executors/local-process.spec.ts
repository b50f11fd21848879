import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { ChildJob } from '../job/child-job.ts';
import { LocalProcess, type ChildOptions } from './local-process.ts';

const folder = mkdtempSync(join(tmpdir(), 'trainyard-process-'));
const alive: LocalProcess[] = [];
afterAll(() => {
  for (const { pid } of alive) {
    try {
      process.kill(-pid!, 'SIGKILL');
    } catch {
      // Gone, as it should be.
    }
  }
  rmSync(folder, { recursive: true, force: true });
});

/** A child that runs `script` once it has its job; `message` is the first that it sends. */
function start(script: string, options: Partial<ChildOptions> = {}): { child: LocalProcess; message: Promise<unknown> } {
  const childPath = join(folder, `${alive.length}.mjs`);
  writeFileSync(childPath, `import { spawn } from 'node:child_process';\nimport { writeSync } from 'node:fs';\nprocess.once('message', () => { ${script} });`);
  const { promise: message, resolve } = Promise.withResolvers<unknown>();
  const child = new LocalProcess({
    childPath,
    job: {} as ChildJob,
    workDir: folder,
    memoryMiB: 4_000,
    wallSeconds: 60,
    usesGpu: false,
    onMessage: resolve,
    onLine: () => undefined,
    ...options,
  });
  alive.push(child);
  return { child, message };
}

const STAYS = 'setInterval(() => undefined, 1000);';

it('sees what a program needs of its surroundings and none of their secrets', async () => {
  process.env['TRAINYARD_TOKEN_OF_A_SPEC'] = 'secret';
  process.env['OMP_NUM_THREADS'] = '3';
  try {
    const { message, child } = start('process.send(process.env); process.disconnect();');
    const seen = await message;
    await child.ended;
    expect(seen).toMatchObject({ PATH: process.env['PATH'], OMP_NUM_THREADS: '3' });
    expect(JSON.stringify(seen)).not.toContain('secret');
  } finally {
    delete process.env['TRAINYARD_TOKEN_OF_A_SPEC'];
    delete process.env['OMP_NUM_THREADS'];
  }
});

it('is ended for the memory it holds also where the system sets it no limit', async () => {
  const { child } = start(`const held = []; setInterval(() => held.push(Buffer.alloc(8 << 20, 1)), 5);`, { usesGpu: true, memoryMiB: 150, wallSeconds: 20 });
  expect(await child.ended).toMatchObject({ stopped: 'MEMORY_LIMIT', signal: 'SIGKILL', peakMiB: expect.any(Number) });
});

it('ended for the first reason that it was given', async () => {
  const { child, message } = start(`process.on('SIGTERM', () => undefined); process.send('up'); ${STAYS}`);
  await message;
  child.stop('CANCEL');
  child.stop('FENCED');
  expect(await child.ended).toMatchObject({ stopped: 'CANCEL', signal: 'SIGKILL' });
});

it('takes what it started with it', async () => {
  const { child, message } = start(
    `const started = spawn('sleep', ['600'], { stdio: 'ignore' }); process.send(started.pid); setTimeout(() => process.exit(0), 50);`,
  );
  const started = Number(await message);
  expect(await child.ended).toMatchObject({ code: 0, signal: null });
  // The signal is sent by then; it arrives when the system comes to it.
  await expect(ends(started)).resolves.toBe(true);
});

it('is heard to its last word, also where something it started still holds its pipe', async () => {
  const { child } = start(`spawn('sleep', ['600'], { stdio: ['ignore', 'ignore', 'inherit'] }); writeSync(2, 'last words'); process.exit(3);`);
  expect(await child.ended).toMatchObject({ code: 3, stderrTail: ['last words'] });
});

/** Whether a process ends within seconds. One that ended and that nobody has asked about yet is none. */
async function ends(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 500; tries++) {
    try {
      if (/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'))) return true;
    } catch {
      return true;
    }
    await delay(10);
  }
  return false;
}
