import { barOf, carried, linkPath, scaleOf, sprintMarks, ticksOf, widthOf, xOf } from './timeline-scale.ts';

describe('a timeline', () => {
  it('shows all that it is about, and today', () => {
    const scale = scaleOf(['2026-12-20', null, '2027-01-10'], '2026-12-01', 'WEEKS');
    expect(scale).toEqual({ from: '2026-11-17', days: 54 + 45, zoom: 'WEEKS' });
    expect([xOf(scale, '2026-12-01'), widthOf(scale)]).toEqual([14 * 14, 99 * 14]);
    const cut = scaleOf(['1990-01-01', '2060-01-01'], '2026-12-01', 'MONTHS');
    expect([cut.days, xOf(cut, '2026-12-01'), xOf(cut, '2060-01-01')]).toEqual([3 * 366, 3 * 183 * 4, widthOf(cut)]);
    expect(barOf(cut, { startDate: '1990-01-01', dueDate: '2026-12-01' })).toEqual({ x: 0, width: (3 * 183 + 1) * 4 });
    expect(barOf(cut, { startDate: '1990-01-01', dueDate: '1999-12-31' })).toEqual({ x: 0, width: 0 });
  });

  it('draws a bar over its days, both included; with one of them it is that day', () => {
    const scale = scaleOf([], '2026-12-15', 'MONTHS');
    expect(barOf(scale, { startDate: '2026-12-02', dueDate: '2026-12-05' })).toEqual({ x: 4, width: 16 });
    expect(barOf(scale, { startDate: null, dueDate: '2026-12-05' })).toEqual({ x: 16, width: 4 });
    expect(barOf(scale, { startDate: null, dueDate: null })).toBeNull();
  });

  it('names sprints by as much as there is room for, and those of the same days in lines of their own', () => {
    const scale = scaleOf([], '2026-12-15', 'MONTHS');
    const sprint = (name: string, startsOn: string, endsOn: string) => ({ id: name, name, startsOn, endsOn });
    const two = [sprint('Sprint 12: queues', '2026-12-01', '2026-12-14'), sprint('Sprint 13', '2026-12-15', '2026-12-28')];
    const labels = (at: typeof scale, sprints = two) => sprintMarks(at, sprints).map(({ label, line }) => [label, line]);
    // nothing comes behind the last one: its name has the room
    expect(labels(scale)).toEqual([
      ['12', 0],
      ['Sprint 13', 0],
    ]);
    expect(labels({ ...scale, zoom: 'WEEKS' })[0]).toEqual(['Sprint 12: queues', 0]);
    const [all, half] = [sprint('Hardening', '2026-12-01', '2026-12-28'), sprint('冲刺 14：存储', '2026-12-08', '2026-12-14')];
    expect(labels(scale, [half, ...two, all])).toEqual([
      ['12', 0],
      ['Hardening', 1],
      ['冲刺 14：存储', 2],
      ['Sprint 13', 0],
    ]);
    expect(
      labels(scale, [
        sprint('Hardening', '2026-12-01', '2026-12-04'),
        sprint('冲刺 9：存储', '2026-12-05', '2026-12-18'),
        sprint('Sprint 13', '2026-12-19', '2026-12-31'),
      ]),
    ).toEqual([
      ['Hardening', 0],
      ['冲刺 9', 0],
      ['Sprint 13', 0],
    ]);
  });

  it('carries a bar as a whole, or one of its ends as far as the other', () => {
    const bar = { startDate: '2026-12-02', dueDate: '2026-12-05' };
    expect(carried(bar, 'WHOLE', -3)).toEqual({ startDate: '2026-11-29', dueDate: '2026-12-02' });
    expect(carried(bar, 'START', 9)).toEqual({ startDate: '2026-12-05', dueDate: '2026-12-05' });
    expect(carried(bar, 'END', -9)).toEqual({ startDate: '2026-12-02', dueDate: '2026-12-02' });
    expect(carried({ startDate: null, dueDate: '2026-12-05' }, 'WHOLE', 1)).toEqual({ startDate: null, dueDate: '2026-12-06' });
    expect(carried({ startDate: null, dueDate: '2026-12-05' }, 'START', -2)).toEqual({ startDate: '2026-12-03', dueDate: '2026-12-05' });
  });

  it('is marked by Mondays or by months', () => {
    expect(ticksOf({ from: '2026-11-28', days: 12, zoom: 'WEEKS' })).toEqual(['2026-11-30', '2026-12-07']);
    expect(ticksOf({ from: '2026-11-28', days: 40, zoom: 'MONTHS' })).toEqual(['2026-12-01', '2027-01-01']);
  });

  it('leads from the end of one bar to the beginning of another, around it where that lies before', () => {
    expect(linkPath({ x: 10, y: 20 }, { x: 50, y: 60 })).toBe('M10,20 H18 V60 H50');
    expect(linkPath({ x: 50, y: 20 }, { x: 10, y: 60 })).toBe('M50,20 H58 V40 H2 V60 H10');
  });
});
