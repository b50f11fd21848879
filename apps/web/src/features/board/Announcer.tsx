import type { Signal } from '../shell/signal.ts';
import classes from './Board.module.css';

/** Says to a screen reader what the keyboard did to a card. */
export function Announcer({ said }: { said: Signal<string> }) {
  return (
    <div role="status" aria-live="assertive" className={classes.heard}>
      {said.use()}
    </div>
  );
}
