import { Table } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { ReportCell, ReportColumn, ReportTable } from './report-rows.ts';
import { useReport } from './report-context.ts';
import classes from './Reports.module.css';
import { useZoneMoment } from './useZoneMoment.ts';

/** The numbers behind a chart. Each that counts tickets opens them. */
export function NumberTable({ caption, table: { columns, rows } }: { caption: string; table: ReportTable }) {
  const { t } = useTranslation('flow');
  const { drill } = useReport();
  const text = useCellText();
  const isNumeric = ({ type }: ReportColumn): boolean => type === 'NUMBER' || type === 'SHARE';
  return (
    <Table
      caption={caption}
      minWidth={Math.min(900, columns.length * 110)}
      head={columns.map((column) => (
        <th key={column.key} scope="col" data-numeric={isNumeric(column) || undefined}>
          {column.name}
        </th>
      ))}
    >
      {rows.map(({ key, cells, drills, isStrong }) => (
        <tr key={key} data-strong={isStrong || undefined}>
          {columns.map((column, i) => {
            const shown = text(column, cells[column.key] ?? null);
            const opens = drills?.[column.key];
            const content: ReactNode = opens ? (
              <button type="button" className={classes.number} aria-label={t('drill.open', { what: opens.title, number: shown })} onClick={() => drill(opens)}>
                {shown}
              </button>
            ) : (
              shown
            );
            return i === 0 ? (
              <th key={column.key} scope="row">
                {content}
              </th>
            ) : (
              <td key={column.key} data-numeric={isNumeric(column) || undefined}>
                {content}
              </td>
            );
          })}
        </tr>
      ))}
    </Table>
  );
}

function useCellText(): (column: ReportColumn, cell: ReportCell) => string {
  const format = useFormat();
  const moment = useZoneMoment(useReport().project.timeZone);
  return ({ type }, cell) => {
    if (cell === null) return '';
    if (type === 'DAY') return format.date(String(cell));
    if (type === 'TIME') return moment(String(cell)).replace(/ \([^)]*\)$/, '');
    if (typeof cell === 'string') return cell;
    return type === 'SHARE' ? format.wholePercent(cell) : format.number(Math.round(cell * 100) / 100);
  };
}
