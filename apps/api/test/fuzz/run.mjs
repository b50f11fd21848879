#!/usr/bin/env node
import { answerHelp, ensureInstalled, runPinned } from '../../../../infra/local/install.mjs';

answerHelp(`npm run fuzz -- [inputs] [seed]

Sends documents, variables, uploads and runner requests that nobody should send, 100,000 unless told, and prints the seed that repeats
them. Ends with 1 when the api answered one of them as it must not.`);
ensureInstalled();
await runPinned('apps/api/test/fuzz/main.ts');
