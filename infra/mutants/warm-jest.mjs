import { runCLI } from 'jest';

/**
 * Runs the specs it is told to, again and again: a Jest that is started for each of hundreds of changes takes longer to start
 * than most specs take. File by file, because Jest ends its process where it is told to stop at a failure. Plain JavaScript,
 * because it runs under Jest's own flags.
 */
async function perform({ runs, options }) {
  globalThis.trainyardGeneration = (globalThis.trainyardGeneration ?? 0) + 1;
  try {
    for (const run of runs) {
      const { results } = await runCLI({ $0: '', ...options, ...run }, [process.cwd()]);
      if (!results.success) break;
    }
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  }
  process.send('done');
}
process.on('message', (asked) => void perform(asked));
process.on('disconnect', () => process.exit());
