import { defaultColumns, type NewColumn } from './default-columns.ts';
import { BOARD_KINDS, type BoardKind } from './board.ts';

/** As a team finds them on its first board, in both languages. */
const EXPECTED: Record<BoardKind, string[]> = {
  SCRUM: ['Backlog 待办列表 TODO', 'To do 待开始 TODO', 'In progress 进行中 DOING', 'Review 评审 DOING', 'Done 已完成 DONE'],
  KANBAN: ['Ideas 想法 TODO', 'Ready 就绪 TODO', 'In progress 进行中 DOING', 'Review 评审 DOING', 'Done 已完成 DONE'],
};

describe('default columns', () => {
  it.each(BOARD_KINDS)('of a %s board lead from work that waits to work that is done, in both languages', (kind) => {
    const zh = defaultColumns(kind, 'zh');
    expect(defaultColumns(kind, 'en').map(({ name, category }, i) => `${name} ${zh[i]?.name} ${category}`)).toEqual(EXPECTED[kind]);
  });

  it.each(['en', 'zh'] as const)('limit work in progress on a Kanban board alone, named in %s: one column warns, one refuses', (language) => {
    const limits = (kind: BoardKind): Omit<NewColumn, 'name' | 'category'>[] =>
      defaultColumns(kind, language).map(({ wipLimit, wipPolicy }) => ({ wipLimit, wipPolicy }));
    const none = { wipLimit: null, wipPolicy: 'WARN' };
    expect(limits('KANBAN')).toEqual([none, none, { wipLimit: 4, wipPolicy: 'WARN' }, { wipLimit: 3, wipPolicy: 'REFUSE' }, none]);
    expect(limits('SCRUM')).toEqual([none, none, none, none, none]);
  });
});
