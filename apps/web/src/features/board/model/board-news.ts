import { askedFields, parse, TICKET_FIELDS, touchedFields } from '@trainyard/domain';
import type { LoggedActivity } from '../../activity/news.ts';
import type { Placement } from '../../ticket/placement.ts';
import type { Asked, BoardModel } from './board-model.ts';
import { cellOf, columnIn, laneIn } from './cells.ts';
import { placementChange, type PlacementChange } from './placement-changes.ts';

/** What happened up to `seq`. */
export interface NewsBatch {
  seq: number;
  activities: readonly LoggedActivity[];
}
/** Where a card lies now (the cell, on a board in lanes), and whether it is asked for. */
export interface CardMatch extends Placement {
  id: string;
  matches: boolean;
}
/** Of these tickets the ones that lie on the board, at most so many at once. */
export type ReadMatches = (ids: readonly string[], asked: Asked) => Promise<readonly CardMatch[]>;

export const MATCHES_AT_ONCE = 200;
const AGAIN_AFTER_MS = 1000;
/** Columns whose count is in doubt are read again together, and not more often than this. */
const RECOUNT_AFTER_MS = 400;

/**
 * Brings what the log says to the model. A board that is asked shows what matches: the server is asked about the cards that may have begun
 * or ceased to, so that an event costs what it changed. Where that does not tell how many are shown (a card that is not loaded may have
 * been among them), the column is read again.
 */
export class BoardNews {
  private waiting: NewsBatch[] = [];
  private working = false;
  private held = 0;
  private readonly doubted = new Set<string>();
  private recount: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;
  private stopped = false;

  constructor(
    private readonly model: BoardModel,
    private readonly readMatches: ReadMatches,
    /** Counts the lanes again: those in doubt that are out of sight. */
    private readonly recountLanes: () => Promise<unknown> = () => Promise.resolve(),
  ) {}

  take(batch: NewsBatch): void {
    this.waiting.push(batch);
    void this.work();
  }

  /** What came is part of what is about to be read. */
  forget(): void {
    this.waiting = [];
  }

