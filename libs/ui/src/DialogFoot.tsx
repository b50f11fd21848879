import type { ReactNode } from 'react';
import classes from './DialogFoot.module.css';

export interface DialogFootProps {
  /** What went wrong, or how far it is: said above the buttons that led there. */
  notice?: ReactNode;
  /** Buttons, the one that does it last. */
  children: ReactNode;
}

/** The end of a dialog: in sight however long the dialog is and however far it is scrolled. */
export function DialogFoot({ notice, children }: DialogFootProps) {
  return (
    <div className={classes.root}>
      {notice}
      <div className={classes.actions}>{children}</div>
    </div>
  );
}
