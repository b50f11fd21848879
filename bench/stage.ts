import { withClient } from '../infra/local/connection.ts';
import { startTrainyard, type Trainyard } from '../infra/local/trainyard.ts';
import { ApiClient } from '../infra/test/api-client.ts';
import { temporaryHome } from '../infra/test/temporary-home.ts';
import { waitFor } from '../infra/test/wait-for.ts';
import { hasChildren } from './machine.ts';

/** A Trainyard for benches only, as `npm start` makes one: a real disk, fsync on. Started when first asked for. */
export class BenchStage {
  private starting: Promise<Trainyard> | null = null;
  private home: { path: string; remove: () => void } | null = null;

  trainyard(): Promise<Trainyard> {
    this.starting ??= this.start();
    return this.starting;
  }

  private async start(): Promise<Trainyard> {
    this.home = temporaryHome();
    const trainyard = await startTrainyard({ home: this.home.path, port: 0, host: '127.0.0.1', empty: false });
    await trainyard.everythingReady;
    await quiet(trainyard);
    return trainyard;
  }

  async owner(): Promise<ApiClient> {
    const trainyard = await this.trainyard();
    if (trainyard.signIn === null) throw new Error('The bench needs the demonstration workspace');
    return ApiClient.signIn(trainyard.url, trainyard.signIn.email, trainyard.signIn.password);
  }

  async close(): Promise<void> {
    if (this.starting !== null) await (await this.starting.catch(() => null))?.stop();
    this.home?.remove();
  }
}

/** Waits until nothing computes that would be measured along: the demonstration run is over, and the runner has tested its engines. */
async function quiet({ databaseUrl, supervisor }: Trainyard): Promise<void> {
  await withClient(databaseUrl, async (client) => {
    await waitFor(
      'the end of the demonstration run and of the tests of engines',
      async () => {
        const { rows } = await client.query<{ over: boolean | null }>('SELECT bool_and(ended_at IS NOT NULL) AS over FROM run');
        return rows[0]?.over === true && !hasChildren(supervisor.pid('runner') ?? 0);
      },
      300_000,
      500,
    );
  });
}
