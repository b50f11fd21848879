#!/usr/bin/env node
import { answerHelp, ensureInstalled, runPinned } from '../local/install.mjs';

answerHelp(`npm run look -- [--only WORD]...

Starts the demonstration in a temporary home, opens every screen in both languages at five widths, in both themes, slow, without a server, as a viewer, at
200 % and in forced colours, with menus and dialogs open, and writes look-results/index.html with all pictures. --only takes what has the WORD in its name,
such as --only board, --only zh, --only 390; several must all be in it.`);
ensureInstalled();
await runPinned('infra/look/look.ts');
