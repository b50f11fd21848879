import { NOTHING_ASKED, SAMPLE_BYTES } from '@trainyard/domain';
import { Blob } from 'node:buffer';
import { gzipSync } from 'node:zlib';
import { keptSample, sampleOf, viewOf } from './table-sample.ts';

const bytes = (text: string) => new TextEncoder().encode(text);
const file = (content: Uint8Array) => new Blob([content]) as unknown as globalThis.Blob;
const sample = (text: string) => ({ bytes: bytes(text), whole: true });

describe('the beginning of a chosen table', () => {
  it.each([
    ['as it is', bytes('a;b\n1,5;x\n')],
    ['in gzip', gzipSync('a;b\n1,5;x\n')],
  ])('is read %s', async (_how, content) => {
    const { bytes: read, whole } = await sampleOf(file(content));
    expect([new TextDecoder().decode(read), whole]).toEqual(['a;b\n1,5;x\n', true]);
  });
  it('ends where the runner stops guessing too', async () => {
    const { bytes: read, whole } = await sampleOf(file(new Uint8Array(SAMPLE_BYTES + 5)));
    expect([read.length, whole]).toEqual([SAMPLE_BYTES, false]);
  });
  it('comes back from the server as it was', () => expect(keptSample(btoa('a,b')).bytes).toEqual(bytes('a,b')));
});

describe('the preview', () => {
  it('shows what the runner will read', () => {
    const view = viewOf(sample('id;y\n007;1,5\n012;2,5\n'), NOTHING_ASKED);
    expect(view).toMatchObject({
      format: { delimiter: 'SEMICOLON', decimal: 'COMMA' },
      names: ['id', 'y'],
      data: [
        ['007', '1,5'],
        ['012', '2,5'],
      ],
      refused: null,
    });
    expect(view.columns.map(({ reading }) => reading.type)).toEqual(['CATEGORY', 'NUMBER']);
  });
  it('follows what is asked, and says what cannot be read so', () => {
    const text = 'x,y\n1,a\n2,none\n3,b\n';
    const left = viewOf(sample(text), { ...NOTHING_ASKED, columns: [{ name: 'y', type: null, missing: ['none'] }] });
    expect(left.columns[1]?.summary).toMatchObject({ missing: 1, gaps: [{ word: 'none', count: 1 }] });
    expect(viewOf(sample(text), { ...NOTHING_ASKED, columns: [{ name: 'y', type: 'NUMBER', missing: [] }] }).refused).toMatchObject({
      code: 'DATASET_NOT_NUMERIC',
      params: { row: 2, got: 'a' },
    });
    expect(viewOf(sample('a,a\n1,2\n2,3\n'), NOTHING_ASKED).refused).toMatchObject({ params: { column: 'a', form: 'DIFFERENT_NAMES' } });
    expect(viewOf(sample('a,b\n1,2\n\n1,2,3\n'), NOTHING_ASKED).refused).toMatchObject({ params: { row: 4, expected: 2, got: 3 } });
    expect(viewOf(sample('a,b\n1,2,\n3,4,\n'), NOTHING_ASKED)).toMatchObject({
      data: [
        ['1', '2'],
        ['3', '4'],
      ],
      refused: null,
    });
  });
  it('says that nothing is left to guess from, until all is decided', () => {
    const title = { bytes: bytes(`${'x'.repeat(100)}\n`.repeat(600)), whole: false };
    const skip = 700;
    expect(viewOf(title, { ...NOTHING_ASKED, skip }).refused).toMatchObject({ code: 'DATASET_MALFORMED', params: { row: 701, form: 'ROW_TO_GUESS_FROM' } });
    expect(
      viewOf(title, { ...NOTHING_ASKED, skip, delimiter: 'COMMA', quote: 'DOUBLE', header: true, decimal: 'POINT', thousands: 'NONE' }).refused,
    ).toBeNull();
  });
  it.each([
    ['a quote that never closes', 'a,b\n1,"x\n2,y\n', { code: 'DATASET_TRUNCATED', params: { row: 2, column: 'b', form: 'CLOSING_QUOTE' } }],
    ['a zero byte', 'a,b\n1,x\0y\n2,z\n', { code: 'DATASET_MALFORMED', params: { line: 2, form: 'TEXT' } }],
    ['names alone', 'a,b\n', { code: 'DATASET_EMPTY' }],
    ['too many columns', `${'c,'.repeat(2_500)}c\n1\n`, { code: 'DATASET_TOO_LARGE', params: { unit: 'COLUMNS', got: 2_501 } }],
    ['a workbook', 'PK\u0003\u0004', { code: 'DATASET_MALFORMED', params: { form: 'NO_WORKBOOK' } }],
  ])('says before anything is sent what is wrong with %s', (_name, text, refused) => {
    expect(viewOf(sample(text), NOTHING_ASKED).refused).toMatchObject(refused);
  });
});
