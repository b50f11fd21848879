import type { Actor } from '@trainyard/domain';
import { Lines } from '../http/lines.ts';
import type { Database } from '../sql/database.ts';

/** Lists of one person's browsers, or of one token, that are looked for at once. A screen shows two or three. */
export const LISTS_EACH = 3;
const ALL = 'all';

/**
 * What somebody looks for in a list may take seconds, and holds a connection meanwhile. So each has a few turns at once, and all lists
 * together half of the connections: the rest is for what is quick.
 */
class ListTurns {
  private readonly each = new Lines(LISTS_EACH);
  private readonly all: Lines;

  constructor(connections: number) {
    this.all = new Lines(Math.max(1, Math.floor(connections / 2)));
  }

  async within<T>({ tokenId, userId }: Actor, work: () => Promise<T>): Promise<T> {
    // One's own turn first: whoever waits for that keeps nobody else waiting.
    return taken(this.each, tokenId ?? userId, () => taken(this.all, ALL, work));
  }
}

async function taken<T>(lines: Lines, name: string, work: () => Promise<T>): Promise<T> {
  await new Promise<void>((begin) => void lines.take(name, begin));
  try {
    return await work();
  } finally {
    lines.end(name);
  }
}

const known = new WeakMap<Database, ListTurns>();

/** The turns of those who share the connections of `database`. */
export function listTurns(database: Database): ListTurns {
  const turns = known.get(database) ?? new ListTurns(database.connections);
  known.set(database, turns);
  return turns;
}
