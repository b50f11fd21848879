import { areaPaths, barsPath, cutText, dotsPath, heightScale, heightsOf, levelPlaces, stepsPath, ticksShown, type ChartLayer } from './slot-layers.ts';

const look = { color: '--x', dash: [] };
const across = (x: number): number => x * 10;
const up = (y: number): number => 100 - y;

describe('heights', () => {
  it('begin at nothing and end on a round number above the most', () => {
    const { ticks, place } = heightScale([3, 46], false);
    expect(ticks).toEqual([0, 10, 20, 30, 40, 50]);
    expect([place(0), place(50)]).toEqual([0, 1]);
  });
  it('have whole ticks where what is counted is whole, and others where it is not', () => {
    expect(heightScale([0, 2], false).ticks).toEqual([0, 1, 2]);
    expect(heightScale([0.5, 1.5], false).ticks).toEqual([0, 0.5, 1, 1.5]);
  });
  it('go below nothing where something does', () => expect(heightScale([-4, 6], false).ticks[0]).toBe(-4));
  it('begin at a floor', () => expect(heightScale([205, 260], false, 200).ticks[0]).toBe(200));
  it('hold one value and none', () => {
    expect(heightScale([], false).ticks).toEqual([0, 1]);
    expect(heightScale([7], false).place(7)).toBeLessThanOrEqual(1);
  });
  it('are logarithmic from a day on: equal factors are equal distances', () => {
    const { place, ticks } = heightScale([1, 80], true);
    expect(ticks).toEqual([1, 2, 5, 10, 20, 50]);
    expect(place(20) - place(10)).toBeCloseTo(place(2) - place(1), 10);
    expect([place(0) >= 0, place(1) > 0, place(80) < 1]).toEqual([true, true, true]);
  });
  it('are of all layers and levels, without what is not there', () => {
    const bars: ChartLayer = { kind: 'BARS', key: 'b', name: 'b', look, fill: 'PLAIN', high: [4, null], values: [] };
    const dots: ChartLayer = { kind: 'DOTS', key: 'd', name: 'd', look, shape: 'ROUND', dots: [{ x: 0, y: 9 }], values: [] };
    expect(heightsOf([bars, dots], [{ key: 'l', name: 'l', y: 12, look }])).toEqual([4, 9, 12]);
  });
});

describe('what is drawn', () => {
  it('holds until it changes: steps, and no slope', () => {
    const path = stepsPath(
      [
        { x: 0, y: 40 },
        { x: 2.5, y: 35 },
      ],
      4,
      across,
      up,
    );
    expect(path).toBe('M0.0 60.0H25.0V65.0H40.0');
    expect(stepsPath([], 4, across, up)).toBe('');
  });
  it('leaves a gap in an area where there is no height', () => {
    const { area, edge } = areaPaths([0, 0, 0], [5, null, 7], across, up);
    expect(area).toBe('M0.0 100.0V95.0H10.0V100.0H0.0ZM20.0 100.0V93.0H30.0V100.0H20.0Z');
    expect(edge).toBe('M0.0 95.0H10.0M20.0 93.0H30.0');
  });
  it('puts bars beside each other, and none where there is nothing', () => {
    const bars = { kind: 'BARS', key: 'b', name: 'b', look, fill: 'PLAIN', high: [10, null], values: [] } as const;
    expect(barsPath(bars, across, up)).toBe('M1.4 100.0V90.0H8.6V100.0Z');
    expect(barsPath({ ...bars, place: [1, 2] }, across, up)).toBe('M5.0 100.0V90.0H8.6V100.0Z');
  });
  it('is one path for a thousand dots', () => {
    const dots = Array.from({ length: 1_000 }, (_, x) => ({ x, y: 1 }));
    expect(dotsPath(dots, 'ROUND', across, up).match(/M/g)).toHaveLength(1_000);
    expect(dotsPath([{ x: 1, y: 2 }], 'DIAMOND', across, up)).toMatch(/Z$/);
  });
});

describe('ticks', () => {
  const slots = (count: number, tick: string) => Array.from({ length: count }, (_, i) => ({ key: String(i), name: '', tick }));
  it('are all written where there is room', () => expect(ticksShown(slots(3, '1 Nov'), 80)).toEqual([0, 1, 2]));
  it('leave others out where there is none: Chinese ones earlier', () => {
    expect(ticksShown(slots(60, '26 Oct'), 14)).toHaveLength(15);
    expect(ticksShown(slots(60, '10月26日'), 14).length).toBeLessThan(15);
  });
  it('are cut where each is a name', () => {
    expect(cutText('Sprint 3', 80)).toBe('Sprint 3');
    expect(cutText('Sprint 3: queues', 70)).toBe('Sprint 3:…');
    expect(cutText('Sprint', 1)).toBe('S…');
  });
});

it('names of lines that are close stand below each other, in the order of the lines', () => {
  expect(levelPlaces([100, 40, 44, 46], 12)).toEqual([100, 40, 52, 64]);
});
