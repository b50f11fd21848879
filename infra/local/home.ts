import { randomBytes } from 'node:crypto';
import { existsSync, lchownSync, linkSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { readKept, writeAtomically } from './kept.ts';
import { dataDirOf } from './postgres-data.ts';
import { folderIdentity, identify, isAlive, pidSpace, startedWith, type ProcessIdentity } from './process-identity.ts';
import { codeOf, explainPlace, StartError } from './start-error.ts';

/** What a home folder remembers between starts. */
export interface HomeState {
  /** The demonstration workspace was made, or declined by --empty. */
  seeded: boolean;
  /** The workspace was made, but its run waits for a first runner. */
  firstRunDue: boolean;
  /** A restore has begun to fill it, and did not come to its end. */
  restoring: boolean;
}

interface Secrets {
  /** Of homes from before runners had tokens of their own: the one that all share. */
  runnerToken?: string;
  ownerPassword: string;
  queuePassword: string;
}

/** Who has taken the home: written into its lock. Locks of earlier versions name process and url only. */
interface Holder extends ProcessIdentity {
  url: string;
  /** Of the folder that was taken: a copy of the lock in a copy of the home holds nothing. */
  home?: string;
  /** Where `pid` means something. */
  space?: string;
  machine?: string;
}

/** How often a start shows that it lives, and how long nobody hears of it before it is taken for dead. */
const BEAT_MS = 3000;
const SILENCE_MS = 12_000;

/** What root wrote into the home of another user becomes theirs, who could not start it again otherwise. PostgreSQL's data have their own owner. */
function giveToOwner(home: string): void {
  const owner = statSync(home, { throwIfNoEntry: false });
  if (process.getuid?.() !== 0 || owner === undefined || owner.uid === 0) return;
  const give = (folder: string, left: readonly string[]): void => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      if (left.includes(entry.name)) continue;
      const path = join(folder, entry.name);
      if (lstatSync(path).uid === 0) lchownSync(path, owner.uid, owner.gid);
      if (entry.isDirectory()) give(path, []);
    }
  };
  give(home, [basename(dataDirOf(home))]);
}

/** Where a home keeps the keys that seal secrets. */
export const secretsKeyFileOf = (home: string): string => join(home, 'secrets.key');

const secret = (): string => randomBytes(24).toString('base64url');

/** The folder that holds everything a local Trainyard keeps: data, secrets, logs. */
export class Home {
  readonly path: string;
  /** Resolves when the folder was moved away or replaced while this start has it: what is stored by its name from then on lies elsewhere. */
  readonly lost: Promise<void>;
  private lose: () => void = () => undefined;
  private identity = '';
  private beat: NodeJS.Timeout | null = null;

  private constructor(path: string) {
    this.path = path;
    this.lost = new Promise((resolve) => (this.lose = resolve));
  }

