import type { DatasetColumn } from '../dataset/dataset.ts';
import { DATASET_KINDS, type DatasetKind } from '../dataset/dataset.ts';
import { LAYER_KINDS } from './spec.ts';
import { isImageTemplate, isTabularTemplate, layersOf, SIZE_CLASSES, TASKS, templateFacts, templateOf, TEMPLATES, type Template } from './templates.ts';
import { validateSpec, type SpecDataset } from './validate-spec.ts';

const dense = (...widths: number[]): number => widths.slice(1).reduce((sum, width, i) => sum + (widths[i]! + 1) * width, 0);

it('tells as many outputs as the data has classes, and the parameters that they take', () => {
  expect(templateFacts('MLP_784_128_10', 26)).toEqual({ layers: '784 → 128 → 26', parameterCount: dense(784, 128, 26), decidedBy: 'CLASSES' });
  expect(templateFacts('MLP_784_64_64_10', 10)).toEqual({ layers: '784 → 64 → 64 → 10', parameterCount: dense(784, 64, 64, 10), decidedBy: 'CLASSES' });
  expect(templateFacts('CNN_28X28', 10)).toMatchObject({ parameterCount: 52_138, layers: expect.stringContaining('conv 3×3×8') });
});

it('leaves open what data that is not chosen yet decides', () => {
  expect(templateFacts('MLP_784_128_10', null)).toEqual({ layers: '784 → 128 → k', parameterCount: null, decidedBy: 'CLASSES' });
  expect(templateFacts('TABULAR_CLASSIFIER', 3)).toEqual({ layers: 'n → … → k', parameterCount: null, decidedBy: 'COLUMNS' });
  expect(templateFacts('TABULAR_REGRESSOR', null)).toEqual({ layers: 'n → … → 1', parameterCount: null, decidedBy: 'COLUMNS' });
  expect(templateFacts('NET_2_3_1', 2)).toEqual({ layers: '2 → 3 → 1', parameterCount: dense(2, 3, 1), decidedBy: null });
});

it('needs of an engine the layers of its template, and dropout where it is used', () => {
  expect(Object.fromEntries(TEMPLATES.map((template) => [template, layersOf(template, { dropout: 0 })]))).toEqual({
    MLP_784_128_10: ['DENSE'],
    MLP_784_64_64_10: ['DENSE'],
    CNN_28X28: ['DENSE', 'CONV2D', 'MAX_POOL2D'],
    NET_2_3_1: ['DENSE'],
    TABULAR_CLASSIFIER: ['DENSE'],
    TABULAR_REGRESSOR: ['DENSE'],
  });
  expect(layersOf('CNN_28X28', { dropout: 0.1 })).toEqual(['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT']);
  // Each time anew: what one caller adds is not another's.
  layersOf('NET_2_3_1', { dropout: 0 }).push('DROPOUT');
  expect(layersOf('NET_2_3_1', { dropout: 0 })).toEqual(['DENSE']);
});

const numbers = (name: string): DatasetColumn => ({ name, type: 'NUMBER', missing: 0, min: 0, max: 9, mean: 4, distinct: 10, categories: [] });

/** Data as the record says that it takes them, with so many classes. */
function fitting(template: Template, kind: DatasetKind, classes: number): SpecDataset {
  const { input } = templateOf(template);
  return {
    kind,
    summary: {
      sampleCount: 10_000,
      inputShape: input.type === 'TABLE' ? [2] : [...input.shape],
      classes: input.type === 'TABLE' ? [] : Array.from({ length: classes }, (_, i) => ({ name: String(i), count: Math.floor(10_000 / classes) })),
      columns: input.type === 'TABLE' ? [numbers('x'), numbers('y')] : [],
    },
  };
}

describe.each(TEMPLATES.map((template) => ({ template, ...templateOf(template) })))(
  '$template',
  ({ template, task, input, layers, sizeClass, defaults, parameters }) => {
    const check = (dataset: SpecDataset) => validateSpec(template, { ...defaults, targetColumn: input.type === 'TABLE' ? 'y' : null }, dataset);
    const most = input.type === 'TABLE' ? 2 : input.maxClasses;

    it('trains with its first values on every kind of data that it is said to fit, and on no other', () => {
      const fits = DATASET_KINDS.filter((kind) => check(fitting(template, kind, most)).ok);
      expect(fits).toEqual(DATASET_KINDS.filter((kind) => input.datasets.includes(kind)));
      expect(fits).not.toEqual([]);
    });

    it('refuses data of more classes, or of another shape, than it reads', () => {
      if (input.type === 'TABLE') return;
      const [kind] = input.datasets as [DatasetKind];
      const refused = (dataset: SpecDataset) => expect(check(dataset)).toMatchObject({ code: 'TEMPLATE_NEEDS_OTHER_DATA', params: { maxClasses: most } });
      refused(fitting(template, kind, most + 1));
      const other = fitting(template, kind, 2);
      refused({ ...other, summary: { ...other.summary, inputShape: [...input.shape, 1] } });
    });

    it('is of a task, a size and layers that engines are asked for', () => {
      expect(TASKS).toContain(task);
      expect(SIZE_CLASSES).toContain(sizeClass);
      expect(LAYER_KINDS).toEqual(expect.arrayContaining([...layers]));
      expect(layersOf(template, { dropout: 0 })).toEqual(layers);
      expect(layersOf(template, { dropout: 0.1 })).toEqual([...layers, 'DROPOUT']);
      expect(isTabularTemplate(template)).toBe(input.type === 'TABLE');
      expect(isImageTemplate(template)).toBe(input.type === 'IMAGE');
    });

    it('says as many parameters as its record counts, and leaves to the data what the data decides', () => {
      const { parameterCount, decidedBy } = templateFacts(template, most);
      expect(parameterCount).toBe(parameters && parameters.fixed + parameters.perClass * most);
      expect(decidedBy).toBe(parameters === null ? 'COLUMNS' : parameters.perClass > 0 ? 'CLASSES' : null);
      expect(templateFacts(template, null).parameterCount).toBe(decidedBy === null ? parameterCount : null);
    });
  },
);

it('has a template of every size class, to measure it with', () => {
  expect(SIZE_CLASSES.map((size) => TEMPLATES.find((template) => templateOf(template).sizeClass === size))).toEqual([
    'NET_2_3_1',
    'MLP_784_128_10',
    'CNN_28X28',
  ]);
});
