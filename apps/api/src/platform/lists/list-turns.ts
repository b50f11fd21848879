import type { Actor } from '@trainyard/domain';
import { Lines } from '../http/lines.ts';
import { turn } from '../slices.ts';
import type { Database } from '../sql/database.ts';

/** Lists of one person's browsers, or of one token, that are looked for at once. A screen shows two or three. */
export const LISTS_EACH = 3;
const ALL = 'all';

/** So much long work at once of each person's browsers, or of one token, and so much of all together. */
class TurnsOfEach {
  private readonly each: Lines;
  private readonly all: Lines;

  constructor(each: number, all: number) {
    this.each = new Lines(each);
    this.all = new Lines(all);
  }

  async within<T>({ tokenId, userId }: Actor, work: () => Promise<T>): Promise<T> {
    // One's own turn first: whoever waits for that keeps nobody else waiting.
    return taken(this.each, tokenId ?? userId, () => taken(this.all, ALL, work));
  }
}

/**
 * Work that reads the past of a project, at once: of each person one, of all two. A document may ask for fifty parts of reports, and a person sends a dozen
 * documents: all at once they would hold that past hundreds of times in memory, and be reckoned out in one piece when the database has sent it.
 */
const PASTS_EACH = 1;
const PASTS_MAX = 2;

async function taken<T>(lines: Lines, name: string, work: () => Promise<T>): Promise<T> {
  await new Promise<void>((begin) => void lines.take(name, begin));
  try {
    return await work();
  } finally {
    lines.end(name);
  }
}

interface Turns {
  lists: TurnsOfEach;
  pasts: TurnsOfEach;
}

const known = new WeakMap<Database, Turns>();

function turnsOf(database: Database): Turns {
  const turns = known.get(database) ?? {
    lists: new TurnsOfEach(LISTS_EACH, Math.max(1, Math.floor(database.connections / 2))),
    pasts: new TurnsOfEach(PASTS_EACH, PASTS_MAX),
  };
  known.set(database, turns);
  return turns;
}

/**
 * The turns of those who share the connections of `database`. What somebody looks for in a list may take seconds, and holds a connection meanwhile. So
 * each has a few turns at once, and all lists together half of the connections: the rest is for what is quick.
 */
export const listTurns = (database: Database): TurnsOfEach => turnsOf(database).lists;

/** Does work that reads the past of a project in its turn; what others ask is answered before it. */
export const inPastTurn = <T>(database: Database, actor: Actor, work: () => Promise<T>): Promise<T> =>
  turnsOf(database).pasts.within(actor, async () => {
    await turn();
    return work();
  });
