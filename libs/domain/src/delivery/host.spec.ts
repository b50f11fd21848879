import fc from 'fast-check';
import { canonical, compareIds } from './host.ts';

describe('ids of a host', () => {
  it('are ordered as numbers, also above 2^53', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 80n }), fc.bigInt({ min: 0n, max: 1n << 80n }), (one, other) => {
        expect(Math.sign(compareIds(String(one), String(other)))).toBe(one < other ? -1 : one > other ? 1 : 0);
      }),
    );
  });
});

describe('the canonical text', () => {
  it('does not know the order of keys, and tells unequal values apart', () => {
    expect(canonical({ b: [1, { d: null, c: 'x' }], a: true })).toBe(canonical({ a: true, b: [1, { c: 'x', d: null }] }));
    expect(canonical({ a: 1, b: undefined })).toBe(canonical({ a: 1 }));
    expect(canonical({ a: '1' })).not.toBe(canonical({ a: 1 }));
    expect(canonical([1, 2])).not.toBe(canonical([2, 1]));
  });
});
