import { stdout } from 'node:process';

const colours = stdout.isTTY && process.env['NO_COLOR'] === undefined && process.env['TERM'] !== 'dumb';
const paint =
  (code: number) =>
  (text: string): string =>
    colours ? `\u001b[${code}m${text}\u001b[0m` : text;

export const bold = paint(1);
export const dim = paint(2);
export const red = paint(31);
export const green = paint(32);
export const yellow = paint(33);

// A reader that went away (`npm start | head`) must not take Trainyard with it.
stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);

export const say = (line: string = ''): void => void stdout.write(`${line}\n`);

/** e.g. "840 ms", "12.3 s", "2 min 05 s". */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${String(Math.floor((ms % 60_000) / 1000)).padStart(2, '0')} s`;
}

/** A line of three columns: what, how it went, how long it took. */
export const row = (mark: string, name: string, detail: string, ms: number | null): string =>
  `  ${mark} ${name.padEnd(14)} ${detail.padEnd(38)} ${ms === null ? '' : dim(duration(ms).padStart(9))}`.trimEnd();

export const clock = (): string => new Date().toTimeString().slice(0, 8);
