import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'chrome'];
const PATH = (process.env['PATH'] ?? '').split(delimiter);

const runs = (file: string): boolean => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** The first of these programs in these folders. */
function find(places: readonly string[], names: readonly string[]): string | null {
  for (const place of places) {
    for (const name of names) {
      const file = join(place, name);
      if (runs(file)) return file;
    }
  }
  return null;
}

/** A Chromium or Chrome of this machine: TRAINYARD_CHROMIUM when set, else what is found; null when there is none. */
export function findBrowser(): string | null {
  const told = process.env['TRAINYARD_CHROMIUM'];
  if (told !== undefined && told !== '') return runs(told) ? told : null;
  return find([...PATH, '/usr/bin', '/usr/lib/chromium', '/Applications/Google Chrome.app/Contents/MacOS'], [...NAMES, 'Google Chrome']);
}

/** A Firefox of this machine; null when there is none. */
export const findFirefox = (): string | null => find([...PATH, '/usr/bin', '/Applications/Firefox.app/Contents/MacOS'], ['firefox-esr', 'firefox']);

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
