import { columnOf, progressIn, progressOf, STATE_OF } from './progress.ts';
import { RESOLUTIONS, TICKET_STATES } from '../ticket/state.ts';

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

  it('is given with how it ended where it is done, and nowhere else', () => {
    expect(RESOLUTIONS.map((one) => progressOf('DONE', one))).toEqual(RESOLUTIONS.map((resolution) => ({ ok: true, progress: { state: 'DONE', resolution } })));
    expect(progressOf('DONE', null)).toEqual({ ok: true, progress: { state: 'DONE', resolution: 'DONE' } });
    for (const state of ['OPEN', 'IN_PROGRESS'] as const) {
      expect(progressOf(state, null)).toEqual({ ok: true, progress: { state, resolution: null } });
      for (const one of RESOLUTIONS)
        expect(progressOf(state, one)).toEqual({ ok: false, code: 'BAD_INPUT', params: { field: 'resolution', reason: 'NOT_DONE' } });
    }
  });

  it('brings a ticket into the first column that means it', () => {
    const columns = (['TODO', 'DOING', 'DOING'] as const).map((category, id) => ({ id, category }));
    expect(TICKET_STATES.map((state) => columnOf(state, columns)?.id)).toEqual([0, 1, undefined]);
  });
});
