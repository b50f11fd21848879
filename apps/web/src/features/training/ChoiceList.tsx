import type { CSSProperties, ReactNode } from 'react';
import classes from './ChoiceList.module.css';

export interface ChoiceListProps {
  legend: string;
  columns?: 1 | 2;
  /** Beside the legend, e.g. a link. */
  aside?: ReactNode;
  error?: string | undefined;
  /** CSS pixels after which the list scrolls. */
  maxHeight?: number;
  children: ReactNode;
}

/** One of several, each explained: native radio buttons, so that arrow keys, forms and screen readers work as they should. */
export function ChoiceList({ legend, columns = 1, aside, error, maxHeight, children }: ChoiceListProps) {
  const style = { '--columns': columns, maxBlockSize: maxHeight } as CSSProperties;
  return (
    <fieldset className={classes.root}>
      <legend className={classes.legend}>{legend}</legend>
      {aside && <div className={classes.aside}>{aside}</div>}
      <div className={classes.list} style={style}>
        {children}
      </div>
      {error && (
        <p role="alert" className={classes.error}>
          {error}
        </p>
      )}
    </fieldset>
  );
}

export interface ChoiceProps {
  name: string;
  value: string;
  checked: boolean;
  disabled?: boolean;
  /** Has the focus when its dialog opens. */
  autoFocus?: boolean;
  onChoose: () => void;
  title: ReactNode;
  text?: ReactNode;
  facts?: ReactNode;
  /** Why it is not to be had, or what choosing it means. */
  note?: ReactNode;
}

export function Choice({ name, value, checked, disabled = false, autoFocus = false, onChoose, title, text, facts, note }: ChoiceProps) {
  return (
    <label className={classes.choice} data-checked={checked || undefined} data-disabled={disabled || undefined}>
      <input type="radio" name={name} value={value} checked={checked} disabled={disabled} onChange={onChoose} data-autofocus={autoFocus || undefined} />
      <span className={classes.body}>
        <span className={classes.title}>{title}</span>
        {text && <span className={classes.text}>{text}</span>}
        {facts && <span className={classes.facts}>{facts}</span>}
        {note && <span className={classes.note}>{note}</span>}
      </span>
    </label>
  );
}
