import { HeadOfActions, Table } from '@trainyard/ui';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { memo, useCallback, useLayoutEffect, useRef, type KeyboardEvent, type MouseEvent, type ReactNode, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { keyOf } from '../shell/keys.ts';
import { columnId } from './chosen-columns.ts';
import classes from './DataTable.module.css';
import type { RowSelection, RowTicks } from './useRowSelection.ts';
import { useVirtualRows, type ColumnsInSight } from './useVirtualRows.ts';

/** A column of a list: all that is told of it stands in one row of the noun's table. */
export interface Column<Row> {
  /** The field of the query language that it is sorted by; a name of its own where it is not sorted. */
  field: string;
  /** What it is chosen by, where several are sorted by one field. */
  id?: string;
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
  /** Shown where it was chosen alone. */
  isExtra?: boolean;
  /** What it is one of, among those to choose from. */
  group?: string;
  /** The longest that it may show, as far as that is known before its rows are; `beside` px stand beside it, such as an icon. It is as wide, whatever rows are drawn. */
  longest?: { texts: readonly string[]; beside: number };
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
  /** Rows can be ticked. */
  selection?: RowTicks<Row> | undefined;
  /** Groups with their rows, in place of the rows. */
  children?: ReactNode;
  /** Of such a table: what it scrolls within, and how wide its columns are. */
  scroller?: RefObject<HTMLDivElement | null>;
  widths?: readonly number[] | null;
  /** Before the keys of all tables: what it takes is prevented. */
  onKeyDown?: (event: KeyboardEvent) => void;
}

/** A dense table of one line a row, under a heading that stays; a card a row where the screen is narrow. The first column names the row. */
export function DataTable<Row extends { id: string }>(props: DataTableProps<Row>) {
  const { caption, columns, rows, sort, onSort, minWidth, onTop, isBusy, foot, selection, children, onKeyDown } = props;
  const { t } = useTranslation('lists');
  const navigate = useNavigate();
  /** One listener for the links of all rows. What opens elsewhere is the browser's. */
  const follow = (event: MouseEvent): void => {
    const link = (event.target as HTMLElement).closest<HTMLAnchorElement>('a[data-row-link]');
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    void navigate({ to: link.getAttribute('href') } as never);
  };
  const own = useRef<HTMLDivElement>(null);
  const scroller = props.scroller ?? own;
  const { pieces, widths, across, onFocus } = useVirtualRows(scroller, children ? 0 : rows.length, columns.map(columnId).join('\n'));
  const isAll = selection !== undefined && rows.length > 0 && rows.every(({ id }) => selection.selected.has(id));
  return (
    <div className={classes.root} aria-busy={isBusy} data-busy={isBusy || undefined} data-fills-page onClick={follow}>
      <Table
        caption={caption}
        list
        minWidth={minWidth}
        foot={foot}
        scrollRef={scroller}
        widths={children ? (props.widths ?? null) : widths}
        rowCount={pieces ? rows.length + 1 : undefined}
        onKeyDown={(event) => {
          onKeyDown?.(event);
          if (!event.defaultPrevented) alongRows(event, selection);
        }}
        head={columns.map((column, i) =>
          column.isActions ? (
            <HeadOfActions key={columnId(column)} label={column.head} />
          ) : (
            <Head key={columnId(column)} column={column} direction={directionOf(column, sort)} onSort={() => onSort(column)}>
              {i === 0 && selection && !children && (
                <input
                  type="checkbox"
                  className={classes.tick}
                  checked={isAll}
                  onChange={() =>
                    selection.setAll(
                      rows.map(({ id }) => id),
                      !isAll,
                    )
                  }
                  aria-label={t('selection.all')}
                />
              )}
            </Head>
          ),
        )}
      >
        {children ?? <DataRows columns={columns} rows={rows} onTop={onTop} selection={selection} pieces={pieces} across={across} onFocus={onFocus} />}
      </Table>
    </div>
  );
}

export interface DataRowsProps<Row> extends Pick<DataTableProps<Row>, 'columns' | 'rows' | 'onTop' | 'selection'> {
  /** Which of them are drawn; null: all. */
  pieces?: readonly ({ index: number } | { gap: number })[] | null;
  /** Which of the columns are drawn, beside the first; null: all. */
  across?: ColumnsInSight | null;
  onFocus?: (index: number | null) => void;
}

/** Rows of such a table. */
export function DataRows<Row extends { id: string }>({ columns, rows, onTop, selection, pieces = null, across = null, onFocus }: DataRowsProps<Row>) {
  const latest = useRef({ rows, selection, onFocus });
  useLayoutEffect(() => {
    latest.current = { rows, selection, onFocus };
  });
  const onTick = useCallback((id: string, range: boolean) => {
    const { rows: now, selection: ticks } = latest.current;
    ticks?.toggle(
      id,
      now.map((row) => row.id),
      range,
    );
  }, []);
  const onRowFocus = useCallback((index: number | null) => latest.current.onFocus?.(index), []);
  const tickLabel = useTickLabel(selection);
  const rowAt = (row: Row, index: number) => (
    <DataRow
      key={row.id}
      row={row}
      columns={columns}
      index={pieces ? index : null}
      from={across?.from ?? 1}
      to={across?.to ?? columns.length - 1}
      isOnTop={onTop?.has(row.id) ?? false}
      isSelected={selection ? selection.selected.has(row.id) : null}
      tickLabel={tickLabel}
      onTick={onTick}
      onFocus={onRowFocus}
    />
  );
  if (!pieces) return rows.map(rowAt);
  return pieces.map((piece, i) => {
    if ('gap' in piece) {
      return (
        <tr key={i === 0 ? 'before' : i === pieces.length - 1 ? 'behind' : 'between'} data-gap aria-hidden="true" style={{ height: piece.gap }}>
          <td colSpan={columns.length} />
        </tr>
      );
    }
    const row = rows[piece.index];
    return row && rowAt(row, piece.index);
  });
}

/** What the check box of a row is called: the same function while it answers the same, so that no row is drawn again for it. */
export function useTickLabel<Row>(selection: RowTicks<Row> | undefined): (row: Row) => string {
  const { t } = useTranslation('lists');
  const nameOf = selection?.nameOf;
  return useCallback((row: Row) => (nameOf ? t('selection.one', { name: nameOf(row) }) : ''), [t, nameOf]);
}

interface DataRowProps<Row> {
  row: Row;
  columns: readonly Column<Row>[];
  /** Its place, where not all rows are drawn. */
  index: number | null;
  isOnTop: boolean;
  /** Of the columns that are drawn, beside the first of all. */
  from: number;
  to: number;
  /** Null: it cannot be ticked. */
  isSelected: boolean | null;
  tickLabel: (row: Row) => string;
  onTick: (id: string, range: boolean) => void;
  onFocus: (index: number | null) => void;
}

/** One row; drawn again only where something of it has changed, however many are scrolled by. */
export const DataRow = memo(function DataRow<Row extends { id: string }>({
  row,
  columns,
  index,
  from,
  to,
  isOnTop,
  isSelected,
  tickLabel,
  onTick,
  onFocus,
}: DataRowProps<Row>) {
  const isPart = from > 1 || to < columns.length - 1;
  const tick = isSelected !== null && (
    <input
      type="checkbox"
      className={classes.tick}
      checked={isSelected}
      onChange={(event) => onTick(row.id, 'shiftKey' in event.nativeEvent && event.nativeEvent.shiftKey === true)}
      aria-label={tickLabel(row)}
    />
  );
  return (
    <tr
      role="row"
      data-row={row.id}
      data-on-top={isOnTop || undefined}
      data-selected={isSelected || undefined}
      aria-rowindex={index === null ? undefined : index + 2}
      onFocus={index === null ? undefined : () => onFocus(index)}
      onBlur={index === null ? undefined : () => onFocus(null)}
    >
      {columns.slice(0, 1).map((column) => (
        <th key={columnId(column)} role="rowheader" scope="row" {...lookOf(column)}>
          {tick}
          {column.cell(row)}
        </th>
      ))}
      {from > 1 && <td aria-hidden="true" colSpan={from - 1} />}
      {columns.slice(from, to + 1).map((column, i) => (
        <td key={columnId(column)} role="cell" data-head={column.head} aria-colindex={isPart ? from + i + 1 : undefined} {...lookOf(column)}>
          {column.cell(row)}
        </td>
      ))}
      {to < columns.length - 1 && <td aria-hidden="true" colSpan={columns.length - 1 - to} />}
    </tr>
  );
}) as <Row extends { id: string }>(props: DataRowProps<Row>) => ReactNode;

const lookOf = ({ isNumeric, isWide, isActions, isLine, isMinor }: Pick<Column<never>, 'isNumeric' | 'isWide' | 'isActions' | 'isLine' | 'isMinor'>) => ({
  'data-numeric': isNumeric || undefined,
  'data-wide': isWide || undefined,
  'data-actions': isActions || undefined,
  'data-line': isLine || isWide || undefined,
  'data-minor': isMinor || undefined,
});

/** Arrows (or J and K) go from row to row, X ticks the one at hand, Shift with an arrow ticks along. */
function alongRows(event: KeyboardEvent, selection: RowSelection | undefined): void {
  const target = event.target as HTMLElement;
  const row = target.closest<HTMLElement>('tr[data-row]');
  if (!row || event.ctrlKey || event.metaKey || event.altKey || target.closest('input:not([type="checkbox"]), textarea, select')) return;
  const key = keyOf(event.nativeEvent);
  const tickOf = (one: Element): HTMLInputElement | null => one.querySelector<HTMLInputElement>('th input[type="checkbox"]');
  if (key === 'x' && selection) {
    tickOf(row)?.click();
    event.preventDefault();
    return;
  }
  if (key === 'Escape' && selection && selection.selected.size > 0) {
    selection.clear();
    event.preventDefault();
    return;
  }
  const forward = key === 'ArrowDown' || key === 'j';
  if (!forward && key !== 'ArrowUp' && key !== 'k') return;
  const rows = [...(row.closest('tbody')?.querySelectorAll<HTMLElement>('tr[data-row]') ?? [])];
  const next = rows[rows.indexOf(row) + (forward ? 1 : -1)];
  if (!next) return;
  event.preventDefault();
  if (event.shiftKey && selection) {
    for (const one of [row, next]) if (!selection.selected.has(one.dataset['row'] ?? '')) tickOf(one)?.click();
  }
  (next.querySelector<HTMLElement>('th a') ?? tickOf(next))?.focus();
}

type Direction = 'ascending' | 'descending' | undefined;
const directionOf = ({ field, isSortable }: { field: string; isSortable?: boolean }, sort: Sort | null): Direction =>
  isSortable && sort?.field === field ? (sort.descending ? 'descending' : 'ascending') : undefined;

interface HeadProps<Row> {
  column: Column<Row>;
  direction: Direction;
  onSort: () => void;
  children?: ReactNode;
}

function Head<Row>({ column: { head, isSortable, isNumeric, isWide, longest }, direction, onSort, children }: HeadProps<Row>) {
  const { t } = useTranslation('lists');
  return (
    <th role="columnheader" scope="col" aria-sort={direction} data-numeric={isNumeric || undefined} data-wide={isWide || undefined}>
      {children}
      {isSortable ? (
        <button type="button" className={classes.sort} onClick={onSort} title={t('sortBy', { field: head })}>
          {head}
          {direction === 'ascending' && <IconArrowUp size={13} aria-hidden="true" />}
          {direction === 'descending' && <IconArrowDown size={13} aria-hidden="true" />}
        </button>
      ) : (
        head
      )}
      {longest && (
        <span className={classes.longest} aria-hidden="true" data-longest style={{ paddingInlineEnd: longest.beside }}>
          {longest.texts.map((text) => (
            <span key={text} data-text={text} />
          ))}
        </span>
      )}
    </th>
  );
}
