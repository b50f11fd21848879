import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { messageOf } from '@trainyard/domain';
import { AppModule } from './app.module.ts';
import { readConfig } from './config.ts';
import { NestLogger, pinoLogger } from './platform/logger.ts';
import { Seeding } from './seed/seeding.ts';

/**
 * Makes the demonstration workspace: `seed` before the api starts; `seed --first-run` once a runner is up, to queue the
 * demonstration run when it has looked at the dataset. Both change nothing when repeated.
 */
const FIRST_RUN_WAIT_MS = 120_000;

try {
  // A few kilobytes that the operator asks for: a start must not fail over them where files of people are refused.
  const config = { ...readConfig(), diskReserveBytes: 0 };
  const app = await NestFactory.createApplicationContext(AppModule.with(config), { logger: new NestLogger(pinoLogger('warn', 'seed')), abortOnError: false });
  try {
    const seeding = new Seeding(app);
    if (!(await seeding.mayBegin())) {
      process.stdout.write('the database has an organisation of its own: nothing was seeded\n');
    } else if (process.argv.includes('--first-run')) {
      if (await seeding.firstRun(FIRST_RUN_WAIT_MS)) process.stdout.write('the demonstration run is queued\n');
      else throw new Error('No runner looked at the demonstration dataset in time: the demonstration run was not queued.');
    } else {
      const made = await seeding.workspace();
      process.stdout.write(
        `made ${Object.entries(made)
          .map(([what, count]) => `${count} ${what}`)
          .join(', ')}\n`,
      );
    }
  } finally {
    await app.close();
  }
} catch (error) {
  process.stderr.write(`trainyard seed: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
