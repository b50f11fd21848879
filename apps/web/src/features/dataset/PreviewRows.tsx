import { SideScroll } from '@trainyard/ui';
import classes from './PreviewRows.module.css';

export interface PreviewRowsProps {
  label: string;
  /** Of the columns, in their order. */
  names: readonly string[];
  rows: readonly (readonly string[])[];
  maxHeight: number;
}

/** The first rows of a table. A cell that is too long for its place is whole in its tooltip. */
export function PreviewRows({ label, names, rows, maxHeight }: PreviewRowsProps) {
  return (
    <SideScroll label={label} framed maxHeight={maxHeight}>
      <table className={classes.table}>
        <thead>
          <tr>{names.map((name, i) => <th key={i} scope="col">{name}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row, i) => <tr key={i}>{row.map((cell, j) => <td key={j} title={cell}>{cell}</td>)}</tr>)}
        </tbody>
      </table>
    </SideScroll>
  );
}
