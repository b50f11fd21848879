import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { identify, isAlive, type ProcessIdentity } from './process-identity.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';
import { writeAtomically } from './supervisor.ts';

/** What a home folder remembers between starts. */
export interface HomeState {
  /** The demonstration workspace was made, or declined by --empty. */
  seeded: boolean;
  /** The workspace was made, but its run waits for a first runner. */
  firstRunDue: boolean;
  /** Digest of the code whose migrations were last applied to the embedded database. */
  migratedBy: string | null;
}

interface Secrets {
  runnerToken: string;
  ownerPassword: string;
  queuePassword: string;
}

/** The folder that holds everything a local Trainyard keeps: data, secrets, logs. */
export class Home {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes the folder where needed and takes it for this process; refuses when another start has it. */
  static open(path: string): Home {
    try {
      // PostgreSQL runs as another user when we are root and must be able to enter; each secret file is 0600 by itself.
      mkdirSync(path, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 });
      const home = new Home(path);
      home.lock();
      for (const folder of ['blobs', 'runner', 'datasets', 'logs']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
      return home;
    } catch (error) {
      if (error instanceof StartError) throw error;
      throw explainPlace(error, path) ?? error;
    }
  }

  private get lockFile(): string {
    return join(this.path, 'start.lock');
  }

  private lock(): void {
    const mine = `${this.lockFile}.${process.pid}`;
    writeFileSync(mine, JSON.stringify({ ...identify(process.pid), url: '' }), { mode: 0o600 });
    try {
      for (let tries = 0; tries < 3; tries++) {
        try {
          // A link is made by one process only.
          linkSync(mine, this.lockFile);
          return;
        } catch (error) {
          if (codeOf(error) !== 'EEXIST') throw error;
        }
        const holder = this.holder();
        if (holder !== null && isAlive(holder)) {
          const where = holder.url === '' ? 'and is still starting' : `at ${holder.url}`;
          throw new StartError(`Trainyard already runs in ${this.path} ${where} (process ${holder.pid}): use that one, stop it, or set TRAINYARD_HOME to another folder.`);
        }
        rmSync(this.lockFile, { force: true });
      }
      throw new StartError(`Another start is taking ${this.path} at this moment: try again.`);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  private holder(): (ProcessIdentity & { url: string }) | null {
    try {
      return JSON.parse(readFileSync(this.lockFile, 'utf8')) as ProcessIdentity & { url: string };
    } catch {
      return null;
    }
  }

  /** Lets a second start say where this one is. */
  announce(url: string): void {
    writeAtomically(this.lockFile, JSON.stringify({ ...identify(process.pid), url }));
  }

  release(): void {
    rmSync(this.lockFile, { force: true });
  }

  get state(): HomeState {
    return { seeded: false, firstRunDue: false, migratedBy: null, ...(this.read('state.json') as Partial<HomeState> | null) };
  }

  remember(changes: Partial<HomeState>): void {
    writeAtomically(join(this.path, 'state.json'), JSON.stringify({ ...this.state, ...changes }));
  }

  /** Made on first use; only the owner of the folder can read them. */
  secrets(): Secrets {
    const known = this.read('secrets.json') as Secrets | null;
    if (known !== null) return known;
    const secret = (): string => randomBytes(24).toString('base64url');
    const made = { runnerToken: secret(), ownerPassword: secret(), queuePassword: secret() };
    writeAtomically(join(this.path, 'secrets.json'), JSON.stringify(made));
    return made;
  }

  private read(name: string): unknown {
    try {
      return JSON.parse(readFileSync(join(this.path, name), 'utf8'));
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return null;
      throw error;
    }
  }
}
