import type { Icon } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './StateMark.module.css';

export interface StateMarkProps {
  state: string;
  tone: 'quiet' | 'accent' | 'good' | 'warn' | 'bad';
  icon: Icon;
  title?: string | undefined;
  children: ReactNode;
}

/** A state as icon, word and colour: each alone is enough to tell. */
export function StateMark({ state, tone, icon: Symbol, title, children }: StateMarkProps) {
  return (
    <span className={classes.root} data-state={state} data-tone={tone} title={title}>
      <Symbol size={14} stroke={2} aria-hidden="true" />
      {children}
    </span>
  );
}
