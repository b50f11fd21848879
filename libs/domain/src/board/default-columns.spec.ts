import { defaultColumns } from './default-columns.ts';
import { BOARD_KINDS } from './ticket.ts';

describe('default columns', () => {
  it.each(BOARD_KINDS)('of a %s board begin with work that waits and end with work that is done, in both languages', (kind) => {
    const en = defaultColumns(kind, 'EN');
    const zh = defaultColumns(kind, 'ZH');
    expect(en[0]?.category).toBe('TODO');
    expect(en.at(-1)?.category).toBe('DONE');
    expect(zh.map(({ category, wipLimit, wipPolicy }) => [category, wipLimit, wipPolicy])).toEqual(en.map(({ category, wipLimit, wipPolicy }) => [category, wipLimit, wipPolicy]));
    expect(new Set([...en, ...zh].map(({ name }) => name)).size).toBe(en.length + zh.length);
  });

  it('limit work in progress on a Kanban board: one column warns, one refuses', () => {
    expect(defaultColumns('KANBAN', 'EN').filter(({ wipLimit }) => wipLimit !== null)).toEqual([
      { name: 'In progress', category: 'DOING', wipLimit: 4, wipPolicy: 'WARN' },
      { name: 'Review', category: 'DOING', wipLimit: 3, wipPolicy: 'REFUSE' },
    ]);
    expect(defaultColumns('SCRUM', 'EN').every(({ wipLimit }) => wipLimit === null)).toBe(true);
  });
});
