import classes from './Face.module.css';
import { initialsOf } from './initials.ts';

/** A person as a circle. The name itself stands beside it, so this is not read out. */
export function Face({ name, size = 24 }: { name: string; size?: number }) {
  return (
    <span className={classes.face} style={{ width: size, height: size, fontSize: Math.max(10, Math.round(size * 0.42)) }} title={name} aria-hidden="true">
      {initialsOf(name)}
    </span>
  );
}
