import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { PRODUCTS, ROOT } from './build.ts';
import { readable } from './log-line.ts';
import { explainPlace, StartError } from './start-error.ts';

export const SOURCE_MAPS = `--import=${import.meta.resolve('./source-maps.mjs')}`;

/** What `migrate` ends with where the database is newer than the code. */
const NEWER_DATABASE = 3;

/** Runs a program of the api to its end and answers what it printed. */
export async function runProgram(name: 'migrate' | 'seed', env: NodeJS.ProcessEnv, args: string[] = []): Promise<string> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [SOURCE_MAPS, join(ROOT, PRODUCTS.api.out, `${name}.js`), ...args], {
      cwd: ROOT,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let errors = '';
    child.stdout.on('data', (chunk: Buffer) => void (out += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => void (errors += chunk.toString('utf8')));
    child.once('error', fail);
    child.once('close', (code) => {
      const lines = errors.trim().split('\n').map(readable);
      // An uncaught error ends with its stack and Node's version: the line that names it says more.
      const last = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? '';
      if (code === 0) done(out);
      else if (code === NEWER_DATABASE) fail(new StartError(last));
      else fail(explainRefusal(name, last.replace(/^trainyard \w+: /, '') || `exit code ${code ?? 'unknown'}`));
    });
  });
}

/** What the database answered to a program of the api, as a sentence. */
function explainRefusal(step: string, text: string): StartError {
  if (/No space left|could not extend file/.test(text)) return explainPlace(text, 'the database') ?? new StartError(text);
  if (/^(permission denied|must be owner of)/.test(text))
    return new StartError(`The role of DATABASE_URL lacks a right in its database (${text}): grant it, or name the role that owns Trainyard's tables.`);
  return new StartError(text.startsWith('The configuration is not usable') ? text : `The step "${step}" failed: ${text}`);
}
