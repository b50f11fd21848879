import { DATASET_LIMITS } from '@trainyard/domain';
import { FIRST_VALUES, datasetResolver, kindOf, missingRole, valuesFor, valuesLike, type DatasetValues } from './dataset-form.ts';
import { guessRoles, nameFrom } from './file-roles.ts';
import { checkSize } from './upload.ts';

const file = (name: string, size = 10): File => Object.defineProperty(new File([], name), 'size', { value: size });
const names = (files: ReturnType<typeof guessRoles>) => Object.fromEntries(Object.entries(files).map(([role, chosen]) => [role, chosen.name]));

describe('files dropped at once', () => {
  it.each<[string, string[], Record<string, string>]>([
    [
      'all four of MNIST',
      ['train-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz', 'train-labels-idx1-ubyte.gz', 't10k-images-idx3-ubyte.gz'],
      {
        IMAGES: 'train-images-idx3-ubyte.gz',
        LABELS: 'train-labels-idx1-ubyte.gz',
        TEST_IMAGES: 't10k-images-idx3-ubyte.gz',
        TEST_LABELS: 't10k-labels-idx1-ubyte.gz',
      },
    ],
    [
      'the test pair alone',
      ['t10k-images-idx3-ubyte.gz', 't10k-labels-idx1-ubyte.gz'],
      { IMAGES: 't10k-images-idx3-ubyte.gz', LABELS: 't10k-labels-idx1-ubyte.gz' },
    ],
    ['names that say little', ['a.idx', 'b-labels.idx'], { IMAGES: 'a.idx', LABELS: 'b-labels.idx' }],
  ])('%s', (_name, dropped, expected) => {
    expect(names(guessRoles(dropped.map((name) => file(name))))).toEqual(expected);
  });

  it('gives the dataset a name', () => {
    expect(nameFrom('iris.csv.gz')).toBe('Iris');
    expect(nameFrom('house_prices-2026.tsv')).toBe('House prices 2026');
    expect(nameFrom('emnist-letters-train-images-idx3-ubyte.gz')).toBe('Emnist letters');
    expect(nameFrom('t10k-images-idx3-ubyte.gz')).toBe('');
  });
});

describe('what is refused before anything is sent', () => {
  it('an empty file, and one over the limit', () => {
    expect(checkSize(file('a', 0))).toMatchObject({ code: 'DATASET_EMPTY' });
    expect(checkSize(file('a', DATASET_LIMITS.fileBytes))).toBeNull();
    expect(checkSize(file('a', DATASET_LIMITS.fileBytes + 1))).toMatchObject({ code: 'DATASET_TOO_LARGE', params: { limit: DATASET_LIMITS.fileBytes } });
  });

  it('images without labels, and half a test pair', () => {
    const one = file('x');
    expect(missingRole('IDX', { IMAGES: one })).toBe('LABELS');
    expect(missingRole('IDX', { IMAGES: one, LABELS: one })).toBeNull();
    expect(missingRole('IDX', { IMAGES: one, LABELS: one, TEST_IMAGES: one })).toBe('TEST_LABELS');
    expect(missingRole('IDX', { IMAGES: one, LABELS: one, TEST_LABELS: one })).toBe('TEST_IMAGES');
    expect(missingRole('CSV', {})).toBe('TABLE');
    expect(missingRole('SYNTHETIC', {})).toBeNull();
  });

  it.each<[string, Partial<DatasetValues>, string[]]>([
    ['no name', { name: '  ' }, ['name']],
    ['too long a name', { name: 'x'.repeat(201) }, ['name']],
    ['nothing wrong', { name: 'digits' }, []],
    ['one sample', { name: 'x', way: 'SYNTHETIC', samples: '1' }, ['samples']],
    ['half a sample and no seed', { name: 'x', way: 'SYNTHETIC', samples: '2.5', seed: '' }, ['samples', 'seed']],
    ['numbers of a way not chosen', { name: 'x', way: 'IMAGES', samples: '' }, []],
    ['paths that are needed', { name: 'x', way: 'PATH' }, ['paths.IMAGES', 'paths.LABELS']],
    ['the path of a table', { name: 'x', way: 'PATH', pathKind: 'CSV' }, ['paths.TABLE']],
  ])('%s', async (_name, values, expected) => {
    const resolve = datasetResolver({ nameMissing: 'name', nameTooLong: 'long', pathMissing: 'path', range: () => 'range' });
    const { errors } = await resolve({ ...FIRST_VALUES, ...values }, undefined, { fields: {}, shouldUseNativeValidation: false });
    const { paths, ...flat } = errors;
    expect([...Object.keys(flat), ...Object.keys(paths ?? {}).map((role) => `paths.${role}`)]).toEqual(expected);
  });

  it('begins as what is to be replaced, or what a template needs', () => {
    expect(valuesLike({ name: 'a', kind: 'CSV', source: 'UPLOAD', projectId: null })).toEqual({ name: 'a', projectId: '', way: 'TABLE', pathKind: 'CSV' });
    expect(valuesLike({ name: 'a', kind: 'IDX', source: 'PATH', projectId: 'p' })).toEqual({ name: 'a', projectId: 'p', way: 'PATH', pathKind: 'IDX' });
    expect([valuesFor('CNN_28X28').way, valuesFor('TABULAR_REGRESSOR').way]).toEqual(['IMAGES', 'TABLE']);
    expect(valuesFor('NET_2_3_1')).toEqual({ way: 'SYNTHETIC', synthetic: 'COMPARISON' });
  });

  it('knows the kind by the way', () => {
    expect([
      kindOf({ way: 'IMAGES', pathKind: 'CSV' }),
      kindOf({ way: 'TABLE', pathKind: 'IDX' }),
      kindOf({ way: 'SYNTHETIC', pathKind: 'IDX' }),
      kindOf({ way: 'PATH', pathKind: 'CSV' }),
    ]).toEqual(['IDX', 'CSV', 'SYNTHETIC', 'CSV']);
  });
});
