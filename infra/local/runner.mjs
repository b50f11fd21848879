#!/usr/bin/env node
// A runner on a machine of its own: what it needs to know stands in its environment (see the page Runners).
import { answerHelp, ensureInstalled, runPinned } from './install.mjs';

answerHelp(`npm run runner

A runner on another machine than the one of npm start. The page Runners makes its token and says the first four.

  TRAINYARD_API_URL               where the api is reached from here
  TRAINYARD_RUNNER_TOKEN          its token
  TRAINYARD_QUEUE_URL             the way to the queue's database from here
  TRAINYARD_RUNNER_DIR            its folder, absolute: what it keeps between two starts
  TRAINYARD_DATASET_PATHS         folders, ":" between, that hold the datasets registered by path

  TRAINYARD_RUNNER_NAME, _CONCURRENCY, _PORT, _MEMORY_MIB, _WALL_SECONDS, _SPOOL_MIB, _CACHE_MIB
                                  as npm start -- --help explains them`);
ensureInstalled();
await runPinned('apps/ml-runner/src/main.ts');
