import { Table } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useFormat } from '../../i18n/useFormat.ts';
import { DrillNumber } from './DrillNumber.tsx';
import type { ReportCell, ReportColumn, ReportTable } from './report-rows.ts';
import { useReport } from './report-context.ts';
import { useZoneMoment } from './useZoneMoment.ts';

/** The numbers behind a chart. Each that counts tickets opens them. */
export function NumberTable({ caption, table: { columns, rows, timeZone } }: { caption: string; table: ReportTable }) {
  const text = useCellText(timeZone);
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
            const content: ReactNode = opens ? <DrillNumber drill={opens}>{shown}</DrillNumber> : shown;
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

function useCellText(timeZone: string | undefined): (column: ReportColumn, cell: ReportCell) => string {
  const format = useFormat();
  const { project } = useReport();
  const moment = useZoneMoment(timeZone ?? project.timeZone);
  return ({ type }, cell) => {
    if (cell === null) return '';
    if (type === 'DAY') return format.date(String(cell));
    if (type === 'TIME') return moment(String(cell)).replace(/ \([^)]*\)$/, '');
    if (typeof cell === 'string') return cell;
    return type === 'SHARE' ? format.wholePercent(cell) : format.number(Math.round(cell * 100) / 100);
  };
}
