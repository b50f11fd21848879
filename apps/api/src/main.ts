import 'reflect-metadata';
import { messageOf } from '@trainyard/domain';
import { createApp } from './app.ts';
import { readConfig } from './config.ts';
import { RunnerCredentials } from './runner/credential.service.ts';
import { LeaseWatchNotes } from './runner/lease-watch.service.ts';

/** The api process: GraphQL, subscriptions, uploads, the runner protocol, and the web app's files. */
try {
  const config = readConfig();
  const app = await createApp(config);
  // Before anybody can ask: they sign in as soon as the api is up.
  await app.get(RunnerCredentials).admit(config.ownRunners);
  await app.listen(config.port, config.host);
  app.get(LeaseWatchNotes).start();
} catch (error) {
  process.stderr.write(`trainyard api: ${messageOf(error)}\n`);
  process.exit(1);
}
