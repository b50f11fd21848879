#!/usr/bin/env node
import { answerHelp, ensureInstalled, runPinned } from '../infra/local/install.mjs';

answerHelp(`npm run bench -- [open] [move] [events] [ingest] [junit] [memory] [queue] [engines] [keras] [browser] [start]

Measures all, or what is named, prints a table against the targets and writes bench-results/.`);
ensureInstalled();
await runPinned('bench/main.ts');
