import { seedBoard } from './board-data.ts';
import { measureBoard } from './browser/board.ts';
import type { Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

/** The board in a real Chromium: 5,000 cards in 6 columns. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  if (trainyard.signIn === null) throw new Error('The bench needs the demonstration workspace');
  const board = await seedBoard(await stage.owner(), trainyard.databaseUrl, 'BBR', 5000, 6);
  return measureBoard({ baseUrl: trainyard.url, ...trainyard.signIn, projectKey: 'BBR', boardId: board.boardId });
}
