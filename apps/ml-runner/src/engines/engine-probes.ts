import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import type { Logger } from 'pino';
import { ENGINE_PACKAGES, ENGINES, LAYER_KINDS, messageOf, type Engine, type EngineReport } from '@trainyard/domain';
import { failureOfExit } from '../executors/failure-of-exit.ts';
import { LIBRARY_SETTINGS, LocalProcess } from '../executors/local-process.ts';
import { temporaryFolder } from '../machine/runner-folder.ts';
import { unavailable } from './engine.ts';

/** For a person to read on the engines page, in characters. */
const MAX_REASON = 2_000;
const PROBE_LIMITS = { memoryMiB: 4096, wallSeconds: 60 };
/** Results older than this are used at start and renewed meanwhile, in milliseconds. */
const FRESH_MS = 24 * 3600 * 1000;
const PACKAGES = [
  '@tensorflow/tfjs-core',
  '@tensorflow/tfjs-layers',
  '@tensorflow/tfjs-backend-cpu',
  '@tensorflow/tfjs-backend-wasm',
  '@tensorflow/tfjs-backend-webgpu',
  ...Object.values(ENGINE_PACKAGES),
  'webgpu',
];

interface Stored {
  key: string;
  at: number;
  reports: EngineReport[];
}

interface ProbesDependencies {
  dir: string;
  childPath: string;
  log: Logger;
  onChange: () => void;
}

/**
 * Which engines train correctly on this machine. Each is probed in a child of its own, because a native backend that
 * crashes must not take the runner with it. Results are kept on disk for the same packages, host and drivers.
 */
export class EngineProbes {
  reports: EngineReport[] = ENGINES.map((engine) => unavailable(engine, 'It is being tested on this machine; this takes a few seconds after the first start.'));
  /** Resolves when the results of an earlier start are read, if there are any. */
  readonly loaded: Promise<void>;
  /** Resolves when an engine can train everything, or all are tested. */
  readonly ready: Promise<void>;
  /** `reports` are results, not the wait for them. */
  tested = false;
  private readonly deps: ProbesDependencies;
  private current: LocalProcess | null = null;
  private stopped = false;

  constructor(deps: ProbesDependencies) {
    this.deps = deps;
    const file = path.join(deps.dir, 'engines.json');
    const stored = this.load(file);
    this.loaded = stored.then(() => undefined);
    this.ready = stored.then(async ({ key, at }) => {
      if (at === null) await new Promise<void>((usable) => void this.probeAll(file, key, usable));
      else if (Date.now() - at > FRESH_MS) void this.probeAll(file, key, () => undefined);
    });
  }

  stop(): void {
    this.stopped = true;
    this.current?.stop('FENCED');
  }

  private async load(file: string): Promise<{ key: string; at: number | null }> {
    const key = await machineKey(this.deps.childPath);
    const stored = await readFile(file, 'utf8')
      .then((text) => JSON.parse(text) as Stored)
      .catch(() => null);
    if (stored?.key !== key) return { key, at: null };
    this.reports = stored.reports;
    this.tested = true;
    return { key, at: stored.at };
  }

  private async probeAll(file: string, key: string, onUsable: () => void): Promise<void> {
    const first = !this.tested;
    const reports: EngineReport[] = [];
    // One after the other: side by side they would measure each other's load. The fastest come first (see ENGINES).
    for (const engine of ENGINES) {
      if (this.stopped) return;
      const started = performance.now();
      const report = await this.probe(engine);
      reports.push(report);
      const { available, reason, device, samplesPerSecond } = report;
      this.deps.log.info({ engine, available, reason, device, samplesPerSecond, ms: Math.round(performance.now() - started) }, 'Engine probed');
      if (!first) continue;
      this.reports = this.reports.map((known) => (known.engine === engine ? report : known));
      if (!this.tested && available && LAYER_KINDS.every((layer) => report.layers.includes(layer))) {
        this.tested = true;
        onUsable();
      }
    }
    if (this.stopped) return;
    this.reports = reports;
    this.tested = true;
    onUsable();
    this.deps.onChange();
    const stored: Stored = { key, at: Date.now(), reports };
    try {
      await writeFile(`${file}.part`, JSON.stringify(stored));
      await rename(`${file}.part`, file);
    } catch (error) {
      this.deps.log.warn({ file, reason: messageOf(error) }, 'The results cannot be kept: the next start tests again');
    }
  }

