import { changeFrom } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { ADVISORY_LOCKS } from './advisory-locks.ts';
import { row, rows, type Tx } from './database.ts';

/** The day of now: the day is UTC's, wherever the people and the server are. */
export const TODAY = /* sql */ `(now() AT TIME ZONE 'UTC')::date`;

/** Whether a row of the alias holds on a day, which is SQL. First and last day count; null is open. */
export const HOLDS_ON = (alias: string, day: string): string =>
  /* sql */ `(${alias}.from_date IS NULL OR ${alias}.from_date <= ${day}) AND (${alias}.to_date IS NULL OR ${alias}.to_date >= ${day})`;

/** A row that holds from a day to a day. Days are ISO texts, both included; null is open. */
export interface EffectiveRow {
  id: string;
  fromDate: string | null;
  toDate: string | null;
  version: number;
}
type Fields<Row extends EffectiveRow> = Omit<Row, 'id' | 'version'>;

/**
 * A table of effective rows, in valid time (from_date, to_date) and in known time: the trigger keep_superseded() puts what a write replaces
 * into `<table>_superseded`, so that a correction of the past keeps what was known then. That two rows of one natural key never overlap is
 * a constraint of the table. Docs: docs/decisions/0030-effective-rows.md.
 */
export class EffectiveRows<Row extends EffectiveRow> {
  private readonly columns: Readonly<Record<string, string>>;
  private readonly selected: string;

  /** `columns` names the column of each field that is not every effective row's. */
  constructor(
    private readonly table: string,
    columns: Readonly<Record<Exclude<keyof Row, keyof EffectiveRow> & string, string>>,
  ) {
    this.columns = { ...columns, fromDate: 'from_date', toDate: 'to_date' };
    this.selected = Object.entries(this.columns)
      .map(([field, column]) => `r.${column}${column.endsWith('_date') ? '::text' : ''} AS "${field}"`)
      .join(', ');
  }

  /**
   * Until `tx` ends, nobody else writes rows of `key`, which is the natural key or a part of it. All that `tx` writes from here on is known
   * from one moment on. Answers the day of that moment. Hold before you look at what overlaps.
   */
  async hold(tx: Tx, ...key: readonly string[]): Promise<string> {
    const held = await row<{ today: string }>(tx, `SELECT (hold_effective($1, $2) AT TIME ZONE 'UTC')::date::text AS today`, [
      ADVISORY_LOCKS.effectiveRows,
      [this.table, ...key].join(' '),
    ]);
    return held!.today;
  }

  /** Rows as they are known now. `rest` is SQL behind WHERE, over `r`. */
  known(tx: Tx, rest: string, parameters: readonly unknown[]): Promise<Row[]> {
    return rows(tx, `SELECT r.id, ${this.selected}, r.version FROM ${this.table} r WHERE ${rest}`, parameters);
  }

  /** Rows that held on `day`, by what was known at a moment (null: by what is known now). `rest` is SQL behind WHERE, over `r`. */
  asOf(tx: Tx, day: string, knownAt: Date | null, rest: string, parameters: readonly unknown[]): Promise<Row[]> {
    const holds = HOLDS_ON('r', `$${parameters.length + 1}::date`);
    if (knownAt === null) return this.known(tx, `${holds} AND ${rest}`, [...parameters, day]);
    const moment = `$${parameters.length + 2}::timestamptz`;
    const names = ['id', 'version', ...Object.values(this.columns)].join(', ');
    return rows(
      tx,
      /* sql */ `SELECT r.id, ${this.selected}, r.version FROM (
          SELECT ${names} FROM ${this.table} WHERE known_from <= ${moment}
          UNION ALL SELECT ${names} FROM ${this.table}_superseded WHERE known_from <= ${moment} AND known_to > ${moment}) r
        WHERE ${holds} AND ${rest}`,
      [...parameters, day, knownAt],
    );
  }

  async insert(tx: Tx, fields: Fields<Row>, id: string = randomUUID()): Promise<Row> {
    const names = Object.keys(this.columns);
    const inserted = await row<Row>(
      tx,
      `INSERT INTO ${this.table} AS r (id, ${Object.values(this.columns).join(', ')}) VALUES ($1, ${names.map((_, i) => `$${i + 2}`).join(', ')})
        RETURNING r.id, ${this.selected}, r.version`,
      [id, ...names.map((name) => fields[name as keyof Fields<Row>])],
    );
    return inserted!;
  }

  /** A correction: the row was always so. */
  async correct(tx: Tx, before: Row, fields: Partial<Fields<Row>>): Promise<Row> {
    const names = Object.keys(fields);
    const corrected = await row<Row>(
      tx,
      `UPDATE ${this.table} r SET ${names.map((name, i) => `${this.columns[name]} = $${i + 2}`).join(', ')}, version = r.version + 1
        WHERE r.id = $1 RETURNING r.id, ${this.selected}, r.version`,
      [before.id, ...names.map((name) => fields[name as keyof Fields<Row>])],
    );
    return corrected!;
  }

  /**
   * A change from a day on, on which `before` holds: what was before that day stays as it was, under its id; what comes from it on is a row
   * of its own. Where the row begins on that very day, it is corrected.
   */
  async change(tx: Tx, before: Row, since: string, fields: Partial<Fields<Row>>): Promise<{ kept: Row | null; changed: Row }> {
    const split = changeFrom(before, since);
    if (!split) throw new Error(`the row does not hold on ${since}`);
    if (split.kept === null) return { kept: null, changed: await this.correct(tx, before, fields) };
    const kept = await this.correct(tx, before, { toDate: split.kept.toDate } as Partial<Fields<Row>>);
    return { kept, changed: await this.insert(tx, { ...before, ...split.changed, ...fields }) };
  }

  /** It never was so. */
  async remove(tx: Tx, ids: readonly string[]): Promise<void> {
    await tx.query(`DELETE FROM ${this.table} WHERE id = ANY ($1)`, [ids]);
  }
}
