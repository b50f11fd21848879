import { EMPTY_WINDOW, type ColumnWindow } from '@trainyard/domain';
import { cellOf, columnIn, laneIn, type Lane } from './cells.ts';
import { LoggedColumn } from './logged-column.ts';

/** What a board consists of: its columns, or the cells into which lanes part them. A lane that nobody told of comes into being with its first card. */
export class BoardCells {
  /** Ids of the columns, whatever they are parted into. */
  heads: readonly string[] = [];
  /** Lanes that have or had a card; those of nothing are always there. The same array until that changes. */
  lanes: readonly Lane[] = [];
  private readonly cells = new Map<string, LoggedColumn>();

  ids(): string[] {
    return [...this.cells.keys()];
  }

  entries(): IterableIterator<[string, LoggedColumn]> {
    return this.cells.entries();
  }

  has(cellId: string): boolean {
    return this.cells.has(cellId);
  }

  get(cellId: string): LoggedColumn | undefined {
    return this.cells.get(cellId);
  }

  begin(cellId: string, window: ColumnWindow, seq: number, lost = false): void {
    this.cells.set(cellId, new LoggedColumn(window, seq, lost));
  }

  clear(): void {
    this.cells.clear();
  }

  /** As `get`, where the lane may be a new one; it is empty at `seq`. */
  at(cellId: string, isParted: boolean, seq: number): LoggedColumn | undefined {
    const lane = laneIn(cellId);
    if (!this.cells.has(cellId) && lane !== undefined && isParted && this.heads.includes(columnIn(cellId))) {
      this.fill(lane, seq);
      this.noteLanes(isParted, seq);
    }
    return this.cells.get(cellId);
  }

  noteLanes(isParted: boolean, seq: number): void {
    if (isParted) this.fill(null, seq);
    const lanes = isParted ? new Set([...this.cells.keys()].map((id) => laneIn(id) ?? null)) : new Set<Lane>();
    if (lanes.size !== this.lanes.length || this.lanes.some((lane) => !lanes.has(lane))) this.lanes = [...lanes];
  }

  /** A lane has a cell of each column. */
  private fill(lane: Lane, seq: number): void {
    for (const head of this.heads) if (!this.cells.has(cellOf(head, lane))) this.begin(cellOf(head, lane), EMPTY_WINDOW, seq);
  }
}
