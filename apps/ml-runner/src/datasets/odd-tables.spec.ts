import { NOTHING_ASKED, type AskedReading, type ErrorCode, type ErrorParams, type TableFormat } from '@trainyard/domain';
import { FixtureFolder, refusal } from './dataset-files.fixture.ts';
import { inspectDataset } from './inspect-dataset.ts';
import { loadDataset } from './load-dataset.ts';
import type { TableColumn } from './dataset-content.ts';

/** Files that people reported to other readers of tables, and what they hold: the right value, or a refusal that names the place. */
const folder = new FixtureFolder();
afterAll(() => folder.remove());

const lines = (count: number, line: (i: number) => string): string => Array.from({ length: count }, (_, i) => `${line(i)}\n`).join('');
const valueAt = ({ numbers, codes, values }: TableColumn, row: number): number | string | null => {
  if (numbers) return Number.isNaN(numbers[row]) ? null : numbers[row]!;
  return values[codes[row]!] ?? null;
};

/** The columns by name, each with its values in the order of the rows: numbers, words, and null where there is none. */
async function valuesOf(
  file: string | Uint8Array,
  asked: Partial<AskedReading> = {},
): Promise<{ columns: Record<string, (number | string | null)[]>; format: TableFormat | null; digest: string }> {
  const { content, digest } = await loadDataset({ ...folder.csv(file), table: { asked: { ...NOTHING_ASKED, ...asked } } });
  if (content.type !== 'TABLE') throw new Error('not a table');
  const columns = content.columns.map((column) => [column.summary.name, Array.from({ length: content.rows }, (_, row) => valueAt(column, row))] as const);
  return { columns: Object.fromEntries(columns), format: content.format, digest };
}

