import { IconCircle, IconCircleCheck, IconCircleHalf2, IconCircleX } from '@tabler/icons-react';
import type { Resolution, TicketState as State } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import classes from './TicketState.module.css';

const ICONS = { OPEN: IconCircle, IN_PROGRESS: IconCircleHalf2, DONE: IconCircleCheck } as const satisfies Record<State, unknown>;

/** How far a ticket is: done without what was wanted is another mark than done. */
export function TicketState({ state, resolution }: { state: State; resolution: Resolution | null }) {
  const { t } = useTranslation('ticket');
  const dropped = resolution !== null && resolution !== 'DONE';
  const Icon = dropped ? IconCircleX : ICONS[state];
  return (
    <span className={classes.root} data-state={dropped ? 'DROPPED' : state}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {dropped ? t(`list.resolution.${resolution}`) : t(`list.state.${state}`)}
    </span>
  );
}
