#!/usr/bin/env node
import { ensureInstalled, runPinned } from './install.mjs';

ensureInstalled();
await runPinned('infra/local/verify-history.ts');
