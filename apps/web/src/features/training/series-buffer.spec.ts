import fc from 'fast-check';
import { SeriesBuffer } from './series-buffer.ts';

const filled = (count: number, capacity = 20_000, value: (i: number) => number | null = (i) => i): SeriesBuffer => {
  const buffer = new SeriesBuffer(capacity);
  const steps = Array.from({ length: count }, (_, i) => i + 1);
  buffer.append(
    steps,
    steps.map((step) => value(step)),
  );
  return buffer;
};

describe('SeriesBuffer', () => {
  it('keeps points in order and leaves out what was delivered twice', () => {
    const buffer = filled(3);
    buffer.append([2, 3, 4], [9, 9, 40]);
    expect(buffer.points()).toEqual({ steps: [1, 2, 3, 4], values: [1, 2, 3, 40] });
    expect(buffer.lastStep).toBe(4);
    expect(buffer.lastValue).toBe(40);
  });

  it('takes up again after the step a run was resumed from', () => {
    const buffer = filled(10);
    buffer.truncateAfter(6);
    buffer.append([7, 8], [70, 80]);
    expect(buffer.points().values).toEqual([1, 2, 3, 4, 5, 6, 70, 80]);
  });

  it('leaves out not-a-number but remembers its step', () => {
    const buffer = filled(3, 20_000, (i) => (i === 3 ? null : i));
    expect(buffer.points()).toEqual({ steps: [1, 2], values: [1, 2] });
    expect(buffer.lastStep).toBe(3);
  });

  it('never outgrows its memory, keeps the first step and the extremes, and stays in order', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { minLength: 1, maxLength: 400 }), (values) => {
        const buffer = new SeriesBuffer(16);
        buffer.append(
          values.map((_, i) => i),
          values,
        );
        const { steps, values: kept } = buffer.points();
        expect(buffer.length).toBeLessThanOrEqual(16);
        expect(steps).toEqual([...steps].sort((a, b) => a - b));
        expect(new Set(steps).size).toBe(steps.length);
        expect(Math.min(...kept)).toBe(Math.min(...values));
        expect(Math.max(...kept)).toBe(Math.max(...values));
        steps.forEach((step, i) => expect(kept[i]).toBe(values[step]));
        expect(steps.length).toBeGreaterThanOrEqual(Math.min(values.length, 8));
      }),
    );
  });

  it('puts minimum and maximum of each bucket in the order they came', () => {
    const buffer = new SeriesBuffer();
    buffer.append([0, 1, 2, 3, 4, 5, 9], [5, 1, 9, 9, 1, 5, null]);
    expect(buffer.buckets(0, 3, 3)).toEqual([1, 9, 9, 1, null, null]);
    expect(buffer.buckets(2, 1, 2)).toEqual([9, null, 9, 1]);
  });

  it('keeps a spike of one step and the newest point in the narrowest picture', () => {
    const buffer = filled(19_000, 20_000, (i) => (i === 7_777 ? 1_000_000 : i === 19_000 ? -7 : Math.sin(i)));
    const values = buffer.buckets(1, 18_999 / 50, 50);
    expect(values).toHaveLength(100);
    expect(values).toContain(1_000_000);
    expect(values).toContain(-7);
  });

  it('reads a range with one neighbour on each side', () => {
    expect(filled(100).points(40, 43).steps).toEqual([39, 40, 41, 42, 43, 44]);
    expect(filled(100).points(39.5, 43.5).steps).toEqual([39, 40, 41, 42, 43, 44]);
    expect(filled(100).points(0, 2).steps).toEqual([1, 2, 3]);
    expect(filled(0).points().steps).toEqual([]);
  });

  it('knows what lies in a range', () => {
    expect(filled(100).extent(40, 43.2)).toEqual({ first: 40, last: 43, count: 4 });
    expect(filled(100).extent()).toEqual({ first: 1, last: 100, count: 100 });
    expect(filled(100).extent(200, 300)).toBeNull();
  });

  it('refuses a capacity that cannot be halved by fours', () => {
    expect(() => new SeriesBuffer(10)).toThrow(RangeError);
  });
});
