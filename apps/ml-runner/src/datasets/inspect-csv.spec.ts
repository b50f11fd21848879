import { gzipSync } from 'node:zlib';
import { DATASET_LIMITS, NOTHING_ASKED, READING_FIELDS, type AskedReading, type ErrorCode, type ErrorParams, type InspectedTable } from '@trainyard/domain';
import type { LocalDataset } from '../job/child-job.ts';
import { FixtureFolder, refusal } from './dataset-files.fixture.ts';
import { inspectDataset } from './inspect-dataset.ts';
import { loadDataset } from './load-dataset.ts';

const folder = new FixtureFolder();
afterAll(() => folder.remove());

describe('CSV', () => {
  it('is summarised by column', async () => {
    const summary = await inspectDataset(folder.csv('﻿size;colour;price\n1;red;10\n2;"a;b";20.5\n;red;NA\n'));
    expect(summary).toMatchObject({
      sampleCount: 3,
      inputShape: [3],
      classes: [],
      columns: [
        { name: 'size', type: 'NUMBER', missing: 1, min: 1, max: 2, mean: 1.5 },
        {
          name: 'colour',
          type: 'CATEGORY',
          missing: 0,
          categories: [
            { value: 'red', count: 2 },
            { value: 'a;b', count: 1 },
          ],
        },
        { name: 'price', type: 'NUMBER', missing: 1, min: 10, max: 20.5, gaps: [{ word: 'na', count: 1 }] },
      ],
      preview: {
        rows: [
          ['1', 'red', '10'],
          ['2', 'a;b', '20.5'],
          ['', 'red', 'NA'],
        ],
      },
    });
  });

  it.each([
    ['tabs', 'a\tb\n1\tx\n2\ty\n'],
    ['semicolons and Windows line ends', 'a;b\r\n1;x\r\n2;y\r\n'],
    ['quotes and a byte order mark', '﻿"a","b"\n"1","x"\n"2","y"'],
    ['gzip', gzipSync('a,b\n1,x\n2,y\n')],
    ['blank lines', 'a,b\n\n1,x\n\n2,y\n\n'],
  ])('with %s has the digest of the same table with commas', async (_name, content) => {
    const { digest } = await inspectDataset(folder.csv('a,b\n1,x\n2,y\n'));
    expect((await inspectDataset(folder.csv(content))).digest).toBe(digest);
  });

  it('names columns of a table without a header', async () => {
    expect((await inspectDataset(folder.csv('1,2\n3,4\n'))).columns.map((column) => column.name)).toEqual(['Column 1', 'Column 2']);
  });

  it('lists the beginning of long values, and trains on the whole ones', async () => {
    const long = 'x'.repeat(20_000);
    const table = folder.csv(`n,text\n1,${long}a\n2,${long}b\n`);
    expect((await inspectDataset(table)).columns[1]?.categories).toEqual([
      { value: 'x'.repeat(200), count: 1 },
      { value: 'x'.repeat(200), count: 1 },
    ]);
    const { content } = await loadDataset(table);
    expect(content.type === 'TABLE' && content.columns[1]?.values).toEqual([`${long}a`, `${long}b`]);
  });

  it('lists fewer and shorter values of a wide table, so that its summary travels in one piece', async () => {
    const wide = (rows: number, columns: number) =>
      [
        Array.from({ length: columns }, (_, i) => `c${i}`),
        ...Array.from({ length: rows }, (_, row) => Array.from({ length: columns }, (_, i) => `${'词'.repeat(60)}${row} ${i}`)),
      ]
        .map((cells) => cells.join(','))
        .join('\n');
    const { columns, preview, ...rest } = await inspectDataset(folder.csv(wide(25, DATASET_LIMITS.columns)));
    expect(Buffer.byteLength(JSON.stringify({ columns, preview, ...rest }))).toBeLessThan(6_000_000);
    expect(columns).toHaveLength(DATASET_LIMITS.columns);
    expect(columns[7]).toMatchObject({ distinct: 25, categories: Array.from({ length: 10 }, () => ({ value: '词'.repeat(30), count: 1 })) });
    expect(preview.rows[3]?.[7]).toBe('词'.repeat(15));
    // As many columns as most tables have keep all that they ever listed.
    const { columns: usual } = await inspectDataset(folder.csv(wide(101, 5)));
    expect(usual[4]?.categories).toHaveLength(100);
    expect(usual[4]?.categories[0]?.value).toBe(`${'词'.repeat(60)}0 4`);
  });

  it('reads a table of many chunks', async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => `${i},${i % 7},word ${i % 3}`);
    const summary = await inspectDataset(folder.csv(`n,m,w\n${rows.join('\n')}\n`));
    expect(summary).toMatchObject({ sampleCount: 60_000, columns: [{ max: 59_999, mean: 29_999.5 }, { max: 6 }, { type: 'CATEGORY' }] });
  });

  it.each<[string, string | Uint8Array, ErrorCode, ErrorParams]>([
    ['an empty file', '', 'DATASET_EMPTY', { file: 'TABLE' }],
    ['blank lines', '\n\n', 'DATASET_EMPTY', {}],
    ['a header alone', 'a,b\n', 'DATASET_EMPTY', {}],
    ['a row too long', 'a,b\n1,2\n1,2,3\n4,5\n', 'DATASET_MALFORMED', { row: 3, unit: 'COLUMNS', expected: 2, got: 3 }],
    ['a last row cut off', 'a,b,c\n1,2,3\n4,5', 'DATASET_TRUNCATED', { row: 3, unit: 'COLUMNS', got: 2 }],
    ['a quote that never closes', 'a,b\n1,"x\n2,y\n', 'DATASET_TRUNCATED', { row: 2, column: 'b', form: 'CLOSING_QUOTE' }],
    ['a word among numbers', 'a,b\n1,2\n3,oops\n5,6\n', 'DATASET_NOT_NUMERIC', { column: 'b', row: 3, got: 'oops' }],
    ['a column name twice', 'a,a\n1,2\n', 'DATASET_MALFORMED', { row: 1, column: 'a' }],
    [
      'bytes that no encoding explains',
      Buffer.from([0x61, 0x2c, 0x62, 0x0a, 0xff, 0xfe, 0x2c, 0x31, 0x0a]),
      'DATASET_MALFORMED',
      { form: 'ENCODING', encoding: 'UTF_8', line: 2, byte: 4 },
    ],
    ['a picture', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0]), 'DATASET_MALFORMED', { form: 'TEXT', got: '00', line: 3 }],
    ['one row', 'a,b\n1,x\n', 'DATASET_TOO_SMALL', { file: 'TABLE', needed: 2, got: 1 }],
    ['one row without a header', '1,2\n', 'DATASET_TOO_SMALL', { got: 1 }],
    ['nothing but constants', 'a,b\n1,x\n1,x\n', 'DATASET_ONE_CLASS', { column: 'a', class: '1' }],
    [
      'a long constant, of which it tells as much as the api takes',
      `a\n${`${'x'.repeat(20_000)}\n`.repeat(2)}`,
      'DATASET_ONE_CLASS',
      { column: 'a', class: 'x'.repeat(1_000) },
    ],
    ['too many columns', `${Array.from({ length: DATASET_LIMITS.columns + 1 }, (_, i) => `c${i}`).join(',')}\n`, 'DATASET_TOO_LARGE', { unit: 'COLUMNS' }],
    ['a gzip cut off', gzipSync('a,b\n' + '1,2\n'.repeat(9_999)).subarray(0, 60), 'DATASET_TRUNCATED', {}],
  ])('refuses %s', async (_name, content, code, params) => {
    expect(await refusal(folder.csv(content))).toMatchObject({ code, params });
  });

  it('stops at one endless row', async () => {
    expect(await refusal(folder.csv(`a,b\n1,"${'x'.repeat(2 * 1024 * 1024)}`))).toMatchObject({
      code: 'DATASET_TOO_LARGE',
      params: { unit: 'BYTES', limit: 1024 * 1024 },
    });
    expect(await refusal(folder.csv(`a,b\n${'x'.repeat(6 * 1024 * 1024)}`))).toMatchObject({
      code: 'DATASET_TOO_LARGE',
      params: { unit: 'BYTES', line: 2, limit: 1024 * 1024 },
    });
  });

  const inUtf16 = (text: string) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
  it.each<[string, string | Uint8Array, string[]]>([
    ['a stray quote', 'size,y\n5" pipe,x\n6" pipe,z\n', ['5" pipe|x', '6" pipe|z']],
    ['one LF line among CRLF', 'a,b\r\n1,2\n3,4\r\n', ['1|2', '3|4']],
    ['a line that says the delimiter', 'sep=;\na;b\n1,5;2\n3;4\n', ['1,5|2', '3|4']],
    ['UTF-16', inUtf16('名称,价格\n苹果,1\n梨,2\n'), ['苹果|1', '梨|2']],
    // 名称,类 / 苹果,果 / 白菜,菜 in GBK
    ['GBK', Buffer.from('c3fbb3c62cc0e00ac6bbb9fb2cb9fb0ab0d7b2cb2cb2cb0a', 'hex'), ['苹果|果', '白菜|菜']],
    ['latin-1', Buffer.from('Name;Stück\nMüller;1,5\nJürgen;2\n', 'latin1'), ['Müller|1,5', 'Jürgen|2']],
  ])('reads %s', async (_name, content, rows) => {
    expect((await inspectDataset(folder.csv(content))).preview.rows).toEqual(rows.map((row) => row.split('|')));
  });

  it('finds bytes that are no text of its encoding in a late line', async () => {
    const lines = Buffer.from(`a,b\n${'1,x\n'.repeat(100_000)}`);
    const bad = Buffer.concat([lines, Buffer.from([0x31, 0x2c, 0xc3, 0x28, 0x0a])]);
    expect(await refusal(folder.csv(bad))).toMatchObject({
      code: 'DATASET_MALFORMED',
      params: { file: 'TABLE', form: 'ENCODING', encoding: 'UTF_8', line: 100_002, byte: lines.length + 3 },
    });
  });

  it('tells how it was read, why, and of what, also when it is refused', async () => {
    const told: InspectedTable[] = [];
    await inspectDataset(folder.csv('a;b\n1,5;x\n2,5;y\n'), (table) => told.push(table));
    expect(told.at(-1)).toMatchObject({
      reading: {
        delimiter: 'SEMICOLON',
        decimal: 'COMMA',
        columns: [
          { name: 'a', type: 'NUMBER', missing: [] },
          { name: 'b', type: 'CATEGORY' },
        ],
      },
    });
    expect(told.at(-1)?.evidence.map(({ field }) => field)).toEqual([...READING_FIELDS]);
    await inspectDataset(folder.csv('a,b\n1,2\n3,4,5\n'), (table) => told.push(table)).catch(() => undefined);
    expect(told.at(-1)).toMatchObject({ reading: null, sample: Buffer.from('a,b\n1,2\n3,4,5\n').toString('base64') });
  });

  const asked = (table: Partial<AskedReading>): LocalDataset =>
    ({ ...folder.csv('1,5;none\n2,5;a\n3,5;b\n4,5;none\n'), table: { asked: { ...NOTHING_ASKED, ...table } } }) as LocalDataset;
  it('is read as its owner asks, and has another digest where that changes what its cells mean', async () => {
    const plain = await inspectDataset(asked({}));
    expect(plain).toMatchObject({
      sampleCount: 4,
      columns: [
        { type: 'NUMBER', mean: 3 },
        { missing: 0, distinct: 3 },
      ],
    });
    const words = await inspectDataset(asked({ columns: [{ name: 'Column 2', type: null, missing: ['none'] }] }));
    expect(words).toMatchObject({ columns: [{}, { missing: 2, distinct: 2, gaps: [{ word: 'none', count: 2 }] }] });
    const header = await inspectDataset(asked({ header: true }));
    expect(header).toMatchObject({ sampleCount: 3, columns: [{ name: '1,5' }, { name: 'none' }] });
    const comma = await inspectDataset(asked({ delimiter: 'COMMA' }));
    expect(comma.columns).toHaveLength(2);
    const digests = [plain, words, header, comma].map(({ digest }) => digest);
    expect(new Set(digests).size).toBe(4);
    expect((await inspectDataset(asked({ encoding: 'GB18030' }))).digest).toBe(plain.digest);
    expect(await refusal(asked({ columns: [{ name: 'gone', type: null, missing: [] }] }))).toMatchObject({
      code: 'DATASET_MALFORMED',
      params: { column: 'gone', form: 'ASKED_COLUMN' },
    });
  });

  it('guesses nothing where more rows are left out than it looks at, and then reads what its owner decided', async () => {
    const title = `${'x'.repeat(99)}\n`.repeat(700);
    const local = folder.csv(`${title}a;b\n1,5;x\n2,5;y\n`);
    const told: InspectedTable[] = [];
    const read = (table: Partial<AskedReading>) => ({ ...local, table: { asked: { ...NOTHING_ASKED, skip: 700, ...table } } }) as LocalDataset;
    expect(await refusal(read({}))).toEqual({
      code: 'DATASET_MALFORMED',
      params: { file: 'TABLE', row: 701, form: 'ROW_TO_GUESS_FROM', unit: 'BYTES', limit: 65_536 },
    });
    await inspectDataset(read({}), (table) => told.push(table)).catch(() => undefined);
    // The beginning is told nevertheless: its owner decides over it.
    expect(told.at(-1)?.sample).toHaveLength(4 * Math.ceil(65_536 / 3));
    const decided = await inspectDataset(read({ delimiter: 'SEMICOLON', quote: 'DOUBLE', header: true, decimal: 'COMMA', thousands: 'NONE' }));
    expect(decided).toMatchObject({
      sampleCount: 2,
      columns: [
        { name: 'a', type: 'NUMBER', mean: 2 },
        { name: 'b', type: 'CATEGORY' },
      ],
    });
  });

  // Digests as the version before readings gave them: runs froze these.
  it.each([
    ['a;b\r\n1; x \r\n2;"y;z"\r\n', 'dcf11463aca259ee37cd9f60b9676594a6a98b83ab50c69e384567d8648552df'],
    ['1,2\n3,4\n5,NA\n', '40e7f45bc5e7f3b7b1e99e7f7d9f1d5d36de3657ad7a4a1e9b948e8dfedf8125'],
    ['a\tb\n007\tnone\n\n012\tB\n', '632d716d313c42b5bccdb81d9fb43144bc9fbf6665420b087bf5519052ad25ab'],
    ['a,b\n1,x\n2,y\x1a', '3c37c546eca7f1152257a7f9e49f275d6d0fd82737df0891338d617dd018a8d6'],
    ['a\nb\nc\n\x1a', 'cb62b2a5c29986edc650baa78be810b56326ee8e3994bea8979069bdb2ff8c9d'],
    ['a\r\nb\nc\r\nd\r\n', '5cf88bb4120d25b20f30cace1cdeef9a506b25c15e2e06581778d0dc74ea59e0'],
    ['a,b\r1,x\r2,y\r\n3,z\r', '5849f27c4bbe15def7f5b0be3298d062193d5a8b2ddf2392e22bd3a989c08bc7'],
  ])('keeps the digest that %j had before readings', async (content, digest) => {
    const local = folder.csv(content);
    expect((await inspectDataset({ ...local, table: { known: 'LEGACY' } } as LocalDataset)).digest).toBe(digest);
  });
});
