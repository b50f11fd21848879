import type { Priority } from '@trainyard/domain';
import classes from './PriorityIcon.module.css';

/** A priority as a shape and a colour of its own, one element each: a card cannot afford more. */
export function PriorityIcon({ priority, label }: { priority: Priority; label: string }) {
  return <span className={classes.icon} data-priority={priority} role="img" aria-label={label} title={label} />;
}
