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
  // A row may be longer than the names are: that is what the preview then shows.
  const columns = Math.max(names.length, ...rows.map((row) => row.length));
  return (
    <SideScroll label={label} framed maxHeight={maxHeight}>
      <table className={classes.table}>
        <thead>
          <tr>
            {Array.from({ length: columns }, (_, i) =>
              names[i] === undefined ? (
                <td key={i} />
              ) : (
                <th key={i} scope="col">
                  {names[i]}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr key={i}>
              {row.map((cell, j) => (
                <td key={j} title={cell}>
                  {cell}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </SideScroll>
  );
}
