const EVERY_MS = { terminal: 200, pipe: 5_000 };

export const bytesText = (bytes: number): string => {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${unit === 0 ? value : value.toFixed(value < 10 ? 2 : value < 100 ? 1 : 0)} ${units[unit] ?? ''}`;
};

export const countText = (count: number, one: string, many = `${one}s`): string => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

export interface Said {
  isTTY?: boolean;
  columns?: number;
  write(text: string): unknown;
}

/** Says on standard error how far it is: on a terminal in one line that changes, else in a line now and then. */
export class Progress {
  private readonly began = performance.now();
  private readonly out: Said;
  private readonly terminal: boolean;
  private last = performance.now();
  private shown = '';

  constructor(out: Said = process.stderr) {
    this.out = out;
    this.terminal = out.isTTY === true;
  }

  at(text: () => string): void {
    const now = performance.now();
    if (now - this.last < (this.terminal ? EVERY_MS.terminal : EVERY_MS.pipe)) return;
    this.last = now;
    if (this.terminal) {
      this.shown = text().slice(0, (this.out.columns ?? 80) - 1);
      this.out.write(`\r${this.shown}\u001b[K`);
    } else {
      this.out.write(`${text()}\n`);
    }
  }

  say(text: string): void {
    if (this.shown !== '') this.out.write('\r\u001b[K');
    this.shown = '';
    this.out.write(`${text}\n`);
  }

  get seconds(): string {
    return `${((performance.now() - this.began) / 1000).toFixed(1)} s`;
  }
}