describe('a table is read as it is meant', () => {
  it.each<[string, string | Uint8Array, Record<string, (number | string | null)[]>]>([
    ['a mark before a quoted name', '\ufeff"id","name"\n1,"a"\n2,"b"\n', { id: [1, 2], name: ['a', 'b'] }],
    [
      'line ends in quoted cells (PapaParse 681, 1077; OpenRefine 764)',
      'a;b;c\n1;2;"x\ni,e,l,d\n,3"\n4;5;"{\n1,\n2,\n3}"\n',
      { a: [1, 4], b: [2, 5], c: ['x\ni,e,l,d\n,3', '{\n1,\n2,\n3}'] },
    ],
    ['a delimiter at the end of each row', 'a,b\n1,x,\n2,y,\n', { a: [1, 2], b: ['x', 'y'] }],
    ['carriage returns alone', 'a,b\r1,x\r2,y\r', { a: [1, 2], b: ['x', 'y'] }],
    [
      'points in thousands (PapaParse 290)',
      '08/01/2016;A;-21.419,06\n12/01/2016;B;-53,9\n13/01/2016;A;-116\n',
      { 'Column 1': ['08/01/2016', '12/01/2016', '13/01/2016'], 'Column 2': ['A', 'B', 'A'], 'Column 3': [-21419.06, -53.9, -116] },
    ],
    [
      'a comma in an exponent (PapaParse 910)',
      'nome;telefone\nJessica;5,58199E+12\nJoi;5,51197E+12\n',
      { nome: ['Jessica', 'Joi'], telefone: [5.58199e12, 5.51197e12] },
    ],
    [
      'a comma between bars (PapaParse 592)',
      'KR-SV1|3,4|AC\nKR-SV2|3,5|AC\n',
      { 'Column 1': ['KR-SV1', 'KR-SV2'], 'Column 2': [3.4, 3.5], 'Column 3': ['AC', 'AC'] },
    ],
    ['apostrophes in thousands', "a;b\n1'234;x\n2'345.5;y\n", { a: [1234, 2345.5], b: ['x', 'y'] }],
    ['groups of India', 'a,b\n"12,34,567.5",x\n"1,00,000",y\n', { a: [1234567.5, 100000], b: ['x', 'y'] }],
    ['lists of numbers (Polars 2313)', 'first\tsecond\n1.5\t2.3,2.4\n3\t4.5,4.6\n', { first: [1.5, 3], second: ['2.3,2.4', '4.5,4.6'] }],
    ['lists of codes (readr 1520)', 'num,codes\n1,1\n2,2\n3,"1,23,4"\n4,"1,2,3,4"\n', { num: [1, 2, 3, 4], codes: ['1', '2', '1,23,4', '1,2,3,4'] }],
    ['codes with a letter (readr 339)', 'area,y\n13T,1\n21R,2\n', { area: ['13T', '21R'], y: [1, 2] }],
    ['whole numbers before fractions (Polars 12692)', 'a b\n1 1\n2 2\n3 2.1\n', { a: [1, 2, 3], b: [1, 2, 2.1] }],
    ['a power of ten among counts (readr 890)', 'n,y\n1e4,a\n3,b\n', { n: [10000, 3], y: ['a', 'b'] }],
    [
      'NA is Namibia (country-codes 38)',
      'code,dial\nAF,93\nNA,264\nUS,1\nDE,49\nFR,33\n',
      { code: ['AF', 'NA', 'US', 'DE', 'FR'], dial: [93, 264, 1, 49, 33] },
    ],
    ['postcodes, quoted (CartoDB 4513)', 'zip,y\n"01569",1\n"10001",2\n', { zip: ['01569', '10001'], y: [1, 2] }],
    ['postcodes, not quoted (CartoDB 4513)', 'zip,y\n01569,1\n10001,2\n', { zip: ['01569', '10001'], y: [1, 2] }],
    ['codes with zeros (Supabase 12666, csvkit 977, readr 266)', 'code,y\n0600000,1\n1234567,2\n', { code: ['0600000', '1234567'], y: [1, 2] }],
    ['times with zeros (pandas 39906)', 'time,v\n000000,1\n123500,2\n', { time: ['000000', '123500'], v: [1, 2] }],
    ['texts of Excel', 'id,y\n="007",1\n"=""012""",2\n', { id: ['007', '012'], y: [1, 2] }],
    [
      'references that look like dates (csvkit 231, 965)',
      'ref,day\nT00370201,1-1-19\nT00370202,1-1-20\n',
      { ref: ['T00370201', 'T00370202'], day: ['1-1-19', '1-1-20'] },
    ],
    ['noughts and ones that are no truth values (csvkit 685, 1265)', 'core,us\n0,60000011\n1,60000012\n', { core: [0, 1], us: [60000011, 60000012] }],
    ['a quote that only closes (OpenRefine 690)', 'a;b\n1;y sont en paix ensemble". \n2;"x" y\n', { a: [1, 2], b: ['y sont en paix ensemble".', 'x y'] }],
    ['blanks behind the delimiter (csvkit 1270)', 'd, v\n13/12/2024, 5.5\n14/12/2024, "6,5"\n', { d: ['13/12/2024', '14/12/2024'], v: ['5.5', '6,5'] }],
    ['Arabic and Persian digits', 'a;b;c\n١٢;۱۲٫۵;x\n٤٥;۴۵٫۲۵;y\n', { a: [12, 45], b: [12.5, 45.25], c: ['x', 'y'] }],
    ['digits of full width', 'a,b\n１２,x\n４５,y\n', { a: [12, 45], b: ['x', 'y'] }],
    ['blank lines in the middle and at the end', 'a,b\n\n1,x\n\n\n2,y\n\n\n', { a: [1, 2], b: ['x', 'y'] }],
    ['rows of nothing but delimiters, which are rows', 'a,b\n1,x\n2,y\n,\n', { a: [1, 2, null], b: ['x', 'y', null] }],
    ['UTF-16 without its mark', Buffer.from('a,b\n1,x\n2,y\n', 'utf16le'), { a: [1, 2], b: ['x', 'y'] }],
    ['amounts, which are words until their owner says otherwise (readr guesses so too)', 'price,y\n$1.50,1\n(2),2\n', { price: ['$1.50', '(2)'], y: [1, 2] }],
    ['a word that a line later changes the width of (DuckDB 25827)', 'c0\nv0\na;b\n', { c0: ['v0', 'a;b'] }],
    ['marks of no width', 'a,b\n2\u200b,\u200ex\n3,x\n', { a: [2, 3], b: ['x', 'x'] }],
    [
      'serials with an E, too large for a number (smarter_csv 345)',
      'Date\tID\n2026-06-03\t0047583311587DD90005\n2026-06-03\t0047583311587E590003\n',
      { Date: ['2026-06-03', '2026-06-03'], ID: ['0047583311587DD90005', '0047583311587E590003'] },
    ],
    ['serials that begin with an E (CartoDB 6224)', 'test_string,y\nE00000012,1\nE00000013,2\n', { test_string: ['E00000012', 'E00000013'], y: [1, 2] }],
    [
      'truths among empty cells (pandas 34120)',
      `a;y\n${lines(300, (i) => `${i < 100 || i >= 200 ? '' : 'True'};${i % 3}`)}`,
      { a: Array.from({ length: 300 }, (_, i) => (i < 100 || i >= 200 ? null : 'True')), y: Array.from({ length: 300 }, (_, i) => i % 3) },
    ],
    ['a truth beside a number (cuDF 20752)', 'c0,y\ntrue,1\n1,2\n', { c0: ['true', '1'], y: [1, 2] }],
    [
      'identifiers of twenty digits, of which a double keeps sixteen (readr 976)',
      'doi,scholar\n10.1136/bmj,11898508762506083287\n10.1016/j,3266119658877827603\n',
      { doi: ['10.1136/bmj', '10.1016/j'], scholar: ['11898508762506083287', '3266119658877827603'] },
    ],
    [
      'long identifiers of which some are missing (pandas 32453, cuDF 7088)',
      'field1,field2\n,1577134800018164904\n1577134800018226901,1577134800018267738\n',
      { field1: [null, '1577134800018226901'], field2: ['1577134800018164904', '1577134800018267738'] },
    ],
    [
      'a power of ten among long identifiers (pandas 2697)',
      'id,text\n135217135789158401,a\n1352171357E+5,b\n',
      { id: ['135217135789158401', '1352171357E+5'], text: ['a', 'b'] },
    ],
    [
      'names of disks in hexadecimal, some with one E (jsoncons 333)',
      'Drive,DeviceName,T\n0:0,5000C50093B7DF54,29\n8:0,5001173100E7BDFC,33\n',
      { Drive: ['0:0', '8:0'], DeviceName: ['5000C50093B7DF54', '5001173100E7BDFC'], T: [29, 33] },
    ],
    ['thousands in the one column there is, quoted (data.table 2667)', '"abc"\n"1,000"\n"2,000"\n', { abc: [1000, 2000] }],
    [
      'lists in brackets, some with a comma, between semicolons (CPython 119123)',
      "id;cost;group;sub\n1;62.25;['345'];['10']\n4;46.50;['112', '112'];['765', '766']\n5;237.00;['468'];['ALL']\n",
      { id: [1, 4, 5], cost: [62.25, 46.5, 237], group: ["['345']", "['112', '112']", "['468']"], sub: ["['10']", "['765', '766']", "['ALL']"] },
    ],
    [
      'one cell in single quotes among double ones (DuckDB 16215)',
      'datecol,textcol\n1/1/19,"text"\n1/6/19,"text, with comma"\n1/9/19,\'text\'\n',
      { datecol: ['1/1/19', '1/6/19', '1/9/19'], textcol: ['text', 'text, with comma', "'text'"] },
    ],
    [
      'powers of ten without a digit behind the point or a sign (CSV.jl 416, Polars 5819, cuDF 987)',
      'ID,v\n1,428.E+03\n2,-1e1\n3,0e0\n4,-9e-06\n',
      { ID: [1, 2, 3, 4], v: [428_000, -10, 0, -0.000_009] },
    ],
    [
      'three digits behind each decimal comma, beside prices with two (readr 174)',
      'Date;Volume;Price\n01.03.2015;300,000;11,18\n02.03.2015;-184,000;-1,51\n',
      { Date: ['01.03.2015', '02.03.2015'], Volume: [300, -184], Price: [11.18, -1.51] },
    ],
    [
      'lines and quotes in quoted cells of few rows (dataprof 423)',
      'id,comment\n1,"line one\nline two"\n2,"normal"\n3,"has ""quotes"" inside"\n',
      { id: [1, 2, 3], comment: ['line one\nline two', 'normal', 'has "quotes" inside'] },
    ],
    ['a comma in a quoted cell between tabs (data.table 923)', '"a"\t"b"\n"this,that"\t2\n"and,more"\t3\n', { a: ['this,that', 'and,more'], b: [2, 3] }],
    ['the mark by which DOS ended a file (pandas 7340)', 'a,b\r\n1,2\r\n3,4\r\n\x1a', { a: [1, 3], b: [2, 4] }],
    [
      'colons of times (CleverCSV 35)',
      "bytearray(b'fake data'),20:53:06,2019-09-01T19:28:21\nbytearray(b'fake data'),19:33:15,2005-02-15T19:10:31\nbytearray(b'other data'),10:43:05,1992-10-12T14:49:24\n",
      {
        'Column 1': ["bytearray(b'fake data')", "bytearray(b'fake data')", "bytearray(b'other data')"],
        'Column 2': ['20:53:06', '19:33:15', '10:43:05'],
        'Column 3': ['2019-09-01T19:28:21', '2005-02-15T19:10:31', '1992-10-12T14:49:24'],
      },
    ],
    [
      'few Japanese words behind much English (rag_api 291)',
      Buffer.concat([
        Buffer.from(`name,y\n${lines(500, (i) => `english word,${i % 2}`)}`),
        Buffer.from([0x82, 0xe8, 0x82, 0xf1, 0x82, 0xb2]),
        Buffer.from(',7\n'),
      ]),
      { name: [...Array.from({ length: 500 }, () => 'english word'), 'りんご'], y: [...Array.from({ length: 500 }, (_, i) => i % 2), 7] },
    ],
  ])('%s', async (_name, file, columns) => expect((await valuesOf(file)).columns).toEqual(columns));

  it.each<[string, string, number, Record<string, (number | string | null)[]>]>([
    [
      'a title and its source (DuckDB 25827)',
      '"Data Source","World Development Indicators",\n\n"Country","Code","2019","2020"\nAruba,ABW,1.5,2\nChad,TCD,2,3\n',
      2,
      { Country: ['Aruba', 'Chad'], Code: ['ABW', 'TCD'], 2019: [1.5, 2], 2020: [2, 3] },
    ],
    ['a title that a spreadsheet pads', 'Report;;\n;;\nday;x;y\nMo;1,5;a\nDi;2,5;b\n', 2, { day: ['Mo', 'Di'], x: [1.5, 2.5], y: ['a', 'b'] }],
    ['a title of two lines in one cell', '"Report\nof today"\na,b\n1,x\n2,y\n', 1, { a: [1, 2], b: ['x', 'y'] }],
    ['old names above the data', 'speed,time\n1.5,2\n2.5,3\n', 1, { 'Column 1': [1.5, 2.5], 'Column 2': [2, 3] }],
  ])('without the rows at the top that its owner leaves out: %s', async (_name, file, skip, columns) => {
    const read = await valuesOf(file, { skip });
    expect(read.columns).toEqual(columns);
    expect(read.format?.skip).toBe(skip);
  });

  it.each<[string, string, Record<string, (number | string | null)[]>]>([
    ['sentences with commas', 'text\nWell, yes\nno\n"No, so, no", he said\n', { text: ['Well, yes', 'no', '"No, so, no", he said'] }],
    ['speech whose quotes close rows later', 'text\n"First paragraph.\n"Second."\n', { text: ['"First paragraph.', '"Second."'] }],
    ['rows that are enclosed where they must be', 'text\n"Well, ""yes"""\nno\n', { text: ['Well, "yes"', 'no'] }],
    ['sentences of equally many words', 'two words\nred mat\nold house\nred mat\n', { 'two words': ['red mat', 'old house', 'red mat'] }],
    [
      'quotes behind the commas of sentences',
      "text\nhe said, 'yes', and went\n'tis the dogs', said she\n",
      { text: ["he said, 'yes', and went", "'tis the dogs', said she"] },
    ],
    [
      'times with a decimal comma (data.table 6447)',
      't\n2023-10-12T06:53:53,123Z\n2023-10-12T06:53:54,456Z\n',
      { t: ['2023-10-12T06:53:53,123Z', '2023-10-12T06:53:54,456Z'] },
    ],
    ['numbers with a decimal comma', 'x\n1,5\n2,25\n3\n', { x: [1.5, 2.25, 3] }],
    ['addresses with every mark there is', 'a\nx;y|z\tw, v\nx y\n', { a: ['x;y|z\tw, v', 'x y'] }],
  ])('as one column, where its owner says so: %s', async (_name, file, columns) => {
    const read = await valuesOf(file, { delimiter: 'NONE' });
    expect(read.columns).toEqual(columns);
    expect(read.format?.delimiter).toBe('NONE');
  });

  it.each<[string, string, (number | null)[]]>([
    ['dollars, with accountants’ brackets', 'price,y\n"$1,234.50",a\n$ (5.00),b\n,a\n-$7,b\n', [1234.5, -5, null, -7]],
    ['euros behind the digits', 'price;y\n1.234,50 €;a\n3 €;b\n', [1234.5, 3]],
    ['the minus behind, as SAP writes it', 'price;y\n1,5-;a\n2,25;b\n', [-1.5, 2.25]],
    ['prices without cents, with every dash', 'price;y\n12,-;a\n5,– €;b\n-13,—;c\n', [12, 5, -13]],
    ['yuan of both widths', 'price,y\n￥5,a\n¥6.5,b\n', [5, 6.5]],
  ])('as amounts, where its owner says that a column holds numbers: %s', async (_name, file, price) => {
    const read = await valuesOf(file, { columns: [{ name: 'price', type: 'NUMBER', missing: null }] });
    expect(read.columns['price']).toEqual(price);
  });

  it('by what the amounts of a column say that holds numbers, and no other one’s', async () => {
    const read = await valuesOf('x,fee\n1.234,"€ 1,50"\n2.345,"€ 2,50"\n3.456,"€ 2,75"\n4,"€ 3,10"\n', {
      columns: [{ name: 'x', type: 'NUMBER', missing: null }],
    });
    expect([read.columns['x'], read.format?.decimal]).toEqual([[1.234, 2.345, 3.456, 4], 'POINT']);
  });

  it('the same data, the same digest: one column by a comma that it does not hold, and by nothing', async () => {
    const file = 'text\nred\nblue\n';
    const [comma, none, guessed] = [await valuesOf(file, { delimiter: 'COMMA' }), await valuesOf(file, { delimiter: 'NONE' }), await valuesOf(file)];
    expect([none.digest, guessed.digest, guessed.format?.delimiter]).toEqual([comma.digest, comma.digest, 'NONE']);
  });

  it('the same data, the same digest: with rows left out, and without those rows', async () => {
    const [titled, bare] = [await valuesOf('Report\n\na,b\n1,x\n2,y\n', { skip: 2 }), await valuesOf('a,b\n1,x\n2,y\n')];
    expect(titled.digest).toBe(bare.digest);
  });

  it('and tells how much of the file it has read, up to the whole', async () => {
    const shares: number[] = [];
    await inspectDataset(folder.csv(`a,b\n${lines(12_000, (i) => `${i},${'x'.repeat(50)}${i % 2}`)}`), undefined, (share) => shares.push(share));
    expect(shares.length).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
  });

  it('a megabyte in one cell', async () => {
    const long = 'x'.repeat(1024 * 1024 - 10);
    expect((await valuesOf(`a,b\n1,"${long}"\n2,y\n`)).columns['b']).toEqual([long, 'y']);
  });
});

