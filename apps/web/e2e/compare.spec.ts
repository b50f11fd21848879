import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { addDataset, addPerson, addProject, addTicket, queueRun, runEnds, runReaches } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { axeViolations, openStage, shot } from './stage.ts';

/** Runs side by side: two that ended, one that was cancelled, one of a project that others may not see. */
const { stage, api, board } = await openStage('CMP');
let page: Page;
let ids: string[];
let hidden: string;

beforeAll(async () => {
  const ticket = await addTicket(api, board.columnId(0), 'Which learning rate');
  const dataset = await addDataset(api, board.project.id, 'COMPARISON', 100);
  const short = { epochs: 30, batchSize: 10, validationSplit: 0.2 };
  const slow = await queueRun(api, ticket.id, dataset, 'NET_2_3_1', { ...short, epochs: 10_000, learningRate: 0.05 });
  await runReaches(api, slow, 200);
  await api.query('mutation ($id: ID!) { cancelRun(id: $id) { id } }', { id: slow });
  const secret = await addProject(api, 'CMPS', 'PRIVATE');
  const there = await addTicket(api, secret.columns[0]?.id ?? '', 'Not for everybody');
  ids = [
    await queueRun(api, ticket.id, dataset, 'NET_2_3_1', { ...short, learningRate: 0.3 }),
    await queueRun(api, ticket.id, dataset, 'NET_2_3_1', { ...short, learningRate: 0.01 }),
    slow,
  ];
  hidden = await queueRun(api, there.id, await addDataset(api, secret.id, 'COMPARISON', 120), 'NET_2_3_1', { ...short, epochs: 5 });
  for (const id of [...ids, hidden]) await runEnds(api, id);
  page = await stage.signedIn();
}, 240_000);

const open = async (runs: readonly string[], on = page): Promise<void> => {
  await on.goto(`${stage.url}/compare?runs=${runs.join(',')}`);
  await on.getByRole('heading', { level: 1 }).waitFor();
};
const chart = (name: string) => page.getByRole('group', { name: new RegExp(`^${name}\\.`) });
const cells = async (name: string): Promise<string[]> => {
  const row = page.getByRole('row', { name });
  await row.waitFor();
  return row.getByRole('cell').allInnerTexts();
};

describe('a comparison', () => {
  it('is come to from the ticket, and its address shows the same to others', async () => {
    await page.goto(`${stage.url}/tickets/CMP-1`);
    await page.getByRole('checkbox', { name: 'Compare run 3' }).waitFor();
    for (const box of await page.getByRole('checkbox', { name: /^Compare run/ }).all()) await box.check();
    await page.getByRole('link', { name: 'Compare 3' }).click();
    await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
    await open(ids);
    await page.getByRole('heading', { name: 'Compare 3 runs' }).waitFor();
    expect(await axeViolations(page)).toEqual([]);
    await shot(page, 'compare');
  });

  it('tells what differs, the best, and of the cancelled run what it came to', async () => {
    await open(ids);
    const [best = '', worse = '', cancelled = ''] = await cells('Accuracy (Validation)');
    expect(Number.parseFloat(best)).toBeGreaterThan(Number.parseFloat(worse));
    expect(cancelled).toMatch(/^\d.*last, step \d/);
    expect(await cells('Learning rate')).toEqual(['0.3', '0.01', '0.05']);
    expect(await page.getByRole('row', { name: /^Batch size/ }).count()).toBe(0);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'CSV' }).click();
    expect(readFileSync(await (await download).path(), 'utf8')).toContain('\r\nLearning rate,0.3,0.01,0.05\r\n');
  });

  it('shows a range to all charts by keyboard, and everything again', async () => {
    await open(ids);
    await chart('Training loss').locator('canvas').waitFor();
    await chart('Training loss').focus();
    // above the legend stands what its values are of: of the chart that the crosshair is on
    const legend = page.getByRole('list', { name: 'Runs' }).locator('..').locator('p').first();
    const isRead = async () => (await legend.innerText()).includes('Training loss');
    await waitFor('the curves to be there', async () => {
      await page.keyboard.press('Home');
      return isRead();
    });
    for (let i = 0; i < 4; i += 1) await page.keyboard.press('Shift+PageUp');
    await page.keyboard.press('Enter');
    const all = page.getByRole('toolbar').getByRole('button', { name: 'Show all' });
    await all.waitFor();
    await page.keyboard.press('ArrowRight');
    await waitFor('the values of the chart', isRead);
    await chart('Training loss').press('Escape');
    await all.waitFor({ state: 'detached' });
  });

  it('keeps smoothing over a reload, hides a run, and takes one out of the address', async () => {
    await open(ids);
    await page.getByRole('slider', { name: 'Smoothing' }).fill('0.6');
    await page.getByText('Log scale').click();
    await page.reload();
    expect(await page.getByRole('slider', { name: 'Smoothing' }).getAttribute('aria-valuetext')).toBe('60%');
    await page
      .getByRole('button', { name: /^Show Run / })
      .first()
      .click();
    expect(
      await page
        .getByRole('button', { name: /^Show Run / })
        .first()
        .getAttribute('aria-pressed'),
    ).toBe('false');
    await page
      .getByRole('button', { name: /out of the comparison/ })
      .first()
      .click();
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    expect(new URL(page.url()).searchParams.get('runs')).toBe(ids.slice(1).join(','));
  });

  it('says of runs that somebody may not see, and of those that are not there, the same', async () => {
    const bo = await addPerson(api, 'Bo Comparer', 'MEMBER');
    const theirs = await stage.signedIn({ who: bo });
    await open([...ids.slice(0, 2), hidden, crypto.randomUUID()], theirs);
    await theirs.getByText('2 runs of this comparison are missing').waitFor();
    expect(await theirs.content()).not.toContain('Not for everybody');
    await theirs.getByRole('button', { name: 'Leave them out' }).click();
    await theirs.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
    await theirs.context().close();
    await open([hidden, ...ids.slice(0, 1)]);
    await page.getByRole('heading', { name: 'Compare 2 runs' }).waitFor();
  });
});
