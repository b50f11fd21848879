import { spawn } from 'node:child_process';
import { ROOT } from '../infra/local/build.ts';
import { freePorts } from '../infra/local/ports.ts';
import { temporaryHome } from '../infra/test/temporary-home.ts';
import { waitFor } from '../infra/test/wait-for.ts';
import { atMost, percentile, type Measurement } from './measurement.ts';

/** Milliseconds from `npm start` to the first page, and a graceful stop after it. */
async function start(home: string, port: number): Promise<number> {
  const began = performance.now();
  const child = spawn('npm', ['start', '--silent', '--', '--port', String(port)], {
    cwd: ROOT,
    env: { ...process.env, TRAINYARD_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => void child.once('close', () => resolve()));
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => void (said += chunk.toString('utf8')));
  await waitFor(
    'the first page',
    async () => {
      if (child.exitCode !== null) throw new Error(`npm start ended: ${said}`);
      const page = await fetch(`http://127.0.0.1:${port}/`);
      return page.ok && (await page.text()).includes('<title>Trainyard');
    },
    180_000,
    20,
  );
  const ms = performance.now() - began;
  // The address is printed a moment later: stopping is asked for when all is up.
  await waitFor('all to be up', () => said.includes('Ctrl-C'), 60_000);
  child.kill('SIGTERM');
  await ended;
  return ms;
}

/** The first start of a home (built already, nothing migrated), then three more. */
export async function run(): Promise<Measurement[]> {
  const home = temporaryHome();
  try {
    const [port = 0] = await freePorts(1);
    const first = await start(home.path, port);
    const again = [await start(home.path, port), await start(home.path, port), await start(home.path, port)];
    return [
      atMost('second npm start to first page', 's', 5, percentile(again, 0.5) / 1000, `of ${again.map((ms) => (ms / 1000).toFixed(1)).join(', ')} s`),
      atMost('  first start of a new home, built already', 's', null, first / 1000, 'initdb, migrations, demonstration'),
    ];
  } finally {
    home.remove();
  }
}
