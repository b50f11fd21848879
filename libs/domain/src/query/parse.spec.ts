import fc from 'fast-check';
import { fieldOf, type FieldSpecs } from './fields.ts';
import { parse } from './parse.ts';
import { print } from './print.ts';
import { QUERY_LIMITS, type Moment, type Query, type Value } from './query.ts';

const FIELDS = {
  state: { type: 'WORD', words: ['OPEN', 'IN_PROGRESS', 'DONE'], filter: true, sort: true },
  stage: { type: 'WORD', words: ['DATA', 'TRAINING'], none: true, filter: true },
  points: { type: 'NUMBER', none: true, filter: true, sort: true },
  updated: { type: 'TIME', filter: true, sort: true },
  due: { type: 'DAY', none: true, filter: true },
  created: { type: 'TIME', sort: true, column: true },
  label: { type: 'NAME', none: true, filter: true, group: true },
  assignee: { type: 'PERSON', none: true, filter: true, sort: true, group: true },
  title: { type: 'TEXT', filter: true },
  is: { type: 'FLAG', words: ['UNFINISHED'], filter: true },
  'param.*': { type: 'VALUE', none: true, filter: true },
  'metric.*': { type: 'NUMBER', none: true, filter: true, sort: true },
} as const satisfies FieldSpecs;

const query = (text: string): Query => {
  const parsed = parse(text, FIELDS);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return parsed.query;
};
const values = (text: string): readonly Value[] | undefined => query(text).conditions[0]?.values;
/** Problem, the text it is about, and its facts. */
const errors = (text: string): unknown[] => {
  const parsed = parse(text, FIELDS);
  return parsed.ok ? [] : parsed.errors.map(({ problem, start, end, params }) => [problem, text.slice(start, end), params]);
};
const number = (from: number | null, to: number | null, open = false) => ({
  is: 'NUMBERS',
  from: from === null ? null : { value: from, open },
  to: to === null ? null : { value: to, open },
});

const days = (from: Moment, to: Moment): Value => ({ is: 'TIMES', from: { value: from, open: false }, to: { value: to, open: false } });

