import { randomUUID } from 'node:crypto';
import { hueOf } from './hue.ts';

describe('the hue of a person', () => {
  it('is the same each time, and one of twelve', () => {
    const ids = Array.from({ length: 2_000 }, () => randomUUID());
    const hues = ids.map(hueOf);
    expect(ids.map(hueOf)).toEqual(hues);
    expect([...new Set(hues)].toSorted((a, b) => a - b)).toEqual([0, 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 330]);
  });
});
