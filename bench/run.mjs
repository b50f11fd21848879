#!/usr/bin/env node
import { ensureInstalled, runPinned } from '../infra/local/install.mjs';

ensureInstalled();
await runPinned('bench/main.ts');
