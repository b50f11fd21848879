export interface LogLine {
  claim: number;
  line: number;
  at: string;
  stream: string;
  text: string;
  /** Facts of a line that has words in every language. */
  params: unknown;
}

/** The newest lines of an attempt's log, in order, each once however often it is delivered. */
export class LogTail {
  private lines: readonly LogLine[] = [];
  private readonly listeners = new Set<() => void>();

  constructor(private readonly limit = 2_000) {}

  readonly get = (): readonly LogLine[] => this.lines;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  append(lines: readonly LogLine[]): void {
    const newest = this.lines.at(-1);
    const news = lines.filter((one) => newest === undefined || one.claim > newest.claim || (one.claim === newest.claim && one.line > newest.line));
    if (news.length > 0) this.replace([...this.lines, ...news].slice(-this.limit));
  }

  clear(): void {
    if (this.lines.length > 0) this.replace([]);
  }

  private replace(lines: readonly LogLine[]): void {
    this.lines = lines;
    for (const listener of this.listeners) listener();
  }
}
