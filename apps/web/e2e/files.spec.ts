import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { addPerson, addProject, addTicket, OWNER, type Person } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { axeViolations, shot, Stage } from './stage.ts';

/** Files are dropped onto a ticket by hands; whoever has it open sees them. */
let stage: Stage;
let address: string;
let viewer: Person;
const folder = mkdtempSync(join(tmpdir(), 'trainyard-files-'));
const picture = join(folder, '损失曲线.png');
const notes = join(folder, 'notes.html');

beforeAll(async () => {
  stage = await Stage.open();
  const api = await stage.api();
  const project = await addProject(api, 'FILES');
  const ticket = await addTicket(api, project.columns[0]?.id ?? '', 'With files');
  viewer = await addPerson(api, 'Fay Viewer', 'VIEWER');
  address = `${stage.url}/tickets/${ticket.key}`;
  writeFileSync(picture, Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==', 'base64'));
  writeFileSync(notes, '<!DOCTYPE html><script>document.title = "ran"</script>');
}, 60_000);
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await stage?.close();
}, 60_000);

const link = (page: Page, name: string) => page.getByRole('link', { name, exact: true });
const attach = (page: Page) => page.getByRole('button', { name: 'Attach' });

async function open(who: Person): Promise<Page> {
  const page = await stage.signedIn({ who });
  await page.goto(address);
  await page.getByRole('heading', { name: /^(Files|\d+ files?)$/ }).waitFor();
  return page;
}

/** Drags files from outside the browser onto the title of the ticket, and lets go once `held` has been looked at. */
async function drop(page: Page, files: readonly string[], held: () => Promise<void>): Promise<void> {
  const box = await page.locator('article[data-ticket-key]').boundingBox();
  if (!box) throw new Error('the ticket is not there');
  const mouse = await page.context().newCDPSession(page);
  const drag = (type: 'dragEnter' | 'dragOver' | 'drop') =>
    mouse.send('Input.dispatchDragEvent', { type, x: box.x + 40, y: box.y + 40, data: { items: [], files: [...files], dragOperationsMask: 1 } });
  await drag('dragEnter');
  await drag('dragOver');
  await held();
  await drag('drop');
}

it('files that are dropped onto a ticket are shown to a second browser at once, and a viewer can save them and no more', async () => {
  const mine = await open(OWNER);
  const theirs = await open(viewer);
  await theirs.getByText('No files').waitFor();
  expect([await attach(theirs).count(), await theirs.locator('input[type=file]').count()]).toEqual([0, 0]);

  await drop(mine, [picture, notes], async () => {
    await mine.getByText('Drop to attach').waitFor();
    await shot(mine, 'files-dropping');
  });
  for (const page of [mine, theirs]) {
    await link(page, '损失曲线.png').waitFor();
    await link(page, 'notes.html').waitFor();
  }
  await waitFor('the picture to be drawn', () =>
    theirs.locator('img[src^="/attachments/"]').evaluate((image) => (image as HTMLImageElement).naturalWidth === 1),
  );
  await shot(theirs, 'files-viewer');
  expect(await theirs.getByRole('button', { name: /^Delete / }).count()).toBe(0);

  const saving = theirs.waitForEvent('download');
  await link(theirs, 'notes.html').click();
  const saved = await saving;
  expect([saved.suggestedFilename(), readFileSync(await saved.path(), 'utf8')]).toEqual(['notes.html', readFileSync(notes, 'utf8')]);
  // Opened by its address, it is saved too: nothing of it runs.
  const opened = theirs.waitForEvent('download');
  await theirs.evaluate((url) => window.open(url ?? ''), await link(theirs, 'notes.html').getAttribute('href'));
  expect((await opened).suggestedFilename()).toBe('notes.html');

  await mine.getByRole('button', { name: 'Delete notes.html' }).click();
  await link(theirs, 'notes.html').waitFor({ state: 'detached' });
  await mine.getByRole('button', { name: 'Undo' }).click();
  await link(theirs, 'notes.html').waitFor();
  expect(await axeViolations(mine)).toEqual([]);
  expect(stage.takeComplaints()).toEqual([]);
  await Promise.all([mine.context().close(), theirs.context().close()]);
});

it('a file is attached by keyboard, and an image that is pasted', async () => {
  const page = await open(OWNER);
  const choosing = page.waitForEvent('filechooser');
  await attach(page).focus();
  await page.keyboard.press('Enter');
  await (await choosing).setFiles({ name: 'typed.csv', mimeType: 'text/csv', buffer: Buffer.from('a,b\n') });
  await link(page, 'typed.csv').waitFor();

  await page.evaluate(async (bytes) => {
    const data = new DataTransfer();
    data.items.add(new File([Uint8Array.from(atob(bytes), (c) => c.charCodeAt(0))], 'image.png', { type: 'image/png' }));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, readFileSync(picture).toString('base64'));
  await link(page, 'image.png').waitFor();
  await page.context().close();
});
