import { fork, spawn } from 'node:child_process';
import { join } from 'node:path';
import type { DatasetSummary, EngineReport, RunResult, Template } from '@trainyard/domain';
import type { ChildJob } from '../apps/ml-runner/src/job/child-job.ts';
import { ROOT } from '../infra/local/build.ts';

const CHILD = join(ROOT, 'apps/ml-runner/src/child.ts');

export type Answer =
  | { type: 'PROBED'; report: EngineReport }
  | { type: 'INSPECTED'; summary: DatasetSummary }
  | { type: 'DONE'; result: RunResult }
  | { type: 'FAILED'; code: string; message: string }
  | { type: 'PROGRESS'; progress: { phase: string } }
  | { type: 'ENVIRONMENT' | 'RESUMED' | 'METRICS' | 'LOG' | 'CHECKPOINT' | 'ARTIFACT' };

interface Options {
  /** A command that starts the child, such as one that pins it to a core. */
  under?: readonly string[];
  onMessage?: (message: Answer, pid: number) => void;
}

/** Gives a training child of the runner one job and answers its last message. */
export async function ask(job: ChildJob, { under = [], onMessage }: Options = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const [command, ...before] = under;
    const child =
      command === undefined
        ? fork(CHILD, { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json' })
        : spawn(command, [...before, process.execPath, CHILD], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'json' });
    child.on('message', (message) => {
      const answer = message as Answer;
      onMessage?.(answer, child.pid ?? 0);
      if (['PROBED', 'INSPECTED', 'DONE', 'FAILED'].includes(answer.type)) resolve(answer);
    });
    child.once('error', reject);
    child.once('exit', (code, signal) => reject(new Error(`the child ended (${signal ?? code ?? 'unknown'}) without an answer`)));
    child.send(job);
  });
}

/** The nets over images. */
export const IMAGE_NETS: { template: Template; name: string }[] = [
  { template: 'MLP_784_128_10', name: 'MLP 784-128-10' },
  { template: 'MLP_784_64_64_10', name: 'MLP 784-64-64-10' },
  { template: 'CNN_28X28', name: 'convolutional net' },
];
