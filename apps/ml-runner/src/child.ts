import { enableCompileCache } from 'node:module';
import { setTimeout as delay } from 'node:timers/promises';
import type { InspectedTable } from '@trainyard/domain';
import type { ChildJob, ChildMessage } from './job/child-job.ts';
import { saysOutOfMemory } from './machine/system-error.ts';

/**
 * A short-lived process for one job: training, inspecting a dataset, or probing an engine. It gets the job as its first message and
 * answers with messages; it sees no network, no database and no token. It ends with its parent.
 */

// Compiling the same modules anew is most of what a child does before its first step.
enableCompileCache();

/** Longest wait for the last messages to leave, in milliseconds. */
const FLUSH_MS = 10_000;
/** A person looks at how far it is: more often than this nobody sees. */
const SHARE_MS = 1_000;

async function answer(message: ChildMessage): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send) process.send(message, () => resolve());
    else resolve();
  });
}

function send(message: ChildMessage): void {
  process.send?.(message, () => undefined);
}

/** Passes on at most one value each SHARE_MS. */
function seldom(tell: (share: number) => void): (share: number) => void {
  let next = 0;
  return (share) => {
    const now = performance.now();
    if (now < next) return;
    next = now + SHARE_MS;
    tell(share);
  };
}

/** Modules are loaded per job: inspecting a table needs no tensors. */
async function work(job: ChildJob): Promise<ChildMessage> {
  switch (job.kind) {
    case 'TRAIN': {
      const [{ train }, { TrainingFailure }] = await Promise.all([import('./trainers/train.ts'), import('./trainers/training-failure.ts')]);
      try {
        return { type: 'DONE', result: await train(job.job, send) };
      } catch (error) {
        if (error instanceof TrainingFailure)
          return { type: 'FAILED', code: error.code, message: error.message, ...(error.params && { params: error.params }) };
        if (error instanceof Error && saysOutOfMemory(error.message))
          return { type: 'FAILED', code: 'OUT_OF_MEMORY', message: `Training needs more memory than it may have: ${error.message}` };
        throw error;
      }
    }
    case 'INSPECT': {
      const [{ inspectDataset }, { DatasetError }] = await Promise.all([import('./datasets/inspect-dataset.ts'), import('./datasets/dataset-error.ts')]);
      let table: InspectedTable | null = null;
      try {
        const summary = await inspectDataset(
          job.dataset,
          (told) => (table = told),
          seldom((share) => send({ type: 'READ', share })),
        );
        return { type: 'INSPECTED', summary, table };
      } catch (error) {
        if (error instanceof DatasetError) return { type: 'REFUSED', code: error.code, params: error.params, table };
        throw error;
      }
    }
    case 'PROBE': {
      const { probeEngine } = await import('./engines/probe-engine.ts');
      return { type: 'PROBED', report: await probeEngine(job.engine) };
    }
  }
}

process.once('disconnect', () => process.exit(1));
process.once('message', (job) => {
  void work(job as ChildJob).then(
    async (last) => {
      await Promise.race([answer(last), delay(FLUSH_MS, undefined, { ref: false })]);
      process.exit(last.type === 'FAILED' ? 1 : 0);
    },
    (error: unknown) => {
      // The parent reads the last lines of standard error to say why a child crashed.
      process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`, () => process.exit(70));
    },
  );
});
