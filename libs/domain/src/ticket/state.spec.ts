import { NOT_BEGUN, progressAt, RESOLUTIONS, STANDINGS, standingOf, TICKET_STATES } from './state.ts';

describe('how far a ticket is in one word', () => {
  it('says its progress, and back', () => {
    for (const standing of STANDINGS) expect(standingOf(progressAt(standing))).toBe(standing);
    expect(standingOf(NOT_BEGUN)).toBe('OPEN');
    expect(progressAt('DUPLICATE')).toEqual({ state: 'DONE', resolution: 'DUPLICATE' });
    expect(progressAt('IN_PROGRESS')).toEqual({ state: 'IN_PROGRESS', resolution: null });
  });

  it('is each state but done, and each way to end', () => {
    expect(TICKET_STATES).toEqual(['OPEN', 'IN_PROGRESS', 'DONE']);
    expect(RESOLUTIONS).toEqual(['DONE', 'CANCELLED', 'DUPLICATE']);
    expect(STANDINGS.map(progressAt)).toEqual([
      { state: 'OPEN', resolution: null },
      { state: 'IN_PROGRESS', resolution: null },
      { state: 'DONE', resolution: 'DONE' },
      { state: 'DONE', resolution: 'CANCELLED' },
      { state: 'DONE', resolution: 'DUPLICATE' },
    ]);
    expect(STANDINGS).toEqual([...TICKET_STATES.filter((state) => state !== 'DONE'), ...RESOLUTIONS]);
  });
});
