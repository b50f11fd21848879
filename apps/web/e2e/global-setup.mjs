import { startTrainyard } from '../../../infra/local/trainyard.ts';
import { temporaryHome } from '../../../infra/test/temporary-home.ts';
import { setUp } from '../../../infra/test/workspace.ts';
import end from './global-teardown.mjs';

/**
 * Once per `jest`: starts one Trainyard, as npm start does, with one account and nothing else. Each file has projects and people of
 * its own in it. Plain JavaScript, because Jest would compile TypeScript here to CommonJS.
 */
export default async function start() {
  const home = temporaryHome();
  globalThis.trainyardOnStage = { home };
  try {
    const trainyard = await startTrainyard({ home: home.path, port: 0, host: '127.0.0.1', empty: true, volatile: true });
    globalThis.trainyardOnStage.trainyard = trainyard;
    await trainyard.everythingReady;
    await setUp(trainyard.url);
    process.env.TRAINYARD_E2E_URL = trainyard.url;
  } catch (error) {
    await end();
    throw error;
  }
}
