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
});
