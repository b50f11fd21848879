#!/usr/bin/env node
// A runner on a machine of its own: what it needs to know stands in its environment (see the page Runners).
import { ensureInstalled, runPinned } from './install.mjs';

ensureInstalled();
await runPinned('apps/ml-runner/src/main.ts');
