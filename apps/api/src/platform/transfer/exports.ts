import { CSV_BOM, csvCell, csvLine, fieldOf, namesOf, type Actor, type FieldType, type Query } from '@trainyard/domain';
import { PassThrough, type Readable } from 'node:stream';
import { once } from 'node:events';
import { DomainError } from '../domain-error.ts';
import { OpenCounts } from '../http/limits.ts';
import { fieldSql, whereOf } from '../lists/conditions.ts';
import { written, type ListDefinition } from '../lists/list.ts';
import { orderKeys, orderSql } from '../lists/order.ts';
import { demandReadable, queryOf, timeZoneOf, type ListRequest } from '../lists/reading.ts';
import { Statement } from '../lists/statement.ts';
import { rows, type Database, type Tx } from '../sql/database.ts';
import { built } from '../sql/prepared-client.ts';

/** Rows in memory at once. */
const BATCH = 500;
/** Each holds a connection of the pool for as long as its reader takes. */
const AT_ONCE = 4;
/** Of these, one person's. */
const AT_ONCE_EACH = 2;
/** Nobody holds it longer: who reads a few bytes now and then would keep others from theirs for hours. */
const SECONDS_MAX = 300;
const COME_AGAIN_SECONDS = 10;
/** Also of all that there is: runs may report 200 figures each. */
const COLUMNS_MAX = 300;

interface Column {
  name: string;
  type: FieldType;
}
type Cells = Record<string, unknown>;

/** Lists as CSV: the rights, conditions and order are those of the list. */
export class Exports {
  private going = 0;
  private readonly each = new OpenCounts();

  constructor(
    private readonly database: Database,
    private readonly lists: readonly ListDefinition[],
    private readonly secondsMax = SECONDS_MAX,
  ) {}

  list(name: string): ListDefinition {
    const found = this.lists.find((list) => list.name === name);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  /**
   * The whole list as it is at one moment. Resolves when the first rows are there; what fails later destroys the stream, so that a part
   * never looks like the whole. Destroying the stream ends the reading.
   */
  async exportList(list: ListDefinition, actor: Actor, request: ListRequest, columns: string | null): Promise<Readable> {
    const asked = { now: new Date(), timeZone: timeZoneOf(request.timeZone) };
    const query = queryOf(list, request.query);
    const named = columns === null ? null : columnsNamed(list, columns);
    const write = (): Statement => new Statement(actor, asked, request.projectId);
    const giveBack = this.going < AT_ONCE ? this.each.take(actor.userId, AT_ONCE_EACH) : null;
    if (!giveBack) throw new DomainError('RATE_LIMITED', { seconds: COME_AGAIN_SECONDS });
    this.going++;
    const output = new PassThrough();
    const late = setTimeout(() => output.destroy(new DomainError('QUERY_TOO_SLOW', { seconds: this.secondsMax })), this.secondsMax * 1_000).unref();
    // Whoever is sent the stream hears of it; before that, whoever asked does.
    output.on('error', () => undefined);
    const begun = Promise.withResolvers<Readable>();
    this.database
      .transaction(async (tx) => {
        await tx.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ');
        await demandReadable(tx, actor, request.projectId);
        const told = named ?? (await columnsFound(tx, list, query, write));
        const statement = write();
        await tx.query(built(`DECLARE export NO SCROLL CURSOR FOR ${exportSql(list, query, told, statement)}`), statement.parameters);
        await this.send(tx, told, output, () => begun.resolve(output));
      })
      .then(
        () => output.end(),
        (error: unknown) => {
          begun.reject(error);
          output.destroy(error instanceof Error ? error : new Error(String(error)));
        },
      )
      .finally(() => {
        clearTimeout(late);
        giveBack();
        this.going--;
      });
    return begun.promise;
  }

  private async send(tx: Tx, columns: readonly Column[], output: PassThrough, begin: () => void): Promise<void> {
    const fetch = `FETCH ${BATCH} FROM export`;
    let found = await rows<Cells>(tx, fetch);
    begin();
    output.write(CSV_BOM + csvLine(columns.map(({ name }) => csvCell(name, 'TEXT'))));
    while (found.length > 0) {
      const lines = found.map((row) => csvLine(columns.map(({ type }, i) => csvCell(row[`c${i}`], type)))).join('');
      if (output.destroyed) return;
      // Whoever went away closes the stream, and is not waited for.
      if (!output.write(lines)) await Promise.race([once(output, 'drain'), once(output, 'close')]);
      if (output.destroyed) return;
      found = await rows<Cells>(tx, fetch);
    }
  }
}

function columnsNamed({ fields }: ListDefinition, asked: string): Column[] {
  const names = asked.split(',');
  if (names.length > COLUMNS_MAX) throw new DomainError('BAD_INPUT', { field: 'columns', reason: 'TOO_MANY', max: COLUMNS_MAX });
  return names.map((typed) => {
    const found = fieldOf(fields, typed.trim());
    if (!found?.spec.column)
      throw new DomainError('BAD_INPUT', { field: 'columns', reason: 'UNKNOWN', value: typed, allowed: namesOf(fields, 'column').join(', ') });
    return { name: found.name, type: found.spec.type };
  });
}

/** Every column of the list: of a family such as `metric.*`, those that some row has which is found. */
async function columnsFound(tx: Tx, list: ListDefinition, query: Query, write: () => Statement): Promise<Column[]> {
  const columns: Column[] = [];
  for (const name of namesOf(list.fields, 'column')) {
    const members = list.sql[name]?.members;
    const statement = write();
    const within = members === undefined ? [] : await rows<{ member: string }>(tx, built(membersSql(list, query, members, statement)), statement.parameters);
    for (const found of members === undefined ? [name] : within.map(({ member }) => name.slice(0, -1) + member)) {
      // A name that no text can say is in no column, as it is in no filter.
      const field = fieldOf(list.fields, found);
      if (field) columns.push({ name: field.name, type: field.spec.type });
    }
  }
  if (columns.length > COLUMNS_MAX) throw new DomainError('BAD_INPUT', { field: 'columns', reason: 'TOO_MANY', max: COLUMNS_MAX });
  return columns;
}

function membersSql(list: ListDefinition, query: Query, members: string, statement: Statement): string {
  const where = whereOf(list, query, statement);
  return `SELECT DISTINCT held.member FROM ${list.table} ${list.joins} ${statement.joins} CROSS JOIN LATERAL (${members}) held (member)
    WHERE ${where} AND held.member IS NOT NULL ORDER BY held.member LIMIT ${COLUMNS_MAX + 1}`;
}

function exportSql(list: ListDefinition, query: Query, columns: readonly Column[], statement: Statement): string {
  const cells = columns.map(({ name }, i) => {
    const { sql, within } = fieldSql(list, name);
    const cell = sql.cell ?? sql.value;
    if (cell === undefined) throw new Error(`${list.name} does not say what ${name} is as a cell`);
    return `${written(cell, statement, within)} AS c${i}`;
  });
  const where = whereOf(list, query, statement);
  const order = orderSql(orderKeys(list, query.sort, statement));
  return `SELECT ${cells.join(', ')} FROM ${list.table} ${list.joins} ${statement.joins} WHERE ${where} ORDER BY ${order}`;
}
