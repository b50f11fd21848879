import { useId } from 'react';
import classes from './Segments.module.css';

export interface SegmentsProps<Value extends string> {
  /** What is chosen; heard, not seen. */
  label: string;
  value: Value;
  data: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
}

/** A few choices side by side. Radio buttons and nothing besides: it measures nothing when it comes onto the screen. */
export function Segments<Value extends string>({ label, value, data, onChange }: SegmentsProps<Value>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={classes.root}>
      {data.map((one) => (
        <label key={one.value} className={classes.segment}>
          <input type="radio" name={name} value={one.value} checked={one.value === value} onChange={() => onChange(one.value)} className={classes.input} />
          {one.label}
        </label>
      ))}
    </div>
  );
}