describe('a table that cannot be read as it is names the place', () => {
  const cut = Buffer.concat([Buffer.from('name,y\nMüller,1\n'), Buffer.from('Jürgen,2\n', 'latin1')]);
  it.each<[string, string | Uint8Array, ErrorCode, ErrorParams]>([
    ['a row with a cell less', 'a,b,c\n1,2,3\n4,5\n6,7,8\n', 'DATASET_MALFORMED', { row: 3, unit: 'COLUMNS', expected: 3, got: 2 }],
    ['names without one for the row numbers, as R writes them', 'a,b\n1,5.1,x\n2,6.2,y\n', 'DATASET_MALFORMED', { row: 2, expected: 2, got: 3 }],
    [
      'rows above the names (DuckDB 25827: they are never skipped unseen)',
      '"Data Source","World Development Indicators",\n\n"Country","Code","2019","2020"\nAruba,ABW,1.5,2\nChad,TCD,2,3\n',
      'DATASET_MALFORMED',
      { row: 3, expected: 3, got: 4 },
    ],
    ['a line of comment', '# made by hand\na,b\n1,2\n3,4\n', 'DATASET_MALFORMED', { row: 2, expected: 1, got: 2 }],
    ['a row of units', 'speed,time\nm/s,s\n1.5,2\n2.5,3\n3.5,4\n', 'DATASET_NOT_NUMERIC', { row: 2, column: 'speed', got: 'm/s' }],
    [
      'a row of totals at the end (pandas 5232)',
      'col1|col2\na|438087272980\nb|399432587827\nc|592706116147\nfooter 1\n',
      'DATASET_MALFORMED',
      { row: 5, expected: 2, got: 1 },
    ],
    [
      'totals under numbers (readr 88)',
      `id,race\n${lines(20, (i) => `${6_543 + i},Other`)}"Grand Total: 6,634",\nPage -1 of 1,\n`,
      'DATASET_NOT_NUMERIC',
      { row: 22, column: 'id', got: 'Grand Total: 6,634' },
    ],
    [
      'a comma in each date between semicolons of which some are missing (Rainbow CSV 134)',
      `${lines(7, (i) => `April ${i + 10}, 2023;402872298${i};25.00;4.00;16.00;Ray;pending;`)}${lines(3, (i) => `April ${i}, 2023;678343453${i};25.00;4.00;16.00;Lonny;`)}`,
      'DATASET_MALFORMED',
      { row: 8, unit: 'COLUMNS', expected: 8, got: 7 },
    ],
    ['a delimiter behind the names alone (DuckDB 8231)', 'id,name,lat,lon,\n1,name,0,0\n2,other,1,1\n', 'DATASET_MALFORMED', { row: 2, expected: 5, got: 4 }],
    ['a quote in the last row (pandas 32495)', 'yyyy,b\n1991,1\n2002,2\n"a\n', 'DATASET_TRUNCATED', { row: 4, form: 'CLOSING_QUOTE' }],
    ['a name twice, under a title', 'Report\n\na,b,a\n1,2,3\n4,5,6\n', 'DATASET_MALFORMED', { row: 3, expected: 1, got: 3 }],
    ['a name twice', 'a,b,a\n1,2,3\n4,5,6\n', 'DATASET_MALFORMED', { column: 'a', form: 'DIFFERENT_NAMES', first: 1, second: 3 }],
    ['names alone', 'a,b,c', 'DATASET_EMPTY', { file: 'TABLE' }],
    [
      'ten thousand columns',
      `${Array.from({ length: 10_000 }, (_, i) => `c${i}`).join(',')}\n`,
      'DATASET_TOO_LARGE',
      { unit: 'COLUMNS', limit: 2_000, got: 10_000 },
    ],
    ['a zero byte', 'a,b\n1,x\0y\n2,z\n', 'DATASET_MALFORMED', { line: 2, form: 'TEXT' }],
    ['an endless number', 'x,y\n1,1\ninf,2\n2,1\n5,3\n', 'DATASET_NOT_NUMERIC', { row: 3, column: 'x', got: 'inf' }],
    ['sentences of which some have commas', 'text\nno\nWell, yes\nso\n', 'DATASET_MALFORMED', { row: 3, unit: 'COLUMNS', expected: 1, got: 2 }],
    [
      'a decimal comma in the times of the only column (data.table 6447)',
      't\n2023-10-12T06:53:53,123Z\n2023-10-12T06:53:54,456Z\n',
      'DATASET_MALFORMED',
      { row: 2, unit: 'COLUMNS', expected: 1, got: 2 },
    ],
    ['an endless number below zero (readr 1225)', 'num,inf\n3,1\n4,-INF\n5,2\n', 'DATASET_NOT_NUMERIC', { row: 3, column: 'inf', got: '-INF' }],
    [
      'the largest double, which stands for no value',
      `x,y\n${lines(30, (i) => `${i},${i % 2}`)}1.7976931348623157e308,1\n`,
      'DATASET_NOT_NUMERIC',
      { row: 32, got: '1.7976931348623157e308' },
    ],
    ['two encodings', cut, 'DATASET_MALFORMED', { line: 3, form: 'ENCODING', encoding: 'UTF_8' }],
    [
      'decimal commas after the beginning that the format is guessed from',
      `a;b\n${lines(20_000, (i) => `${i % 50};${i % 3}`)}${lines(20_000, (i) => `${i % 50},5;${i % 3}`)}`,
      'DATASET_NOT_NUMERIC',
      { row: 20_002, column: 'a', got: '0,5' },
    ],
    ['a quote that never closes', 'a,b\n1,"x\n2,y\n', 'DATASET_TRUNCATED', { row: 2, column: 'b', form: 'CLOSING_QUOTE' }],
    ['a workbook', Buffer.from([0x50, 0x4b, 3, 4, 20, 0, 6, 0]), 'DATASET_MALFORMED', { form: 'NO_WORKBOOK' }],
  ])('%s', async (_name, file, code, params) => {
    expect(await refusal(folder.csv(file), loadDataset)).toMatchObject({ code, params });
  });
});
