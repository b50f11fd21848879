import { messageOf } from '@trainyard/domain';
import { readFileSync } from 'node:fs';
import { pino } from 'pino';
import { ConfigError, readConfig, type RunnerConfig } from './config.ts';
import { HealthServer } from './monitor/health.ts';
import { RunnerMetrics } from './monitor/metrics.ts';
import { FolderInUse, instanceOf, lockFolder } from './machine/runner-folder.ts';
import { Runner } from './runner.ts';
import { hasCode } from './machine/system-error.ts';

/** A supervisor that saw this exit code should not simply start the runner again: a person has to change something. */
const EXIT_CONFIG = 78;
/** Longest graceful end, in milliseconds. */
const END_MS = 4_900;

function configOrExit(): RunnerConfig {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}

const config = configOrExit();
const log = pino({ level: config.logLevel, base: { process: 'ml-runner', runner: config.name }, timestamp: pino.stdTimeFunctions.isoTime });
const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string };

async function lockOrExit(): Promise<() => Promise<void>> {
  try {
    return await lockFolder(config.dir);
  } catch (error) {
    const reason = error instanceof FolderInUse ? error.message : `TRAINYARD_RUNNER_DIR cannot be used: ${messageOf(error)}`;
    process.stderr.write(`${reason}\n`);
    process.exit(EXIT_CONFIG);
  }
}

const unlock = await lockOrExit();
const metrics = new RunnerMetrics();
metrics.collectProcess();
const runner = new Runner({ config, version, instance: await instanceOf(config.dir), log, metrics });
const server = new HealthServer(() => runner.health(), metrics);

let ending = false;
async function end(signal: string): Promise<void> {
  if (ending) return;
  ending = true;
  log.info({ signal }, 'Ending');
  setTimeout(() => process.exit(0), END_MS).unref();
  await runner.stop();
  server.close();
  await unlock();
  log.info('Ended');
  process.exit(0);
}
process.on('SIGTERM', () => void end('SIGTERM'));
process.on('SIGINT', () => void end('SIGINT'));

try {
  const port = await server.listen(config.port);
  log.info({ port, url: `http://127.0.0.1:${port}/health`, api: config.apiUrl, dir: config.dir }, 'Runner started');
  await runner.start();
  log.info('Taking work');
} catch (error) {
  if (!ending) {
    log.fatal({ err: error }, hasCode(error, 'EADDRINUSE') ? `Port ${config.port} is taken: change TRAINYARD_RUNNER_PORT.` : 'The runner could not start');
    await unlock();
    process.exit(1);
  }
}
