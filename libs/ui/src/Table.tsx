import type { KeyboardEventHandler, ReactNode, RefObject } from 'react';
import { SideScroll } from './SideScroll.tsx';
import classes from './Table.module.css';

export interface TableProps {
  /** What the table lists; heard, not seen. */
  caption: string;
  head: ReactNode;
  children: ReactNode;
  /** Below this width in px the table scrolls sideways instead of squeezing. */
  minWidth?: number;
  /**
   * Rows of one line each under a heading that stays in sight; on a narrow screen a row is a card. What is laid out as cards is a table to
   * a screen reader only where it is said to be one: rows and cells bring their roles.
   */
  list?: boolean;
  /** Below the rows, and scrolled with them. */
  foot?: ReactNode;
  /** What the rows scroll within. */
  scrollRef?: RefObject<HTMLDivElement | null> | undefined;
  /** Widths of the columns in px, where they may not follow the rows that happen to be drawn. */
  widths?: readonly number[] | null;
  /** Rows there are, where not all are drawn. */
  rowCount?: number | undefined;
  onKeyDown?: KeyboardEventHandler | undefined;
}

/** The heading of the column of buttons: heard, not seen. */
export function HeadOfActions({ label }: { label: string }) {
  return (
    <th scope="col" data-actions>
      <span className={classes.unseen}>{label}</span>
    </th>
  );
}

/** A dense table. `head` is the cells of the header row, children the rows. The first cell of a row names it. */
export function Table({ caption, head, children, minWidth = 0, list = false, foot, scrollRef, widths = null, rowCount, onKeyDown }: TableProps) {
  const width = widths?.reduce((sum, one) => sum + one, 0);
  const role = (name: string): string | undefined => (list ? name : undefined);
  return (
    <SideScroll label={caption} framed fills={list} scrollRef={scrollRef}>
      <table
        role={role('table')}
        className={classes.table}
        data-names
        data-list={list || undefined}
        data-fixed={width !== undefined || undefined}
        style={width === undefined ? { minWidth } : { width }}
        aria-rowcount={rowCount}
        onKeyDown={onKeyDown}
      >
        <caption className={classes.unseen}>{caption}</caption>
        {widths && (
          <colgroup>
            {widths.map((one, i) => (
              // columns have no other name here, and do not move
              <col key={i} style={{ width: one }} />
            ))}
          </colgroup>
        )}
        <thead role={role('rowgroup')}>
          <tr role={role('row')}>{head}</tr>
        </thead>
        <tbody role={role('rowgroup')}>{children}</tbody>
      </table>
      {foot && <div className={classes.foot}>{foot}</div>}
    </SideScroll>
  );
}