  /** Makes the folder where needed and takes it for this process; refuses when another start has it. */
  static async open(path: string): Promise<Home> {
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      const home = new Home(path);
      await home.lock();
      for (const folder of ['blobs', 'runner', 'datasets', 'logs']) mkdirSync(join(path, folder), { recursive: true, mode: 0o700 });
      return home;
    } catch (error) {
      if (error instanceof StartError) throw error;
      if (codeOf(error) === 'ENOENT')
        throw new StartError(
          `${path} cannot be made, for a folder on the way to it leads nowhere: is its disk mounted? Mend that, or set TRAINYARD_HOME to another folder.`,
        );
      throw explainPlace(error, path) ?? error;
    }
  }

  private get lockFile(): string {
    return join(this.path, 'start.lock');
  }

  private mine(url: string): string {
    const holder: Holder = { ...identify(process.pid), url, home: folderIdentity(this.path), space: pidSpace(), machine: hostname() };
    return JSON.stringify(holder);
  }

  /** Whether the folder of this name still is the one that was taken. Moved away or replaced: what stands there now is somebody else's. */
  get isHere(): boolean {
    return folderIdentity(this.path) === this.identity;
  }

  /** Throws where the folder was moved away or replaced: before whatever writes by its name. */
  demandHere(): void {
    if (!this.isHere)
      throw new StartError(
        `${this.path} was moved away or replaced meanwhile: nothing is written to what stands there now. Start it where the data are (TRAINYARD_HOME).`,
      );
  }

  private async lock(): Promise<void> {
    const mine = `${this.lockFile}.${process.pid}`;
    try {
      writeFileSync(mine, this.mine(''), { mode: 0o600 });
    } catch (error) {
      rmSync(mine, { force: true });
      // The file of a moment means nothing to a reader: it is the home that cannot be written to.
      throw explainPlace({ code: codeOf(error) }, this.path) ?? error;
    }
    try {
      for (let tries = 0; tries < 3; tries++) {
        try {
          // A link is made by one process only.
          linkSync(mine, this.lockFile);
          this.identity = folderIdentity(this.path);
          this.beat = setInterval(() => this.showLife(), BEAT_MS);
          this.beat.unref();
          return;
        } catch (error) {
          if (codeOf(error) !== 'EEXIST') throw error;
        }
        const holder = this.holder();
        if (holder !== null && (await this.holds(holder))) {
          const where = holder.url === '' ? 'and is still starting' : `at ${holder.url}`;
          const who =
            holder.space === undefined || holder.space === pidSpace()
              ? `process ${holder.pid}`
              : `on ${holder.machine ?? 'another machine'} or in another container`;
          throw new StartError(`Trainyard already runs in ${this.path} ${where} (${who}): use that one, stop it, or set TRAINYARD_HOME to another folder.`);
        }
        rmSync(this.lockFile, { force: true });
      }
      throw new StartError(`Another start is taking ${this.path} at this moment: try again.`);
    } finally {
      rmSync(mine, { force: true });
    }
  }

  private holder(): Holder | null {
    try {
      return JSON.parse(readFileSync(this.lockFile, 'utf8')) as Holder;
    } catch {
      return null;
    }
  }

  private async holds(holder: Holder): Promise<boolean> {
    if (holder.home !== undefined && holder.home !== folderIdentity(this.path)) return false;
    if (holder.space === undefined || holder.space === pidSpace()) return isAlive(holder) && (holder.home !== undefined || this.isHomeOf(holder.pid));
    // Its processes cannot be seen from here (another container, another machine on the same volume): whether it lives shows in the lock.
    const seen = this.lastBeat();
    const deadline = Math.min(seen, Date.now()) + SILENCE_MS;
    while (Date.now() < deadline) {
      await new Promise((done) => setTimeout(done, 250));
      if (this.lastBeat() !== seen) return true;
    }
    return false;
  }

  /** Whether a start of an earlier version, whose lock does not tell, was told to use this folder. */
  private isHomeOf(pid: number): boolean {
    const said = startedWith(pid);
    const told = (name: string): string | undefined => said.find((one) => one.startsWith(`${name}=`))?.slice(name.length + 1);
    const clone = told('npm_config_local_prefix') ?? told('PWD');
    return clone === undefined || resolve(clone, told('TRAINYARD_HOME') ?? '.trainyard') === this.path;
  }

  private lastBeat(): number {
    return statSync(this.lockFile, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  }

  private showLife(): void {
    try {
      if (!this.isHere) return this.lose();
      utimesSync(this.lockFile, new Date(), new Date());
    } catch {
      // A file system that does not answer at this moment: the next beat shows.
    }
  }

  /** Lets a second start say where this one is. */
  announce(url: string): void {
    this.write(this.lockFile, this.mine(url));
  }

  private write(file: string, text: string): void {
    this.demandHere();
    writeAtomically(file, text);
  }

  /** Lets go of the folder. One that was moved away, which `note` is told, keeps the lock, and the next start there takes it over. */
  release(note: (text: string) => void = () => undefined): void {
    if (this.beat !== null) clearInterval(this.beat);
    if (!this.isHere)
      return note(`${this.path} is not the folder any more that was used: it was moved away or replaced, and what stands there now was left as it is.`);
    rmSync(this.lockFile, { force: true });
    giveToOwner(this.path);
  }

  get state(): HomeState {
    const known = readKept<Partial<HomeState>>(
      join(this.path, 'state.json'),
      'remove it; the start then asks the database whether the demonstration is there.',
    );
    return { seeded: known?.seeded ?? false, firstRunDue: known?.firstRunDue ?? false, restoring: known?.restoring ?? false };
  }

  remember(changes: Partial<HomeState>): void {
    this.write(join(this.path, 'state.json'), JSON.stringify({ ...this.state, ...changes }));
  }

  /** Made on first use; only the owner of the folder can read them. */
  secrets(): Secrets {
    const known = readKept<Secrets>(join(this.path, 'secrets.json'), 'remove it; new passwords are made.');
    return known ?? this.keep({ ownerPassword: secret(), queuePassword: secret() });
  }

  /** The file of the keys that seal secrets in the database; made on first use. */
  secretsKeyFile(): string {
    const file = secretsKeyFileOf(this.path);
    if (!existsSync(file)) this.write(file, `${randomBytes(32).toString('base64')}\n`);
    return file;
  }

  /** New passwords for the database: a copy of a home must not open what its original's passwords open. */
  renewPasswords(): Secrets {
    return this.keep({ ...this.secrets(), ownerPassword: secret(), queuePassword: secret() });
  }

  private keep(secrets: Secrets): Secrets {
    this.write(join(this.path, 'secrets.json'), JSON.stringify(secrets));
    return secrets;
  }
}