describe('a query', () => {
  it('says conditions, words and an order', () => {
    expect(query('state:open,in_progress -assignee:me label:"data quality" points:>=3 sort:-updated,points words in "the title" -not')).toEqual({
      conditions: [
        {
          field: 'state',
          negated: false,
          values: [
            { is: 'WORD', word: 'OPEN' },
            { is: 'WORD', word: 'IN_PROGRESS' },
          ],
        },
        { field: 'assignee', negated: true, values: [{ is: 'ME' }] },
        { field: 'label', negated: false, values: [{ is: 'TEXT', text: 'data quality' }] },
        { field: 'points', negated: false, values: [number(3, null)] },
      ],
      words: [
        { text: 'words', negated: false },
        { text: 'in', negated: false },
        { text: 'the title', negated: false },
        { text: 'not', negated: true },
      ],
      sort: [
        { field: 'updated', descending: true },
        { field: 'points', descending: false },
      ],
    });
  });

  it.each([
    ['points:3', [number(3, 3)]],
    ['points:-1.5,none', [number(-1.5, -1.5), { is: 'NONE' }]],
    ['points:>3', [number(3, null, true)]],
    ['points:<=3', [number(null, 3)]],
    ['points:1..3', [number(1, 3)]],
    ['points:..3', [number(null, 3)]],
    ['points:1..', [number(1, null)]],
    ['STATE:Open', [{ is: 'WORD', word: 'OPEN' }]],
    ['state：open，done', [{ is: 'WORD', word: 'OPEN' }, { is: 'WORD', word: 'DONE' }]], // prettier-ignore
    ['state:in-progress', [{ is: 'WORD', word: 'IN_PROGRESS' }]],
    ['assignee:"me",none', [{ is: 'TEXT', text: 'me' }, { is: 'NONE' }]],
    ['label:“数据 质量”', [{ is: 'TEXT', text: '数据 质量' }]],
    [String.raw`label:"say \"a\\b\""`, [{ is: 'TEXT', text: String.raw`say "a\b"` }]],
    ['param.learningRate:0.01', [number(0.01, 0.01)]],
    [
      'param.optimizer:adam,"5"',
      [
        { is: 'TEXT', text: 'adam' },
        { is: 'TEXT', text: '5' },
      ],
    ],
    ['updated:-7d', [{ is: 'TIMES', from: { value: { at: 'AGO', amount: 7, unit: 'd' }, open: false }, to: null }]],
    ['updated:<-2W', [{ is: 'TIMES', from: null, to: { value: { at: 'AGO', amount: 2, unit: 'w' }, open: true } }]],
    [
      'updated:2026-11-01..today',
      [{ is: 'TIMES', from: { value: { at: 'DAY', day: '2026-11-01' }, open: false }, to: { value: { at: 'TODAY' }, open: false } }],
    ],
    ['due:2026-01-05', [days({ at: 'DAY', day: '2026-01-05' }, { at: 'DAY', day: '2026-01-05' })]],
    ['due:<today,none', [{ is: 'TIMES', from: null, to: { value: { at: 'TODAY' }, open: true } }, { is: 'NONE' }]],
    ['due:+7d', [days({ at: 'TODAY' }, { at: 'AHEAD', amount: 7, unit: 'd' })]],
    ['due:-2w', [days({ at: 'AGO', amount: 2, unit: 'w' }, { at: 'TODAY' })]],
    ['due:tomorrow..+3w', [days({ at: 'TOMORROW' }, { at: 'AHEAD', amount: 3, unit: 'w' })]],
    ['updated:>=2026-11-01T10:30Z', [{ is: 'TIMES', from: { value: { at: 'INSTANT', instant: '2026-11-01T10:30:00.000Z' }, open: false }, to: null }]],
  ])('reads %s', (text, expected) => {
    expect(values(text)).toEqual(expected);
  });

  it.each(['12:30', 'metric.:1', '- a', 'a,b', '""', '  '])('takes %j for words', (text) => {
    expect(query(text).conditions).toEqual([]);
  });

  it.each([
    ['stat:open', [['UNKNOWN_FIELD', 'stat', { field: 'stat', allowed: 'state, stage, points, updated, due, label, assignee, title, is, param.*, metric.*', suggestion: 'state' }]]], // prettier-ignore
    ['a -https://x', [['UNKNOWN_FIELD', 'https', { field: 'https', allowed: expect.any(String) }]]],
    ['created:today', [['UNKNOWN_FIELD', 'created', { field: 'created', allowed: expect.any(String) }]]],
    ['state:opne,done', [['UNKNOWN_WORD', 'opne', { field: 'state', value: 'opne', allowed: 'open, in_progress, done', suggestion: 'open' }]]],
    ['state:none', [['UNKNOWN_WORD', 'none', { field: 'state', value: 'none', allowed: 'open, in_progress, done', suggestion: 'done' }]]],
    ['stage:x', [['UNKNOWN_WORD', 'x', { field: 'stage', value: 'x', allowed: 'data, training, none' }]]],
    ['points:few', [['NOT_A_NUMBER', 'few', { field: 'points', value: 'few', example: '3, >=3, 1..5' }]]],
    ['points:1e999', [['NOT_A_NUMBER', '1e999', expect.anything()]]],
    ['points:1..x', [['NOT_A_NUMBER', '1..x', expect.anything()]]],
    ['points:..', [['NOT_A_NUMBER', '..', expect.anything()]]],
    ['points:3..1', [['BACKWARDS', '3..1', { field: 'points', value: '3..1', suggestion: '1..3' }]]],
    ['updated:2026-02-30', [['NOT_A_TIME', '2026-02-30', expect.anything()]]],
    ['updated:1899-12-31', [['NOT_A_TIME', '1899-12-31', expect.anything()]]],
    ['updated:-1h..-2h', [['BACKWARDS', '-1h..-2h', expect.anything()]]],
    ['due:2026-02-30', [['NOT_A_DAY', '2026-02-30', expect.anything()]]],
    ['due:2026-11-01T10:30Z', [['NOT_A_DAY', '2026-11-01T10:30Z', expect.anything()]]],
    ['due:-3h', [['NOT_A_DAY', '-3h', expect.anything()]]],
    ['updated:+7d', [['NOT_A_TIME', '+7d', expect.anything()]]],
    ['due:+7d..+3d', [['BACKWARDS', '+7d..+3d', expect.anything()]]],
    ['due:+1d..-1d', [['BACKWARDS', '+1d..-1d', expect.anything()]]],
    ['label:>=a', [['NO_RANGE', '>=a', { field: 'label', value: '>=a', suggestion: 'a' }]]],
    ['label: x', [['NO_VALUE', '', { field: 'label' }]]],
    ['label:a,,b', [['NO_VALUE', '', { field: 'label' }]]],
    ['a "b c', [['UNCLOSED_QUOTE', '"b c', {}]]],
    ['sort:label', [['NOT_SORTABLE', 'label', { value: 'label', allowed: 'state, points, updated, created, assignee, metric.*' }]]],
    ['sort:points,-points', [['SORTED_TWICE', '-points', { value: 'points' }]]],
    ['sort:state,points,updated,created', [['TOO_MANY_SORTS', 'created', { max: 3 }]]],
    ['-sort:points', [['SORT_NEGATED', '-sort:points', { suggestion: 'sort:-points' }]]],
    ['group:lable', [['UNKNOWN_WORD', 'lable', { field: 'group', value: 'lable', allowed: 'label, assignee', suggestion: 'label' }]]],
    ['-group:label', [['UNKNOWN_WORD', 'label', { field: 'group', value: '-label', allowed: 'label, assignee' }]]],
    ['group:label,assignee', [['TOO_MANY_VALUES', 'group:label,assignee', { field: 'group', max: 1 }]]],
    ['group:label group:label', [['TOO_MANY_VALUES', 'group:label', { field: 'group', max: 1 }]]],
    ['group:', [['NO_VALUE', '', { field: 'group' }]]],
    ['a \u0000 b', [['CONTROL_CHARACTER', '\u0000', {}]]],
    [`label:${'x'.repeat(251)}`, [['VALUE_TOO_LONG', 'x'.repeat(251), { field: 'label', max: 250 }]]],
    ['x'.repeat(251), [['VALUE_TOO_LONG', 'x'.repeat(251), { max: 250 }]]],
    ['x '.repeat(31), [['TOO_MANY_CONDITIONS', 'x', { max: 30 }]]],
    [`label:${'x,'.repeat(50)}x`, [['TOO_MANY_VALUES', `label:${'x,'.repeat(50)}x`, { field: 'label', max: 50 }]]],
    ['x'.repeat(QUERY_LIMITS.length + 2), [['TOO_LONG', 'xx', { max: 2000 }]]],
  ])('says what is wrong with %s', (text, expected) => {
    expect(errors(text)).toEqual(expected);
  });

  it('says what things are grouped by, where there is something to group by', () => {
    expect(query('gpu group:Label')).toEqual({ conditions: [], words: [{ text: 'gpu', negated: false }], sort: [], group: 'label' });
    expect(print(query('group:label gpu sort:points'), FIELDS)).toBe('gpu sort:points group:label');
    expect(parse('group:x', { group: { type: 'NAME', filter: true } })).toMatchObject({ ok: true, query: { conditions: [{ field: 'group' }] } });
  });

  it('tells all that is wrong, in order, and at most ten things', () => {
    expect(errors('stat:1 points:x "open').map((error) => (error as string[])[0])).toEqual(['UNKNOWN_FIELD', 'NOT_A_NUMBER', 'UNCLOSED_QUOTE']);
    expect(errors('points:x '.repeat(20))).toHaveLength(10);
  });
});