  /** Applies nothing while something is read that is to be followed by all that happens. */
  async hold<T>(read: () => Promise<T>): Promise<T> {
    this.held += 1;
    try {
      return await read();
    } finally {
      this.held -= 1;
      void this.work();
    }
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.recount);
    clearTimeout(this.retry);
  }

  /** At once as long as nothing must be asked. */
  private async work(): Promise<void> {
    if (this.working) return;
    this.working = true;
    try {
      while (this.waiting.length > 0 && this.held === 0 && !this.stopped) {
        const { asked } = this.model;
        if (!asked) this.apply(this.waiting.splice(0, 1));
        else if (!(await this.applyAsked(this.waiting.splice(0), asked))) break;
      }
    } finally {
      this.working = false;
    }
  }

  private apply(batches: readonly NewsBatch[]): void {
    for (const { activities, seq } of batches) {
      this.model.applyChanges(
        activities.flatMap((activity) => placementChange(activity) ?? []),
        seq,
        rerankedIn(activities),
      );
    }
  }

  /** False where the server did not answer: it is asked again later. */
  private async applyAsked(batches: NewsBatch[], asked: Asked): Promise<boolean> {
    const activities = batches.flatMap((batch) => batch.activities);
    const seq = Math.max(...batches.map((batch) => batch.seq));
    const fields = fieldsOf(asked);
    const concerned = Map.groupBy(
      activities.filter((activity) => activity.ticketId !== null && (placementChange(activity) || mayMatter(activity, fields))),
      (activity) => activity.ticketId as string,
    );
    const matches = new Map<string, CardMatch>();
    try {
      const ids = [...concerned.keys()];
      for (let at = 0; at < ids.length; at += MATCHES_AT_ONCE)
        for (const match of await this.readMatches(ids.slice(at, at + MATCHES_AT_ONCE), asked)) matches.set(match.id, match);
    } catch {
      this.waiting.unshift(...batches);
      if (!this.stopped) this.retry = setTimeout(() => void this.work(), AGAIN_AFTER_MS);
      return false;
    }
    // something else is asked meanwhile
    if (this.model.asked !== asked || this.held > 0) {
      this.waiting.unshift(...batches);
      return true;
    }
    const changes = [...concerned].map(([ticketId, entries]) => this.changeOf(ticketId, entries, matches.get(ticketId) ?? null, seq, fields));
    const logged = activities.flatMap((activity) => placementChange(activity) ?? []);
    this.model.applyChanges(changes, seq, rerankedIn(activities), logged);
    if (activities.some((activity) => concernsAll(activity, fields))) this.doubt(this.model.columnIds());
    return true;
  }

  /** What entries of the log mean for what is shown. */
  private changeOf(ticketId: string, entries: readonly LoggedActivity[], match: CardMatch | null, seq: number, fields: ReadonlySet<string>): PlacementChange {
    const lies = match && { columnId: match.columnId, rank: match.rank };
    const to = match?.matches ? lies : null;
    const change = { seq, ticketId, to, lies };
    const from = this.model.loadedPlace(ticketId);
    if (from) return { ...change, from };
    const first = entries.map(placementChange).find((step) => step !== null);
    const lane = match ? laneIn(match.columnId) : undefined;
    const lay = first ? first.from && { ...first.from, columnId: cellOf(first.from.columnId, lane) } : lies;
    // It matches, and is grouped, as it was before.
    if (!entries.some((entry) => mayMatter(entry, fields)) && (match || !this.model.asked?.by)) return { ...change, from: to ? lay : null };
    if (lay) this.doubt(this.cellsBeside(lay.columnId).filter((columnId) => this.model.mayHold(ticketId, { ...lay, columnId })));
    return { ...change, from: null };
  }

  /** In which lane a card lay is not told. */
  private cellsBeside(columnId: string): string[] {
    if (!this.model.asked?.by) return [columnId];
    return this.model.lanes().map((lane) => cellOf(columnIn(columnId), lane));
  }

  private doubt(columnIds: Iterable<string>): void {
    for (const columnId of columnIds) this.doubted.add(columnId);
    if (this.doubted.size === 0 || this.stopped) return;
    this.recount ??= setTimeout(() => {
      this.recount = undefined;
      this.model.doubtColumns(this.doubted);
      this.doubted.clear();
      if (this.model.asked?.by) this.recountLanes().catch(() => this.doubt(this.model.columnIds().filter((columnId) => this.model.isLost(columnId))));
    }, RECOUNT_AFTER_MS);
  }
}

const rerankedIn = (activities: readonly LoggedActivity[]): { columnId: string; seq: number }[] =>
  activities.filter(({ entity, action }) => entity === 'COLUMN' && action === 'RERANKED').map(({ entityId, seq }) => ({ columnId: entityId, seq }));

function fieldsOf({ query, by }: Asked): ReadonlySet<string> {
  const parsed = parse(query, TICKET_FIELDS);
  return new Set([...(parsed.ok ? askedFields(parsed.query) : []), ...(by ? [by.toLowerCase()] : [])]);
}

/** Whether a ticket may match otherwise since. */
function mayMatter(activity: LoggedActivity, fields: ReadonlySet<string>): boolean {
  const touched = touchedFields(activity);
  return touched === null || [...touched].some((name) => fields.has(name));
}

/** Whether cards may match otherwise that the entry does not name: what they carry has another name, or is gone. */
function concernsAll({ entity, action }: LoggedActivity, fields: ReadonlySet<string>): boolean {
  if (action === 'RERANKED') return false;
  if (entity === 'LABEL') return fields.has('label');
  if (entity === 'COLUMN') return fields.has('column');
  return entity === 'BOARD' ? fields.has('board') : entity === 'PROJECT' && (fields.has('project') || fields.has('archived'));
}
