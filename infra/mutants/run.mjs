#!/usr/bin/env node
import { ensureInstalled, runPinned } from '../local/install.mjs';

ensureInstalled();
await runPinned('infra/mutants/mutants.ts');
