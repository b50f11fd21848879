import { addDataset, addTicket, readRun } from '../../../infra/test/workspace.ts';
import { axeViolations, openStage, shot } from './stage.ts';

const { stage, api, board } = await openStage('RUN');

describe('a training run', () => {
  it('is queued from a ticket in the browser and watched to its end on the card', async () => {
    const ticket = await addTicket(api, board.columnId(0), 'Learn which number is larger');
    await addDataset(api, board.project.id, 'COMPARISON', 100);
    const page = await stage.signedIn();
    await board.open(page);
    await board.card(page, ticket.id).locator('a').first().click();
    await page.waitForURL((url) => url.searchParams.has('ticket'));
    const dialog = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    await dialog.waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    // Esc closes the dialog, not also the panel beneath it
    expect(new URL(page.url()).searchParams.get('ticket')).toBe(ticket.key);
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    await dialog.getByText('2-3-1 net').first().click();
    await shot(page, 'queue-run');
    expect(await axeViolations(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Queue run' }).click();
    await dialog.waitFor({ state: 'hidden' });

    await board.card(page, ticket.id).locator('[data-state]').first().waitFor();
    await board.card(page, ticket.id).locator('[data-state="SUCCEEDED"]').waitFor({ timeout: 60_000 });
    expect(await board.card(page, ticket.id).innerText()).toMatch(/100(\.\d+)?\s?%|1\.000?|99(\.\d+)?\s?%/);
    await board.card(page, ticket.id).locator('svg, canvas').first().waitFor();
    await shot(page, 'run-on-card');

    const { ticket: found } = await api.query<{ ticket: { runs: { id: string }[] } }>('query ($id: ID!) { ticket(id: $id) { runs { id } } }', {
      id: ticket.id,
    });
    const runId = found.runs[0]?.id ?? '';
    const run = await readRun(api, runId);
    expect(run.result?.metrics.find((metric) => metric.name === 'accuracy')?.value).toBeGreaterThanOrEqual(0.98);

    await page.goto(`${stage.url}/runs/${runId}`);
    await page.getByText('Confusion matrix').first().waitFor();
    await shot(page, 'run-page');
    expect(await axeViolations(page)).toEqual([]);
    const download = page.waitForEvent('download');
    await page
      .getByRole('link', { name: 'Download model' })
      .or(page.getByRole('button', { name: 'Download model' }))
      .first()
      .click();
    expect((await download).suggestedFilename()).toMatch(/\.(zip|json|tar)/);
    await page.context().close();
  });

  it('of several values is queued as a grid by the keyboard alone, and all of it ends', async () => {
    const ticket = await addTicket(api, board.columnId(0), 'Find a learning rate');
    await addDataset(api, board.project.id, 'COMPARISON', 100);
    const page = await stage.signedIn();
    await page.goto(`${stage.url}/tickets/${ticket.key}`);
    await page.getByRole('button', { name: 'Queue run' }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('2-3-1 net').first().click();
    await dialog.getByRole('textbox', { name: 'Epochs', exact: true }).fill('50');
    const rate = dialog.getByRole('textbox', { name: 'Learning rate' });
    await rate.fill('0.1, 0.2，0.3');
    await dialog.getByText(/^3 runs, \d+ steps in all$/).waitFor();
    await dialog.getByText(/3 runs: 2-3-1 net on .*, 50 epochs, /).waitFor();
    await shot(page, 'queue-grid');
    expect(await axeViolations(page)).toEqual([]);
    await rate.press('Enter');
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('Grid of 3 runs').waitFor();
    await page.getByText('3 ended').waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: 'Cancel all that wait or run' }).count()).toBe(0);
    await shot(page, 'grid-on-ticket');
    await page.getByRole('link', { name: 'Show in the list' }).click();
    await page.waitForURL(/\/runs\?query=group/);
    await page
      .getByRole('link', { name: /^Run \d+$/ })
      .nth(2)
      .waitFor();
    await page.context().close();
  });
});
