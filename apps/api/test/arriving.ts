import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { until } from './runs.ts';
import type { TestTrainyard } from './trainyard.ts';

/** Waits until so many files are on their way in: any, where nothing is said. */
export const untilArriving = ({ config }: TestTrainyard, wanted = (files: number): boolean => files > 0): Promise<unknown> =>
  until(
    () => readdir(join(config.dataDir, 'blobs', 'incoming')).catch((): string[] => []),
    ({ length }) => wanted(length),
  );

/** Bytes that come in two pieces, between which something happens. */
export const inTwo = (trainyard: TestTrainyard, bytes: Buffer, between: () => Promise<unknown>): ReadableStream =>
  ReadableStream.from(
    (async function* () {
      yield bytes.subarray(0, bytes.length / 2);
      await untilArriving(trainyard);
      await between();
      yield bytes.subarray(bytes.length / 2);
    })(),
  );
