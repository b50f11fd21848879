import { knownAs, OpenedThings } from './opened-things.ts';

describe('what was opened lately', () => {
  afterEach(() => localStorage.clear());
  const ids = (opened: OpenedThings): string[] => opened.all().map(({ id }) => id);

  it('is kept for each person, the last one first, each once', () => {
    const mine = new OpenedThings('me');
    for (const id of ['VIS-1', 'VIS-2', 'vis-1']) mine.remember({ kind: 'TICKET', id });
    expect(ids(new OpenedThings('me'))).toEqual(['vis-1', 'VIS-2']);
    expect(new OpenedThings('you').all()).toEqual([]);
  });

  it('keeps a dozen, and forgets what is gone', () => {
    const mine = new OpenedThings('me');
    for (let i = 0; i < 20; i++) mine.remember({ kind: 'RUN', id: `run-${i}` });
    expect(ids(mine)).toHaveLength(12);
    mine.forget([
      { kind: 'RUN', id: 'run-19' },
      { kind: 'TICKET', id: 'run-18' },
    ]);
    expect(ids(mine).slice(0, 2)).toEqual(['run-18', 'run-17']);
  });

  it('reads past what it does not know, and keeps no title', () => {
    localStorage.setItem('trainyard.opened.me', 'MODEL x\nTICKET VIS-1\nRUN\n');
    expect(new OpenedThings('me').all()).toEqual([{ kind: 'TICKET', id: 'VIS-1' }]);
    expect(knownAs({ kind: 'TICKET', id: 'id', key: 'VIS-1' })).toEqual({ kind: 'TICKET', id: 'VIS-1' });
    expect(knownAs({ kind: 'RUN', id: 'id', key: 'VIS-1' })).toEqual({ kind: 'RUN', id: 'id' });
  });
});
