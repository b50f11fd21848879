import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rows } from '../../src/platform/sql/database.ts';
import { built } from '../../src/platform/sql/prepared-client.ts';
import { countingSql } from '../count-sql.ts';
import { buildTeam } from '../factories/people.ts';
import { everybody, person, type Asker } from '../operations/actors.ts';
import { ask, fieldsOf, partsOf, schemaOf, type Kind } from '../operations/ask.ts';
import { scopeOf, type Case, type MutationCase } from '../operations/case.ts';
import { expectedRefusal } from '../operations/expected.ts';
import { MUTATIONS } from '../operations/mutations.ts';
import { buildPlace } from '../operations/place.ts';
import { QUERIES } from '../operations/queries.ts';
import { TestTrainyard } from '../trainyard.ts';
import { OWNERS, ownersByTable } from './table-owners.ts';

/** Tables that grow with use and are never read whole for one request, whatever their statistics say. */
const GROWING = [
  ...[
    'activity',
    'attachment',
    'audit_entry',
    'comment',
    'creation',
    'log_line',
    'metric_chunk',
    'placement',
    'run',
    'attempt',
    'ticket',
    'ticket_text',
    'ticket_link',
  ],
  ...['session', 'webhook_delivery', 'membership_superseded', 'checkpoint', 'artifact', 'dataset_file'],
];

/** What is put together at run time: its plans are the business of the lists' own specs. */
const BUILT = built('');
/** Where a line of a printed statement begins. */
const CLAUSE = / (FROM|LEFT JOIN|CROSS JOIN|JOIN|WHERE|ORDER BY|GROUP BY|UNION ALL|UNION|RETURNING|SET|VALUES|ON CONFLICT) /g;
const PLANNED = /^(?:SELECT|INSERT|UPDATE|DELETE|WITH)\b/;

/** A file a room, for people to read where it changes. TRAINYARD_PRINT_SQL=1 writes them anew. */
const FOLDER = join(import.meta.dirname, 'printed');
const isPrinting = process.env['TRAINYARD_PRINT_SQL'] === '1';

const plain = (sql: string): string =>
  sql
    .replaceAll(/--[^\n]*\n/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();

let trainyard: TestTrainyard;
const printed = new Set<string>();
const refused: string[][] = [];

beforeAll(async () => {
  trainyard = await TestTrainyard.start();
  const { id: teamId } = await buildTeam(trainyard);
  const { askers, insider } = await everybody(trainyard, teamId, (await buildTeam(trainyard)).id);
  const schema = schemaOf(trainyard);
  const owner = askers.find(({ name }) => name === 'the owner') as Asker;
  const once = async (kind: Kind, name: string, each: Case): Promise<void> => {
    const at = await buildPlace(trainyard, teamId, 'PRIVATE', insider);
    const fresh = await person(trainyard, 'somebody new', 'MEMBER');
    const by = [fresh, insider, owner, ...askers].find(
      (asker) =>
        (asker === fresh) === (each.on === 'SELF') &&
        (expectedRefusal(kind, each.demands, asker, scopeOf(each.on, at, asker)) ?? each.also?.(asker, at) ?? null) === null,
    );
    if (by === undefined) throw new Error(`nobody may ask ${name}`);
    const variables = await each.try(at, by);
    const heard = countingSql(trainyard);
    const { error } = await ask(trainyard, by, kind, name, variables);
    // A field can have SQL of its own. Each is asked for by itself: all together would be too much for one request.
    if (kind === 'query' && !error)
      for (const part of partsOf(fieldsOf(schema, kind)[name]!.type)) {
        const told = (await ask(trainyard, by, kind, name, variables, part)).error;
        if (told) refused.push([name, part, told.code]);
      }
    heard.stop();
    if (error) throw new Error(`${name}: ${JSON.stringify(error)}`);
    for (const sql of heard.statements) if (!sql.includes(BUILT)) printed.add(plain(sql));
  };
  for (const [name, each] of Object.entries(QUERIES)) await once('query', name, each);
  for (const [name, each] of Object.entries(MUTATIONS) as [string, MutationCase | MutationCase[]][])
    if (name !== 'setUp') for (const one of [each].flat()) await once('mutation', name, one);
});
afterAll(() => trainyard.stop());

/** Tables that the plan of a statement reads whole although an index would cost less, were there one. */
async function readWhole(sql: string): Promise<string[]> {
  const found: string[] = [];
  const look = (node: { 'Node Type'?: string; 'Relation Name'?: string; Plans?: object[] }): void => {
    if (node['Node Type'] === 'Seq Scan' && node['Relation Name'] !== undefined) found.push(node['Relation Name']);
    for (const plan of node.Plans ?? []) look(plan);
  };
  await trainyard.database.transaction(async (tx) => {
    await tx.query('SET LOCAL enable_seqscan = off');
    const [explained] = await rows<{ 'QUERY PLAN': { Plan: object }[] }>(tx, built(`EXPLAIN (GENERIC_PLAN, COSTS OFF, FORMAT JSON) ${sql}`));
    for (const { Plan } of explained?.['QUERY PLAN'] ?? []) look(Plan);
  });
  return [...new Set(found)].toSorted();
}

describe('the SQL that requests send', () => {
  it('finds what it asks for by an index in every table that grows', async () => {
    const whole: { sql: string; tables: string[] }[] = [];
    for (const sql of printed) {
      if (!PLANNED.test(sql)) continue;
      const tables = (await readWhole(sql)).filter((table) => GROWING.includes(table));
      if (tables.length > 0) whole.push({ sql, tables });
    }
    expect(whole).toEqual([]);
  });

  const owners = ownersByTable();
  const roomOf = (sql: string): string =>
    [...sql.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN|TABLE) ([a-z_]+)/g)].map(([, table]) => owners.get(table as string)).find(Boolean) ?? 'none';
  const rooms = [...Object.keys(OWNERS), 'none'];
  it.each(rooms)('of %s is this', (room) => {
    const all = [...printed].filter((sql) => roomOf(sql) === room).toSorted();
    const text = all.map((sql) => `${sql.replaceAll(CLAUSE, '\n  $1 ')};\n`).join('\n');
    const file = join(FOLDER, `${room}.sql`);
    if (isPrinting) writeFileSync(file, text);
    expect(text).toBe(readFileSync(file, 'utf8'));
  });

  it('asks for every field', () => {
    expect(refused).toEqual([]);
  });

  it('is in a file for each of them and no other', () => {
    expect(readdirSync(FOLDER).toSorted()).toEqual(rooms.map((room) => `${room}.sql`).toSorted());
  });
});
