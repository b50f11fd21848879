import type { Result } from '../result.ts';
import { ColumnTally, type TalliedColumn, type TallyRule } from './column-tally.ts';

/** Gathers the summary of each column row by row, in memory that does not grow with the table. */
export class TableTally {
  private readonly columns: ColumnTally[];

  constructor(names: readonly string[], rule: TallyRule) {
    this.columns = names.map((name) => new ColumnTally(name, rule));
  }

  /**
   * Rows come from the top down.
   * @param cells one for each column
   * @param row as a spreadsheet counts it, from 1
   */
  add(cells: readonly string[], row: number): void {
    for (let i = 0; i < this.columns.length; i++) this.columns[i]!.add(cells[i]!, row);
  }

  /** Every column, or where a column of numbers holds something else. */
  finish(): Result<{ columns: TalliedColumn[] }> {
    const columns: TalliedColumn[] = [];
    for (const tally of this.columns) {
      const column = tally.finish();
      if (!column.ok) return column;
      columns.push(column);
    }
    return { ok: true, columns };
  }
}
