// Plain JavaScript for Node 20.19 or newer without node_modules: everything else may use the pinned Node and TypeScript.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
/** What a command ends with that was interrupted. */
const INTERRUPTED = 130;
/** The Node the lock file pins: the same for everybody, whatever the machine has. */
const PINNED_NODE = join(ROOT, 'node_modules/node/bin/node');
const WITH_TYPES = 24;

function requireNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  process.stderr.write(`Trainyard needs Node 20.19 or newer to begin; this is ${process.versions.node}. Get one from https://nodejs.org.\n`);
  process.exit(1);
}

/** Every package the lock file names is there in that version; optional ones (other platforms' programs) may be absent. */
export function isInstalled() {
  try {
    const wanted = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')).packages;
    const there = JSON.parse(readFileSync(join(ROOT, 'node_modules/.package-lock.json'), 'utf8')).packages;
    return (
      existsSync(PINNED_NODE) &&
      Object.entries(wanted).every(([path, entry]) => {
        if (!path.includes('node_modules/') || entry.link) return true;
        if (there[path] === undefined) return Boolean(entry.optional || entry.devOptional || entry.peer);
        return there[path].version === entry.version;
      })
    );
  } catch {
    return false;
  }
}

/** Training engines that a person installed on this machine alone: `npm ci` would leave them out. */
function ownEngines() {
  const { peerDependencies } = JSON.parse(readFileSync(join(ROOT, 'apps/ml-runner/package.json'), 'utf8'));
  return Object.entries(peerDependencies)
    .filter(([name]) => existsSync(join(ROOT, 'node_modules', name)))
    .map(([name, version]) => `${name}@${version}`);
}

/**
 * What npm says goes to standard error, as all that is said here: on standard output there may be a backup.
 * @param {string[]} args
 */
const npm = (...args) =>
  spawnSync('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd: ROOT, stdio: ['inherit', 2, 2], shell: process.platform === 'win32' });

/** Installs by the lock file when something is missing or of another version. Ends the process when that fails. */
export function ensureInstalled() {
  requireNode();
  if (isInstalled()) return;
  process.stderr.write('Installing the packages of package-lock.json (once, a minute or so) ...\n');
  const began = Date.now();
  const engines = ownEngines();
  const ci = npm('ci');
  if (ci.status !== 0 || !isInstalled()) {
    const why = ci.error ? ci.error.message : `exit code ${ci.status}`;
    process.stderr.write(`Installing failed (npm ci: ${why}). Mend what npm names above and start again.\n`);
    process.exit(1);
  }
  if (engines.length > 0 && npm('install', '--no-save', ...engines).status !== 0) {
    process.stderr.write(
      `This machine's own training engines could not be installed again: runs that ask for them will wait. Try: npm install --no-save ${engines.join(' ')}\n`,
    );
  }
  process.stderr.write(`Installed in ${((Date.now() - began) / 1000).toFixed(0)} s.\n`);
}

/**
 * npm passes SIGTERM to the shell it started, and that dies without passing it on: a changed parent is the only sign of it.
 * Only below npm: whoever starts us without it may well leave us running alone.
 * @param {() => void} stop
 */
function whenNpmIsGone(stop) {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    stop();
  }, 500);
  watch.unref();
}

/**
 * Runs a TypeScript program of this repository: in this process when it is new enough, else under the pinned Node, which is told
 * of signals and of our end, and whose exit code becomes ours.
 * @param {string} program path from the repository root
 */
export async function runPinned(program) {
  const path = join(ROOT, program);
  const major = Number(process.versions.node.split('.')[0]);
  if (major === WITH_TYPES) {
    process.argv[1] = path;
    whenNpmIsGone(() => process.kill(process.pid, 'SIGTERM'));
    await import(path);
    return;
  }
  const child = spawn(PINNED_NODE, [path, ...process.argv.slice(2)], { stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  whenNpmIsGone(() => child.kill('SIGTERM'));
  child.once('error', (error) => {
    process.stderr.write(`The pinned Node (${PINNED_NODE}) does not start: ${error.message}. Remove node_modules and start again.\n`);
    process.exit(1);
  });
  child.once('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' || signal === 'SIGHUP' ? INTERRUPTED : 1)));
}

/**
 * Answers --help, before anything is installed or started for it.
 * @param {string} help
 */
export function answerHelp(help) {
  if (!process.argv.includes('--help')) return;
  process.stdout.write(`${help}\n`);
  process.exit(0);
}
