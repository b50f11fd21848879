import { messageOf } from '@trainyard/domain';
import { forgetHistory, verifyHistory } from './flow/verify-history.ts';
import { openDataSource } from './platform/sql/data-source.ts';

/**
 * Says whether what is kept of the past of tickets is what the log tells: `verify-history [--rebuild]`. Ends with 0: it is; 1: it could not be
 * looked at; 2: it is not, and where.
 */
const OTHERWISE = 2;
const say = (text: string): void => void process.stdout.write(`${text}\n`);

try {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('DATABASE_URL must say where the data is.');
  const source = await openDataSource(url, 1);
  try {
    if (process.argv.includes('--rebuild')) {
      await source.transaction((tx) => forgetHistory(tx));
      say('What was kept is forgotten: the worker makes it anew from the log, now or when Trainyard is started.');
    } else {
      // One moment of all tables, while others go on writing.
      const { tickets, spans, unread, difference } = await source.transaction('REPEATABLE READ', (tx) => verifyHistory(tx));
      if (difference) {
        process.exitCode = OTHERWISE;
        say(`The past of ticket ${difference.ticketId} (project ${difference.projectId}) is kept otherwise than the log tells it.`);
        say(`kept: ${difference.kept}\ntold: ${difference.told}`);
        say('npm run verify-history -- --rebuild has it made anew.');
      } else say(`The past of ${tickets} tickets, in ${spans} spans, is kept as the log tells it. Entries that are not read yet: ${unread}.`);
    }
  } finally {
    await source.destroy();
  }
} catch (error) {
  process.stderr.write(`trainyard verify-history: ${messageOf(error)}\n`);
  process.exitCode = 1;
}
