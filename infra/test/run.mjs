#!/usr/bin/env node
import { answerHelp, ensureInstalled, runPinned } from '../local/install.mjs';

answerHelp(`npm test

Lint, types, unit and integration tests on a PostgreSQL of its own, real training, a real browser; nothing from a cache.
Results: test-results/. Ends with 1 when anything failed.`);
ensureInstalled();
await runPinned('infra/test/run-all.ts');
