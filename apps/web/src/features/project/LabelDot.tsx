import classes from './LabelDot.module.css';

/** The colour of a label, beside its name. */
export function LabelDot({ color }: { color: string | undefined }) {
  return <span className={classes.dot} data-label-color={color} aria-hidden="true" />;
}
