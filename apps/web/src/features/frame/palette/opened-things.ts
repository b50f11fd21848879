import { THING_KINDS } from '@trainyard/domain';
import type { KnownThing } from '../../../schema.generated.ts';

/** More than are shown, for some of them will be gone. */
const KEPT = 12;

/** What a person opened lately in this browser, the last one first. Kept are ids and keys, never what things are called. */
export class OpenedThings {
  private readonly place: string;

  constructor(userId: string) {
    this.place = `trainyard.opened.${userId}`;
  }

  all(): KnownThing[] {
    const lines = (localStorage.getItem(this.place) ?? '').split('\n');
    return lines.flatMap((line) => {
      const [kind, id = ''] = line.split(' ');
      const known = THING_KINDS.find((one) => one === kind);
      return known && id !== '' ? [{ kind: known, id }] : [];
    });
  }

  remember(thing: KnownThing): void {
    if (/\s/.test(thing.id)) return;
    const [first] = this.all();
    if (first && isSame(first, thing)) return;
    this.keep([thing, ...this.all().filter((one) => !isSame(one, thing))].slice(0, KEPT));
  }

  /** What is gone, or may not be known of any more. */
  forget(things: readonly KnownThing[]): void {
    if (things.length > 0) this.keep(this.all().filter((one) => !things.some((gone) => isSame(one, gone))));
  }

  private keep(things: readonly KnownThing[]): void {
    localStorage.setItem(this.place, things.map(({ kind, id }) => `${kind} ${id}`).join('\n'));
  }
}

export const isSame = (one: KnownThing, other: KnownThing): boolean => one.kind === other.kind && one.id.toLowerCase() === other.id.toLowerCase();

/** As it is remembered: an address says the key of a ticket or project, not its id. */
export const knownAs = ({ kind, id, key }: { kind: KnownThing['kind']; id: string; key: string | null }): KnownThing => ({
  kind,
  id: (kind === 'TICKET' || kind === 'PROJECT') && key !== null ? key : id,
});
