#!/usr/bin/env node
import { ensureInstalled, runPinned } from '../local/install.mjs';

ensureInstalled();
await runPinned('infra/test/run-all.ts');
