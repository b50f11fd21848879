import classes from './ClassBalance.module.css';

export interface ClassBalanceProps {
  classes: readonly { name: string; count: number }[];
  /** Heads of the table, in the reader's language. */
  labels: { caption: string; name: string; count: string; share: string };
  formatCount: (count: number) => string;
  /** Formats a fraction, 0 to 1. */
  formatShare: (fraction: number) => string;
}

/** How many samples each class has. A table, so that it reads without the bars too; bars compare with the largest class. */
export function ClassBalance({ classes: groups, labels, formatCount, formatShare }: ClassBalanceProps) {
  const total = groups.reduce((sum, group) => sum + group.count, 0);
  const largest = Math.max(1, ...groups.map((group) => group.count));
  return (
    <table className={classes.root}>
      <caption className={classes.caption}>{labels.caption}</caption>
      <thead className={classes.head}>
        <tr>
          <th scope="col">{labels.name}</th>
          <th scope="col" aria-hidden="true" />
          <th scope="col">{labels.count}</th>
          <th scope="col">{labels.share}</th>
        </tr>
      </thead>
      <tbody>
        {groups.map((group) => (
          <tr key={group.name}>
            <th scope="row" className={classes.name}>
              {group.name}
            </th>
            <td className={classes.track} aria-hidden="true">
              <span className={classes.bar} style={{ inlineSize: `${(100 * group.count) / largest}%` }} />
            </td>
            <td className={classes.number}>{formatCount(group.count)}</td>
            <td className={classes.number}>{formatShare(total === 0 ? 0 : group.count / total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
