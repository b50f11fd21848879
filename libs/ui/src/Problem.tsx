import { IconAlertTriangle } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Problem.module.css';

export interface ProblemProps {
  title: ReactNode;
  /** Why, and what to do about it. */
  children?: ReactNode;
  /** Buttons. */
  action?: ReactNode;
}

/** What went wrong, where it went wrong. */
export function Problem({ title, children, action }: ProblemProps) {
  return (
    <div className={classes.root} role="alert">
      <IconAlertTriangle size={18} aria-hidden="true" className={classes.icon} />
      <div className={classes.body}>
        <strong>{title}</strong>
        {children}
        {action && <div className={classes.actions}>{action}</div>}
      </div>
    </div>
  );
}
