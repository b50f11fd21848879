/** What happens many times a second at once is said once a second, with how often. */
const EVERY_MS = 1_000;

/** Lines of a kind, at most one each `everyMs`: the first at once, those held back as a number in the next. */
export class SparingLog {
  private readonly kinds = new Map<string, { held: number; last: string; timer: NodeJS.Timeout }>();

  constructor(
    private readonly say: (line: string) => void,
    private readonly everyMs = EVERY_MS,
  ) {}

  tell(kind: string, line: string): void {
    const known = this.kinds.get(kind);
    if (known) {
      known.held += 1;
      known.last = line;
      return;
    }
    this.say(line);
    this.kinds.set(kind, { held: 0, last: '', timer: setInterval(() => this.after(kind), this.everyMs).unref() });
  }

  private after(kind: string): void {
    const known = this.kinds.get(kind);
    if (!known) return;
    if (known.held === 0) {
      clearInterval(known.timer);
      this.kinds.delete(kind);
      return;
    }
    this.say(
      known.held === 1
        ? known.last
        : `${known.last} (${known.held} times in the last ${this.everyMs <= EVERY_MS ? 'second' : `${this.everyMs / 1_000} seconds`})`,
    );
    known.held = 0;
  }
}
