import { useId } from 'react';
import classes from './Segments.module.css';

export type SegmentsProps<Value extends string> = {
  value: Value;
  data: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  /** `sm`: among the fields of a form. */
  size?: 'xs' | 'sm';
  /** As wide as there is room. */
  full?: boolean;
  disabled?: boolean;
  className?: string | undefined;
} & (
  | {
      /** What is chosen; heard, not seen. */
      label: string;
    }
  | {
      /** The id of what names it on the screen. */
      labelledBy: string;
    }
);

/** A few choices side by side. Radio buttons and nothing besides: it measures nothing when it comes onto the screen. */
export function Segments<Value extends string>({
  value,
  data,
  onChange,
  size = 'xs',
  full = false,
  disabled = false,
  className,
  ...name
}: SegmentsProps<Value>) {
  const group = useId();
  return (
    <div
      role="radiogroup"
      {...('label' in name ? { 'aria-label': name.label } : { 'aria-labelledby': name.labelledBy })}
      className={className === undefined ? classes.root : `${classes.root} ${className}`}
      data-size={size}
      data-full={full || undefined}
    >
      {data.map((one) => (
        <label key={one.value} className={classes.segment}>
          <input
            type="radio"
            name={group}
            value={one.value}
            checked={one.value === value}
            disabled={disabled}
            onChange={() => onChange(one.value)}
            className={classes.input}
          />
          {one.label}
        </label>
      ))}
    </div>
  );
}
