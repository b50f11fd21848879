import type { Page } from 'playwright-core';
import { screenOf, type Screen } from './screens.ts';

/** A menu or a dialog over a screen. */
export interface Opened {
  name: string;
  screen: Screen;
  open: (page: Page) => Promise<void>;
  /** A phone shows it otherwise. */
  isWide?: true;
}

/** Something lies over the page now. */
const shown = (page: Page): Promise<void> => page.locator('[role=dialog], [role=menu], [role=listbox]').locator('visible=true').first().waitFor();

async function press(page: Page, key: string): Promise<void> {
  await page.locator('main').waitFor();
  await page.keyboard.press(key);
  await shown(page);
}

const click =
  (name: RegExp, role: 'button' | 'link' = 'button') =>
  async (page: Page): Promise<void> => {
    await page.getByRole(role, { name }).locator('visible=true').first().click();
    await shown(page);
  };

export const OPENED: readonly Opened[] = [
  {
    name: 'open-palette',
    screen: screenOf('home'),
    open: async (page) => {
      await press(page, 'Control+k');
      await page.keyboard.type('network');
    },
  },
  { name: 'open-new-ticket', screen: screenOf('home'), open: (page) => press(page, 'c') },
  { name: 'open-help', screen: screenOf('board'), open: (page) => press(page, '?') },
  {
    name: 'open-card-menu',
    screen: screenOf('board'),
    open: async (page) => {
      await page.locator('[data-ticket-id]').first().click({ button: 'right' });
      await shown(page);
    },
  },
  { name: 'open-queue-run', screen: screenOf('ticket'), open: click(/^Queue run/) },
  { name: 'open-add-dataset', screen: screenOf('datasets'), open: click(/^Add dataset/) },
  { name: 'open-add-person', screen: screenOf('people'), open: click(/^Add person/) },
  { name: 'open-new-team', screen: screenOf('teams'), open: click(/^New team/) },
  { name: 'open-me', screen: screenOf('home'), open: click(/Alex Morgan|^Me$/) },
  { name: 'open-filter', screen: screenOf('board'), open: click(/^Type/), isWide: true },
  { name: 'open-columns', screen: screenOf('runs'), open: click(/^Columns/) },
];
