#!/usr/bin/env node
import { answerHelp, ensureInstalled, runPinned } from '../local/install.mjs';

answerHelp(`npm run guide -- [PICTURE]...

Starts the demonstration in a temporary home and writes the pictures of docs/guide, all of them or those named, such as board.`);
ensureInstalled();
await runPinned('infra/look/guide.ts');
