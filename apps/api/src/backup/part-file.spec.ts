import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { demandFree, intoFile } from './part-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'trainyard-part-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;
const place = () => join(folder, `backup-${++count}`);
const writes = (text: string) => (out: NodeJS.WritableStream) => new Promise<void>((resolve) => void out.end(text, () => resolve()));
const touch = (path: string, secondsAgo: number) => utimesSync(path, new Date(), Date.now() / 1000 - secondsAgo);

it('appears under its name when it is whole, and not at all where that fails', async () => {
  const file = place();
  await intoFile(file, async (out) => {
    await writes('all')(out);
    expect([existsSync(file), existsSync(`${file}.part`)]).toEqual([false, true]);
  });
  expect(readFileSync(file, 'utf8')).toBe('all');
  await expect(demandFree(file)).rejects.toThrow(`${file} is there already: name another file.`);
  const other = place();
  await expect(intoFile(other, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
  expect([other, `${other}.part`].map(existsSync)).toEqual([false, false]);
});

it('takes the place of one that was killed', async () => {
  const file = place();
  writeFileSync(`${file}.part`, 'half of a very long one');
  touch(`${file}.part`, 60);
  await demandFree(file);
  await intoFile(file, writes('whole'));
  expect(readFileSync(file, 'utf8')).toBe('whole');
});

it('is refused while another is written, also by a clock that is ahead, however long that says nothing', async () => {
  const file = place();
  const [begun, until] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const first = intoFile(file, async (out) => {
    begun.resolve();
    await until.promise;
    await writes('first')(out);
  });
  await begun.promise;
  const refused = `${file}.part is being written by another backup: wait for it, or name another file.`;
  await expect(demandFree(file)).rejects.toThrow(refused);
  await expect(intoFile(file, writes('second'))).rejects.toThrow(refused);
  until.resolve();
  await first;
  expect(readFileSync(file, 'utf8')).toBe('first');
  const ahead = place();
  writeFileSync(`${ahead}.part`, '');
  touch(`${ahead}.part`, -3_600);
  const beats = setInterval(() => touch(`${ahead}.part`, -3_600 - Math.random()), 500);
  await expect(demandFree(ahead)).rejects.toThrow('is being written by another backup');
  clearInterval(beats);
});

it('whose part was replaced while it slept, says so and leaves the other alone', async () => {
  const file = place();
  const slept = intoFile(file, async (out) => {
    rmSync(`${file}.part`);
    writeFileSync(`${file}.part`, 'of another');
    await writes('late')(out);
  });
  await expect(slept).rejects.toThrow(`${file}.part was removed or replaced while it was written: no backup was made.`);
  expect([existsSync(file), readFileSync(`${file}.part`, 'utf8')]).toEqual([false, 'of another']);
});
