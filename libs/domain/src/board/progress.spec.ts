import { progressIn, STATE_OF } from './progress.ts';

describe('the progress of a ticket', () => {
  it('is what the category of its column says', () => {
    expect(STATE_OF).toEqual({ TODO: 'OPEN', DOING: 'IN_PROGRESS', DONE: 'DONE' });
    expect(progressIn('TODO')).toEqual({ state: 'OPEN', resolution: null });
    expect(progressIn('DOING', { state: 'OPEN', resolution: null })).toEqual({ state: 'IN_PROGRESS', resolution: null });
    expect(progressIn('DONE', { state: 'IN_PROGRESS', resolution: null })).toEqual({ state: 'DONE', resolution: 'DONE' });
  });

  it('keeps how it ended among columns of what is done, and forgets it with the way back', () => {
    const cancelled = { state: 'DONE', resolution: 'CANCELLED' } as const;
    expect(progressIn('DONE', cancelled)).toEqual(cancelled);
    expect(progressIn('DOING', cancelled)).toEqual({ state: 'IN_PROGRESS', resolution: null });
  });
});
