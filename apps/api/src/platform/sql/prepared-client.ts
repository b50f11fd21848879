import pg from 'pg';
import { allowance, tooLarge, type Allowance } from '../http/allowance.ts';

/** Far more than the fixed statements our code is made of. */
const MAX_PREPARED = 1000;
const BUILT = '/* built */ ';

/** SQL that is put together at run time, such as by the filters somebody chose: it says so, and takes no name from what is fixed. */
export const built = (sql: string): string => BUILT + sql;

/** The names that the connections of a pool prepare statements under. */
export class StatementNames {
  private readonly names = new Map<string, string>();
  private isFull = false;

  /** None for what is built. A text that no name is left for is a fault, which a test ends on and a server tells of. */
  of(sql: string): string | undefined {
    const known = this.names.get(sql);
    if (known !== undefined || sql.startsWith(BUILT)) return known;
    if (this.names.size < MAX_PREPARED) {
      const name = `s${this.names.size}`;
      this.names.set(sql, name);
      return name;
    }
    const fault = `${MAX_PREPARED} statements are prepared, and no name is left: SQL that is put together at run time is to be marked by built(). ${sql}`;
    if (process.env['NODE_ENV'] === 'test') throw new Error(fault);
    if (!this.isFull) process.emitWarning(fault);
    this.isFull = true;
    return undefined;
  }
}

type Done = (error: Error | null, result: unknown) => void;
/** What @types/pg does not tell of a query: rows come one by one, and each message says how long it is. */
interface ReceivingQuery {
  handleDataRow(message: { length: number }): void;
}
const Query = pg.Query as unknown as new (config: object, done: Done) => ReceivingQuery;

/** A query whose rows count towards an answer. What is too much is not kept, and the query fails once all of it has gone by. */
class CountedQuery extends Query {
  private enough = true;

  constructor(
    config: object,
    private readonly allowance: Allowance,
    done: Done,
  ) {
    super(config, (error, result) => done(error ?? (this.enough ? null : tooLarge()), result));
  }

  override handleDataRow(message: { length: number }): void {
    this.enough &&= this.allowance.read(message.length);
    if (this.enough) super.handleDataRow(message);
  }
}

/**
 * A connection that prepares every fixed statement with parameters under a name: parsed and planned once a connection and not
 * each time, which for our reads is more than half of PostgreSQL's work. Whatever is sent for an answer counts towards its allowance, and
 * is refused once that is spent; who sends what must pass all the same, as the end of a transaction, sends it `apart`.
 */
export class PreparedClient extends pg.Client {
  private readonly names: StatementNames;

  constructor(config: pg.ClientConfig & { names: StatementNames }) {
    super(config);
    this.names = config.names;
  }

  // @types/pg knows eight overloads; all come down to this one.
  override query(...call: unknown[]): never {
    const [sql, values, ...rest] = call;
    const name = typeof sql === 'string' && Array.isArray(values) && values.length > 0 ? this.names.of(sql) : undefined;
    const send = super.query.bind(this) as (...call: unknown[]) => never;
    const counting = allowance();
    if (counting && typeof sql === 'string' && rest.length === 0 && typeof values !== 'function') {
      // Those that waited for a connection while others read too much.
      if (!counting.read(0)) return Promise.reject(tooLarge()) as never;
      const config = { text: sql, ...(name !== undefined && { name }), ...(Array.isArray(values) && { values }) };
      return new Promise((resolve, reject) => send(new CountedQuery(config, counting, (error, result) => (error ? reject(error) : resolve(result))))) as never;
    }
    return name === undefined ? send(...call) : send({ name, text: sql, values }, ...rest);
  }
}
