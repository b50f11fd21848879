#!/usr/bin/env node
import { ensureInstalled, runPinned } from '../../../../infra/local/install.mjs';

ensureInstalled();
await runPinned('apps/api/test/fuzz/main.ts');
