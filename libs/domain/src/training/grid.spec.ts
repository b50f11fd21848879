import fc from 'fast-check';
import { GRID_MAX_RUNS, gridOf, gridSize, NUMERIC_PARAMETERS, validateGrid, valuesOf, type VariedParameter } from './grid.ts';
import { DEFAULT_PARAMETERS } from './templates.ts';
import type { SpecDataset } from './validate-spec.ts';

const BASE = DEFAULT_PARAMETERS.NET_2_3_1;
const points: SpecDataset = {
  kind: 'SYNTHETIC',
  summary: {
    sampleCount: 100,
    inputShape: [2],
    classes: [
      { name: '0', count: 50 },
      { name: '1', count: 50 },
    ],
    columns: [],
  },
};

describe('valuesOf', () => {
  it.each<[string, number[]]>([
    ['0.1', [0.1]],
    [' 0.0003, 0.001 ,0.003', [0.0003, 0.001, 0.003]],
    ['1，2、3', [1, 2, 3]],
    ['3, 1, 2', [3, 1, 2]],
    ['0.1, 0.10, 1e-1', [0.1]],
    ['5,', [5]],
    [',,5,,6', [5, 6]],
    ['', [Number.NaN]],
    [' , ', [Number.NaN]],
    ['1, two', [1, Number.NaN]],
    ['1 2', [Number.NaN]],
  ])('%j', (text, values) => {
    expect(valuesOf(text)).toEqual(values);
  });
});

describe('gridOf', () => {
  it('makes every combination, the last parameter fastest, whatever the order they are told in', () => {
    const learningRate: VariedParameter = { parameter: 'learningRate', values: [0.3, 0.1] };
    const epochs: VariedParameter = { parameter: 'epochs', values: [5, 7] };
    const grid = gridOf(BASE, [learningRate, epochs]);
    expect(grid).toEqual(gridOf(BASE, [epochs, learningRate]));
    expect(grid.ok && grid.runs.map(({ combination }) => combination)).toEqual([
      { epochs: 5, learningRate: 0.3 },
      { epochs: 5, learningRate: 0.1 },
      { epochs: 7, learningRate: 0.3 },
      { epochs: 7, learningRate: 0.1 },
    ]);
    expect(grid.ok && grid.runs[1]?.parameters).toEqual({ ...BASE, epochs: 5, learningRate: 0.1 });
  });

  it('is one run where nothing varies, and folds equal values', () => {
    expect(gridOf(BASE, [])).toEqual({ ok: true, runs: [{ parameters: BASE, combination: {} }] });
    expect(gridSize([{ parameter: 'seed', values: [1, 1, 2] }])).toBe(2);
  });

  it.each<[string, VariedParameter[], object]>([
    [
      'one run too many',
      [{ parameter: 'seed', values: Array.from({ length: GRID_MAX_RUNS + 1 }, (_, i) => i) }],
      { code: 'GRID_TOO_LARGE', params: { runs: 201, max: 200 } },
    ],
    ['no value', [{ parameter: 'seed', values: [] }], { code: 'BAD_INPUT', params: { field: 'varied', parameter: 'seed' } }],
    [
      'a parameter twice',
      [
        { parameter: 'seed', values: [1] },
        { parameter: 'seed', values: [2] },
      ],
      { code: 'BAD_INPUT', params: { field: 'varied', parameter: 'seed' } },
    ],
  ])('refuses %s', (_, varied, refusal) => {
    expect(gridOf(BASE, varied)).toEqual({ ok: false, ...refusal });
  });

  it('takes as many as there may be', () => {
    const grid = gridOf(BASE, [{ parameter: 'seed', values: Array.from({ length: GRID_MAX_RUNS }, (_, i) => i) }]);
    expect(grid.ok && grid.runs.length).toBe(200);
  });

  it('has each combination of any values once, all else untouched, and says how many before it makes them', () => {
    const varied = fc.uniqueArray(
      fc.record({ parameter: fc.constantFrom(...NUMERIC_PARAMETERS), values: fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 1, maxLength: 8 }) }),
      { selector: ({ parameter }) => parameter },
    );
    fc.assert(
      fc.property(varied, (several) => {
        const grid = gridOf(BASE, several);
        const size = gridSize(several);
        expect(grid.ok).toBe(size <= GRID_MAX_RUNS);
        if (!grid.ok) return;
        expect(new Set(grid.runs.map(({ parameters }) => JSON.stringify(parameters))).size).toBe(size);
        for (const { parameters, combination } of grid.runs) {
          expect(parameters).toEqual({ ...BASE, ...combination });
          for (const { parameter, values } of several) expect(values).toContain(combination[parameter]);
          expect(Object.keys(combination)).toHaveLength(several.length);
        }
      }),
    );
  });
});

describe('validateGrid', () => {
  it('says of each run how long it is', () => {
    const answer = validateGrid('NET_2_3_1', BASE, [{ parameter: 'epochs', values: [1, 2] }], points);
    expect(answer.ok && answer.runs.map(({ totalSteps }) => totalSteps)).toEqual([1, 2]);
  });

  it('names the first combination that is refused', () => {
    const varied: VariedParameter[] = [
      { parameter: 'learningRate', values: [0.1, 0.2] },
      { parameter: 'epochs', values: [1, 0] },
    ];
    expect(validateGrid('NET_2_3_1', BASE, varied, points)).toEqual({
      ok: false,
      code: 'PARAMETER_OUT_OF_RANGE',
      params: { field: 'epochs', min: 1, max: 10_000, integer: true, combination: 'epochs=0, learningRate=0.1' },
    });
    expect(validateGrid('NET_2_3_1', { ...BASE, epochs: 0 }, [], points)).toMatchObject({ ok: false, params: { field: 'epochs' } });
    expect(validateGrid('CNN_28X28', BASE, varied.slice(0, 1), points)).toMatchObject({
      code: 'TEMPLATE_NEEDS_OTHER_DATA',
      params: { combination: 'learningRate=0.1' },
    });
  });
});
