import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { until } from '../../test/until.ts';
import { FolderInUse, instanceOf, lockFolder, temporaryFolder } from './runner-folder.ts';

let dir: string;
let other: ChildProcess | null = null;
beforeEach(() => {
  dir = path.join(mkdtempSync(path.join(os.tmpdir(), 'trainyard-folder-')), 'runner');
});
afterEach(() => {
  other?.kill('SIGKILL');
  other = null;
  rmSync(path.dirname(dir), { recursive: true, force: true });
});

/** A living process with these words on its command line, by its number. */
async function living(...words: string[]): Promise<number> {
  other = spawn(process.execPath, ['-e', "process.stdout.write('up'); setInterval(() => 0, 1000)", ...words], { stdio: ['ignore', 'pipe', 'ignore'] });
  let up = false;
  other.stdout?.once('data', () => (up = true));
  await until('it lives', () => up);
  return other.pid!;
}
/** What a runner wrote that lives and has the folder. */
async function lockedByAnother(...words: string[]): Promise<string> {
  const pid = await living(...words);
  const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  const { dev, ino } = statSync(dir, { bigint: true });
  const began = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[21];
  const text = JSON.stringify({ pid, began, boot, folder: `${dev}:${ino}` });
  writeFileSync(lock(), text);
  return text;
}
const lock = (): string => path.join(dir, 'runner.pid');

describe("a runner's folder", () => {
  it("is this process's alone, its temporary work emptied, until it is released", async () => {
    const release = await lockFolder(dir);
    expect(JSON.parse(readFileSync(lock(), 'utf8'))).toMatchObject({ pid: process.pid });
    expect(statSync(dir).mode & 0o077).toBe(0);
    writeFileSync(path.join(temporaryFolder(dir), 'left'), '');
    await release();
    expect(existsSync(lock())).toBe(false);
    await (
      await lockFolder(dir)
    )();
    expect(readdirSync(temporaryFolder(dir))).toEqual([]);
  });

  it('is not shared with a living runner, also where it was moved under it; a copy of it is free', async () => {
    await (
      await lockFolder(dir)
    )();
    const taken = await lockedByAnother();
    const { pid } = JSON.parse(taken) as { pid: number };
    await expect(lockFolder(dir)).rejects.toThrow(FolderInUse);
    const moved = `${dir} moved`;
    renameSync(dir, moved);
    await expect(lockFolder(moved)).rejects.toThrow(`process ${pid}`);
    cpSync(moved, dir, { recursive: true });
    expect(readFileSync(lock(), 'utf8')).toBe(taken);
    await (
      await lockFolder(dir)
    )();
    await expect(lockFolder(moved)).rejects.toThrow(FolderInUse);
    rmSync(moved, { recursive: true });
  });

  it('is taken from one whose number belongs to another runner now', async () => {
    await (
      await lockFolder(dir)
    )();
    const taken = JSON.parse(await lockedByAnother('apps/ml-runner/src/main.ts')) as object;
    writeFileSync(lock(), JSON.stringify({ ...taken, began: '1' }));
    await (
      await lockFolder(dir)
    )();
    expect(existsSync(lock())).toBe(false);
  });

  it('is not shared with a living runner of an earlier version, which wrote its number alone', async () => {
    await (
      await lockFolder(dir)
    )();
    const pid = await living('apps/ml-runner/src/main.ts');
    writeFileSync(lock(), String(pid));
    await expect(lockFolder(dir)).rejects.toThrow(FolderInUse);
    await expect(lockFolder(dir)).rejects.toThrow(`process ${pid}`);
    expect(readFileSync(lock(), 'utf8')).toBe(String(pid));
  });

  it.each([
    ['a number that now belongs to another program', () => living('somebody else')],
    ['a number that belongs to nobody', () => 2 ** 22 + 1],
    ['no number', () => 'torn'],
    ['all processes', () => -1],
  ])('is taken from one that left %s', async (_, left) => {
    await (
      await lockFolder(dir)
    )();
    writeFileSync(lock(), String(await left()));
    await (
      await lockFolder(dir)
    )();
    expect(existsSync(lock())).toBe(false);
  });
});

describe('who works in a folder', () => {
  it('is the same from start to start, also where it was moved, and another one in a copy', async () => {
    mkdirSync(dir, { recursive: true });
    const first = await instanceOf(dir);
    expect(first).toMatch(/^[0-9a-f-]{36}$/);
    expect(await instanceOf(dir)).toBe(first);
    const moved = `${dir} moved`;
    renameSync(dir, moved);
    expect(await instanceOf(moved)).toBe(first);
    cpSync(moved, dir, { recursive: true });
    const copy = await instanceOf(dir);
    expect(copy).toMatch(/^[0-9a-f-]{36}$/);
    expect(copy).not.toBe(first);
    expect([await instanceOf(dir), await instanceOf(moved)]).toEqual([copy, first]);
  });

  it('stays who it was under an earlier version, which named no folder; a torn file is made anew', async () => {
    mkdirSync(dir, { recursive: true });
    const known = '3b424f82-7131-4c97-ac93-43f08bdd9563';
    const file = path.join(dir, 'instance');
    writeFileSync(file, known);
    expect(await instanceOf(dir)).toBe(known);
    cpSync(dir, `${dir} copy`, { recursive: true });
    expect(await instanceOf(`${dir} copy`)).not.toBe(known);
    writeFileSync(file, known.slice(0, 20));
    expect(await instanceOf(dir)).toMatch(/^[0-9a-f-]{36}$/);
  });
});