  private async probe(engine: Engine): Promise<EngineReport> {
    let workDir: string | null = null;
    let report: EngineReport | null = null;
    try {
      workDir = await mkdtemp(path.join(temporaryFolder(this.deps.dir), 'probe-'));
      this.current = new LocalProcess({
        childPath: this.deps.childPath,
        job: { kind: 'PROBE', engine },
        workDir,
        ...PROBE_LIMITS,
        // Also spares the probe the address-space limit, which a driver may need more of than it uses.
        usesGpu: true,
        onMessage: (message) => {
          if (message.type === 'PROBED') report = message.report;
        },
        onLine: (_, text) => this.deps.log.debug({ engine, text }, 'Probe output'),
      });
      const end = await this.current.ended;
      const answer = report ?? unavailable(engine, `Its test did not end well. ${failureOfExit(end, PROBE_LIMITS).message}`.slice(0, MAX_REASON));
      return answer.available ? answer : withLibraries(answer, missingLibraries(end.stderrTail));
    } catch (error) {
      return unavailable(engine, `It could not be tested: ${messageOf(error)}`);
    } finally {
      this.current = null;
      if (workDir !== null) await rm(workDir, { recursive: true, force: true });
    }
  }
}

/** TensorFlow refuses a GPU without a word to its caller; which CUDA library it lacks it writes to standard error. */
function missingLibraries(stderr: readonly string[]): string[] {
  return [...new Set(stderr.flatMap((line) => /Could not load dynamic library '([^']+)'/.exec(line)?.[1] ?? []))];
}

function withLibraries(report: EngineReport, names: readonly string[]): EngineReport {
  if (names.length === 0) return report;
  const libraries = names.join(', ');
  return { ...report, reason: `${report.reason} It could not load ${libraries}.`, reasonParams: report.reasonParams && { ...report.reasonParams, libraries } };
}

/**
 * Changes with whatever may change the results: packages, Node, host, processor, GPU drivers and devices, libraries that were put
 * where they are looked for, our own engines.
 */
async function machineKey(childPath: string): Promise<string> {
  const require = createRequire(import.meta.url);
  const packages = await Promise.all(
    PACKAGES.map(async (name) => {
      try {
        const file = require.resolve(`${name}/package.json`);
        const { version } = JSON.parse(await readFile(file, 'utf8')) as { version: string };
        // Installed or built anew, the same version may load that did not.
        return `${name}@${version} of ${(await stat(file)).ctimeMs}`;
      } catch {
        return `${name} absent`;
      }
    }),
  );
  const folder = path.join(path.dirname(childPath), 'engines');
  const sources = await readdir(folder).catch((): string[] => []);
  const contents = await Promise.all(sources.sort().map((name) => readFile(path.join(folder, name), 'utf8').catch(() => '')));
  const driver = await readFile('/proc/driver/nvidia/version', 'utf8').catch(() => '');
  const devices = await readdir('/dev/dri').catch((): string[] => []);
  const settings = Object.entries(process.env).filter(([name]) => LIBRARY_SETTINGS.test(name));
  const places = ['/etc/ld.so.cache', ...(process.env['LD_LIBRARY_PATH'] ?? '').split(':')];
  const libraries = await Promise.all(places.map(async (place) => (await stat(place).catch(() => null))?.mtimeMs));
  const facts = [
    process.version,
    os.hostname(),
    os.cpus().length,
    os.cpus()[0]?.model ?? '',
    driver,
    devices,
    settings,
    libraries,
    packages,
    contents,
    childPath,
  ];
  return createHash('sha256').update(JSON.stringify(facts)).digest('hex');
}
