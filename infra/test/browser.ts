import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PLACES = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/lib/chromium', '/Applications/Google Chrome.app/Contents/MacOS'];

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** A Chromium or Chrome of this machine: TRAINYARD_CHROMIUM when set, else what is found; null when there is none. */
export function findBrowser(): string | null {
  const told = process.env['TRAINYARD_CHROMIUM'];
  if (told !== undefined && told !== '') return runs(told) ? told : null;
  for (const place of PLACES) {
    for (const name of [...NAMES, 'Google Chrome']) {
      const file = join(place, name);
      if (runs(file)) return file;
    }
  }
  return null;
}

export const HOW_TO_GET_A_BROWSER =
  'No Chromium or Chrome was found, and the end-to-end tests need a real one. On Debian or Ubuntu: sudo apt-get install -y chromium. ' +
  'Elsewhere install Chrome, or set TRAINYARD_CHROMIUM to the program.';

/** Nothing but the page: no first-run screens, no updates, no network of its own. */
export const BROWSER_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];
