import type { TicketKind } from '@trainyard/domain';
import classes from './TypeIcon.module.css';

/** The type of a ticket as a shape of its own, one element each: a card cannot afford more. */
export function TypeIcon({ type, label }: { type: TicketKind; label: string }) {
  return <span className={classes.icon} data-type={type} role="img" aria-label={label} title={label} />;
}
