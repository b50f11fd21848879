import { useTranslation } from 'react-i18next';
import { useReport } from './report-context.ts';

/** What a column is called; with its board where there are several. */
export function useColumnName(): (id: string | null) => string {
  const { t } = useTranslation('flow');
  const { boards } = useReport().project;
  return (id) => {
    if (id === null) return t('column.none');
    const board = boards.find(({ columns }) => columns.some((column) => column.id === id));
    const column = board?.columns.find((one) => one.id === id);
    if (!board || !column) return t('column.gone');
    return boards.length > 1 ? t('column.of', { column: column.name, board: board.name }) : column.name;
  };
}
