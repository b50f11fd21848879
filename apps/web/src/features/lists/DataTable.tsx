import { HeadOfActions, Table } from '@trainyard/ui';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';

/** A column of a list: all that is told of it stands in one row of the noun's table. */
export interface Column<Row> {
  /** The field of the query language that it is sorted by; a name of its own where it is not sorted. */
  field: string;
  head: string;
  cell: (row: Row) => ReactNode;
  isSortable?: boolean;
  /** What is asked for first is its end: the newest, the best. */
  isDescendingFirst?: boolean;
  isNumeric?: boolean;
  /** Takes the room that is left, and cuts what is longer. */
  isWide?: boolean;
  /** Buttons: its heading is heard alone, and it stays in sight. */
  isActions?: boolean;
  /** A line of its own on a card. */
  isLine?: boolean;
  /** Left out of a card on a narrow screen. */
  isMinor?: boolean;
}

export interface Sort {
  field: string;
  descending: boolean;
}

export interface DataTableProps<Row> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  /** What it is sorted by, first in `sort:`. */
  sort: Sort | null;
  onSort: (column: Column<Row>) => void;
  minWidth: number;
  /** Ids of rows that were just made here: they are tinted, for they stand on top in whatever order. */
  onTop?: ReadonlySet<string>;
  /** Other rows are on their way. */
  isBusy: boolean;
  foot?: ReactNode;
}

/** A dense table of one line a row, under a heading that stays; a card a row where the screen is narrow. The first column names the row. */
export function DataTable<Row extends { id: string }>({ caption, columns, rows, sort, onSort, minWidth, onTop, isBusy, foot }: DataTableProps<Row>) {
  return (
    <div className={classes.root} aria-busy={isBusy} data-busy={isBusy || undefined} data-fills-page>
      <Table
        caption={caption}
        list
        minWidth={minWidth}
        foot={foot}
        head={columns.map((column) =>
          column.isActions ? (
            <HeadOfActions key={column.field} label={column.head} />
          ) : (
            <Head key={column.field} column={column} direction={directionOf(column, sort)} onSort={() => onSort(column)} />
          ),
        )}
      >
        {rows.map((row) => (
          <tr key={row.id} role="row" data-on-top={onTop?.has(row.id) || undefined}>
            {columns.map(({ field, head, cell, isNumeric, isWide, isActions, isLine, isMinor }, i) => {
              const look = {
                'data-numeric': isNumeric || undefined,
                'data-wide': isWide || undefined,
                'data-actions': isActions || undefined,
                'data-line': isLine || isWide || undefined,
                'data-minor': isMinor || undefined,
              };
              return i === 0 ? (
                <th key={field} role="rowheader" scope="row" {...look}>
                  {cell(row)}
                </th>
              ) : (
                <td key={field} role="cell" data-head={head} {...look}>
                  {cell(row)}
                </td>
              );
            })}
          </tr>
        ))}
      </Table>
    </div>
  );
}

type Direction = 'ascending' | 'descending' | undefined;
const directionOf = ({ field }: { field: string }, sort: Sort | null): Direction =>
  sort?.field === field ? (sort.descending ? 'descending' : 'ascending') : undefined;

function Head<Row>({ column: { head, isSortable, isNumeric, isWide }, direction, onSort }: { column: Column<Row>; direction: Direction; onSort: () => void }) {
  const { t } = useTranslation('lists');
  return (
    <th role="columnheader" scope="col" aria-sort={direction} data-numeric={isNumeric || undefined} data-wide={isWide || undefined}>
      {isSortable ? (
        <button type="button" className={classes.sort} onClick={onSort} title={t('sortBy', { field: head })}>
          {head}
          {direction === 'ascending' && <IconArrowUp size={13} aria-hidden="true" />}
          {direction === 'descending' && <IconArrowDown size={13} aria-hidden="true" />}
        </button>
      ) : (
        head
      )}
    </th>
  );
}
