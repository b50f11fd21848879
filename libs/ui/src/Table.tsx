import type { ReactNode } from 'react';
import { SideScroll } from './SideScroll.tsx';
import classes from './Table.module.css';

export interface TableProps {
  /** What the table lists; heard, not seen. */
  caption: string;
  head: ReactNode;
  children: ReactNode;
  /** Below this width in px the table scrolls sideways instead of squeezing. */
  minWidth?: number;
}

/** The heading of the column of buttons: heard, not seen. */
export function HeadOfActions({ label }: { label: string }) {
  return (
    <th scope="col" data-actions>
      <span className={classes.unseen}>{label}</span>
    </th>
  );
}

/** A dense table with one-line rows. `head` is the cells of the header row, children the rows. */
export function Table({ caption, head, children, minWidth = 0 }: TableProps) {
  return (
    <SideScroll label={caption} framed>
      <table className={classes.table} data-names style={{ minWidth }}>
        <caption className={classes.unseen}>{caption}</caption>
        <thead>
          <tr>{head}</tr>
        </thead>
        <tbody>{children}</tbody>
      </table>
    </SideScroll>
  );
}
