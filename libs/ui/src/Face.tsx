import classes from './Face.module.css';
import { hueOf } from './hue.ts';
import { initialsOf } from './initials.ts';

export interface FaceProps {
  /** Of the person: it gives them their colour, whatever they are called. */
  id: string;
  name: string;
  /** In px. */
  size?: number;
  /** What is read out where the name does not stand beside it. */
  label?: string;
}

/** A person as a circle, in the same colour everywhere. */
export function Face({ id, name, size = 24, label }: FaceProps) {
  const look = { width: size, height: size, fontSize: Math.max(10, Math.round(size * 0.42)), '--hue': hueOf(id) };
  return (
    <span className={classes.face} style={look} title={label ?? name} role={label && 'img'} aria-label={label} aria-hidden={label ? undefined : true}>
      {initialsOf(name)}
    </span>
  );
}
