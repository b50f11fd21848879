import { DEFAULT_PARAMETERS } from '@trainyard/domain';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../local/build.ts';
import { queueRun, runReaches } from '../test/workspace.ts';
import { PICTURES } from './pictures.ts';
import { openDemonstration, settled, speak, visit, type Demonstration } from './visitor.ts';

const FOLDER = join(ROOT, 'docs/guide/images');
const WIDTH = 1280;

/** What is done before a screen is opened, and on it. */
interface Acts {
  before?: (at: Demonstration) => Promise<unknown>;
  open?: (page: Page) => Promise<void>;
}

const asRole =
  (role: string) =>
  ({ api }: Demonstration): Promise<unknown> =>
    api.query('mutation ($input: UpdateHomeInput!) { updateHome(input: $input) { role } }', { input: { role } });

/** A run long enough to be seen while it trains. */
async function train({ api, places }: Demonstration): Promise<void> {
  const { ticket, datasets } = await api.query<{ ticket: { id: string }; datasets: { nodes: { id: string; name: string }[] } }>(
    'query ($key: String!) { ticket(key: $key) { id } datasets(first: 5) { nodes { id name } } }',
    { key: places.ticketKey },
  );
  const digits = datasets.nodes.find(({ name }) => name.startsWith('Stroke'));
  const id = await queueRun(api, ticket.id, digits?.id ?? '', 'CNN_28X28', { ...DEFAULT_PARAMETERS.CNN_28X28, epochs: 40 });
  await runReaches(api, id, 250);
}

const ACTS: Partial<Record<(typeof PICTURES)[number]['name'], Acts>> = {
  board: {
    before: train,
    open: async (page) => {
      await page.locator('aside').getByRole('heading', { name: 'Baseline' }).waitFor();
      await page.locator('aside').getByText('Running').first().waitFor();
    },
  },
  'home-project-manager': { before: asRole('PROJECT_MANAGER') },
  'home-director': { before: asRole('DIRECTOR') },
  'queue-run': {
    open: async (page) => {
      await page
        .getByRole('button', { name: /^Queue run/ })
        .locator('visible=true')
        .first()
        .click();
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /^Queue/ })
        .last()
        .waitFor();
    },
  },
  palette: {
    open: async (page) => {
      await page.keyboard.press('Control+k');
      await page.getByRole('dialog').waitFor();
      await page.keyboard.type('network');
      await page.getByRole('dialog').getByText('network').first().waitFor();
    },
  },
};

const only = process.argv.slice(2);

/** As WebP, which the browser writes by its debugger alone: a third of a PNG. */
async function take(page: Page, file: string): Promise<number> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 82 });
  const bytes = Buffer.from(data, 'base64');
  writeFileSync(join(FOLDER, file), bytes);
  return bytes.length;
}

mkdirSync(FOLDER, { recursive: true });
const at = await openDemonstration();
try {
  await speak(at.api, 'EN');
  const page = await visit(at, { width: WIDTH });
  for (const { name, screen, height } of PICTURES) {
    if (only.length > 0 && !only.includes(name)) continue;
    const { before, open } = ACTS[name] ?? {};
    await before?.(at);
    await page.setViewportSize({ width: WIDTH, height });
    await page.goto(`${at.url}${screen.path(at.places)}`);
    await settled(page);
    await open?.(page);
    await settled(page);
    await page.mouse.move(0, 0);
    process.stdout.write(`${name}: ${await take(page, `${name}.webp`)} bytes\n`);
  }
} finally {
  await at.close();
}
