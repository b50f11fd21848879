import type { Language } from '../language.ts';
import type { BoardKind, ColumnCategory, WipPolicy } from './board.ts';

export interface NewColumn {
  name: string;
  category: ColumnCategory;
  wipLimit: number | null;
  wipPolicy: WipPolicy;
}

type Template = Record<Language, string> & { category: ColumnCategory; wipLimit?: number; wipPolicy?: WipPolicy };

const TEMPLATES: Record<BoardKind, readonly Template[]> = {
  SCRUM: [
    { en: 'Backlog', zh: '待办列表', category: 'TODO' },
    { en: 'To do', zh: '待开始', category: 'TODO' },
    { en: 'In progress', zh: '进行中', category: 'DOING' },
    { en: 'Review', zh: '评审', category: 'DOING' },
    { en: 'Done', zh: '已完成', category: 'DONE' },
  ],
  KANBAN: [
    { en: 'Ideas', zh: '想法', category: 'TODO' },
    { en: 'Ready', zh: '就绪', category: 'TODO' },
    { en: 'In progress', zh: '进行中', category: 'DOING', wipLimit: 4, wipPolicy: 'WARN' },
    { en: 'Review', zh: '评审', category: 'DOING', wipLimit: 3, wipPolicy: 'REFUSE' },
    { en: 'Done', zh: '已完成', category: 'DONE' },
  ],
};

/** The columns a new board begins with, in order, named in the language of whoever makes it. */
export function defaultColumns(kind: BoardKind, language: Language): NewColumn[] {
  return TEMPLATES[kind].map(({ category, wipLimit, wipPolicy, ...names }) => ({
    name: names[language],
    category,
    wipLimit: wipLimit ?? null,
    wipPolicy: wipPolicy ?? 'WARN',
  }));
}

/** What the column is called, in any language, that Scrum boards began with when the backlog had no page of its own. */
export const BACKLOG_COLUMN_NAMES: readonly string[] = (({ category: _, ...names }) => Object.values(names) as string[])(TEMPLATES.SCRUM[0]!);
