import { checkParent, childKindsOf, mayBeParent, parentKindsOf, familyProgress, type Kin } from './parents.ts';
import { TICKET_KINDS, type TicketKind } from './ticket.ts';

const kin = (key: string, type: TicketKind): Kin => ({ id: key, key, type });

describe('a parent', () => {
  it('is one level above', () => {
    const pairs = TICKET_KINDS.flatMap((parent) => TICKET_KINDS.filter((child) => mayBeParent(parent, child)).map((child) => `${parent} ${child}`));
    expect(pairs).toEqual([
      ...['STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT'].map((child) => `EPIC ${child}`),
      ...['STORY', 'TASK', 'BUG', 'SPIKE', 'EXPERIMENT'].map((parent) => `${parent} SUBTASK`),
    ]);
    expect(parentKindsOf('EPIC')).toEqual([]);
    expect(childKindsOf('SUBTASK')).toEqual([]);
  });

  it('is taken where it is', () => {
    expect(checkParent(kin('A-2', 'STORY'), kin('A-1', 'EPIC'), [])).toEqual({ ok: true });
  });

  it('is refused on another level, with both named', () => {
    expect(checkParent(kin('A-2', 'EPIC'), kin('A-1', 'STORY'), [])).toEqual({ ok: false, code: 'PARENT_KIND', params: { child: 'A-2', parent: 'A-1' } });
    expect(checkParent(kin('A-2', 'SUBTASK'), kin('A-1', 'EPIC'), [])).toMatchObject({ code: 'PARENT_KIND' });
  });

  it('is refused in a ring, which is named', () => {
    const one = kin('A-1', 'STORY');
    expect(checkParent(one, one, [])).toEqual({ ok: false, code: 'PARENT_CYCLE', params: { cycle: 'A-1 › A-1' } });
    expect(checkParent(one, kin('A-2', 'SUBTASK'), [one, kin('A-3', 'EPIC')])).toEqual({
      ok: false,
      code: 'PARENT_CYCLE',
      params: { cycle: 'A-1 › A-2 › A-1' },
    });
  });
});

it('is as far as its children, without those that were dropped', () => {
  expect(
    familyProgress([
      { resolution: 'DONE', points: 3 },
      { resolution: null, points: 5 },
      { resolution: null, points: null },
      { resolution: 'CANCELLED', points: 8 },
      { resolution: 'DUPLICATE', points: null },
    ]),
  ).toEqual({ children: 3, done: 1, points: 8, pointsDone: 3, dropped: 2 });
  expect(familyProgress([])).toEqual({ children: 0, done: 0, points: 0, pointsDone: 0, dropped: 0 });
});
