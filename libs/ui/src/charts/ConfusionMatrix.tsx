import type { CSSProperties } from 'react';
import { SideScroll } from '../SideScroll.tsx';
import classes from './ConfusionMatrix.module.css';

export interface ConfusionMatrixProps {
  classes: readonly string[];
  /** counts[actual][predicted], one row and one column for each class. */
  counts: readonly (readonly number[])[];
  labels: { caption: string; actual: string; predicted: string; recall: string; precision: string; none: string };
  formatCount: (count: number) => string;
  /** Formats a fraction, 0 to 1. */
  formatShare: (fraction: number) => string;
}

/**
 * What was taken for what. Shading is the share of the actual class (so classes of different size compare); right answers
 * and mistakes differ in hue, weight and border, and every cell carries its count, so no reading depends on colour.
 */
export function ConfusionMatrix({ classes: names, counts, labels, formatCount, formatShare }: ConfusionMatrixProps) {
  const recall = recallOf(counts);
  const precision = recallOf(transpose(counts));
  const share = (fraction: number | null): string => (fraction === null ? labels.none : formatShare(fraction));
  return (
    <SideScroll label={labels.caption}>
      <table className={classes.root}>
        <caption className={classes.caption}>{labels.caption}</caption>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {labels.actual}
            </th>
            <th scope="colgroup" className={classes.group} colSpan={names.length}>
              {labels.predicted}
            </th>
            <td />
          </tr>
          <tr>
            <td />
            {names.map((name) => (
              <th key={name} scope="col" className={classes.head} title={name}>
                {name}
              </th>
            ))}
            <th scope="col" className={classes.side}>
              {labels.recall}
            </th>
          </tr>
        </thead>
        <tbody>
          {names.map((name, row) => (
            <tr key={name}>
              <th scope="row" className={classes.row} title={name}>
                {name}
              </th>
              {names.map((predicted, column) => (
                <Cell key={predicted} count={counts[row]?.[column] ?? 0} total={sum(counts[row] ?? [])} right={row === column} format={formatCount} />
              ))}
              <td className={classes.side}>{share(recall[row] ?? null)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row" className={classes.row}>
              {labels.precision}
            </th>
            {names.map((name, column) => (
              <td key={name} className={classes.foot}>
                {share(precision[column] ?? null)}
              </td>
            ))}
            <td />
          </tr>
        </tfoot>
      </table>
    </SideScroll>
  );
}

function Cell({ count, total, right, format }: { count: number; total: number; right: boolean; format: (count: number) => string }) {
  const share = total === 0 ? 0 : count / total;
  const shade = { '--share': `${shading(share)}%` } as CSSProperties;
  return (
    <td className={classes.cell} data-right={right || undefined} data-zero={count === 0 || undefined} style={shade}>
      {format(count)}
    </td>
  );
}

/** Percent of the hue mixed in: a single mistake among a thousand is still seen, and text stays readable on the fullest. */
function shading(share: number): number {
  return share === 0 ? 0 : Math.round(6 + 34 * Math.sqrt(share));
}

/** Per row: the fraction on the diagonal; null for a row without samples. */
export function recallOf(counts: readonly (readonly number[])[]): (number | null)[] {
  return counts.map((row, index) => {
    const total = sum(row);
    return total === 0 ? null : (row[index] ?? 0) / total;
  });
}

function transpose(counts: readonly (readonly number[])[]): number[][] {
  return counts.map((_, column) => counts.map((row) => row[column] ?? 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