describe('a query of any text', () => {
  const fragment = fc.constantFrom(
    ...['state', 'points', 'updated', 'due', 'label', 'assignee', 'param.a', 'metric.x', 'sort', 'group', 'title', 'is', 'stage'].map((name) => `${name}:`),
    ...['open', 'none', 'me', '3', '-7d', '+2w', 'tomorrow', 'today', '2026-11-01', '1..3', '..', '>=2', '<', 'a b', '"', '“', '\\', ',', '，', '-', ' ', ':', '：', '"me"', '5e-7', 'unfinished', 'label', '数'], // prettier-ignore
  );
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fragment, { maxLength: 14 }).map((parts) => parts.join('')),
  );

  it('is a query or errors within the text, never an exception', () => {
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parse(typed, FIELDS);
        if (parsed.ok) return parsed.query.conditions.every(({ field, values: all }) => all.length > 0 && fieldOf(FIELDS, field)?.name === field);
        return parsed.errors.length > 0 && parsed.errors.every(({ start, end }) => start >= 0 && start <= end && end <= typed.length);
      }),
      { numRuns: 3000 },
    );
  });

  it('is the same after printing and parsing', () => {
    let read = 0;
    fc.assert(
      fc.property(text, (typed) => {
        const parsed = parse(typed, FIELDS);
        if (!parsed.ok) return;
        read += parsed.query.conditions.length > 0 ? 1 : 0;
        expect(parse(print(parsed.query, FIELDS), FIELDS)).toEqual(parsed);
      }),
      { numRuns: 5000 },
    );
    expect(read).toBeGreaterThan(50);
  });

  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((made) => made.trim() !== '' && !/(?!\s)[\p{Cc}\p{Cs}]/u.test(made));
  const finite = fc.double({ noNaN: true, noDefaultInfinity: true }).map((made) => made + 0);
  const numbers = fc.tuple(finite, finite, fc.nat(3), fc.boolean()).map(([a, b, shape, open]): Value => {
    const [low, high] = [Math.min(a, b), Math.max(a, b)];
    if (shape === 0) return { is: 'NUMBERS', from: { value: low, open }, to: null };
    if (shape === 1) return { is: 'NUMBERS', from: null, to: { value: high, open } };
    return { is: 'NUMBERS', from: { value: low, open: false }, to: { value: shape === 2 ? low : high, open: false } };
  });
  const condition = fc.oneof(
    fc
      .record({ field: fc.constantFrom('label', 'title', 'param.y', 'assignee'), text: name })
      .map(({ field, text: said }) => [field, { is: 'TEXT', text: said }] as const),
    fc.tuple(fc.constantFrom('points', 'metric.Val/loss', 'param.y'), numbers),
    fc.constantFrom(['assignee', { is: 'ME' }] as const, ['stage', { is: 'NONE' }] as const, ['state', { is: 'WORD', word: 'IN_PROGRESS' }] as const),
  );

  it('can say whatever a query holds', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(condition, fc.boolean()), { maxLength: 8 }), fc.array(fc.tuple(name, fc.boolean()), { maxLength: 5 }), (asked, words) => {
        const made: Query = {
          conditions: asked.map(([[field, value], negated]) => ({ field, negated, values: [value] })),
          words: words.map(([said, negated]) => ({ text: said, negated })),
          sort: [{ field: 'metric.Val/loss', descending: true }],
        };
        expect(parse(print(made, FIELDS), FIELDS)).toEqual({ ok: true, query: made });
      }),
      { numRuns: 1000 },
    );
  });
});
