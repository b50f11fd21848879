import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, IconLoader, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { RunDoubt, RunState, WaitReason } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import classes from './RunStateBadge.module.css';

const ICONS = {
  QUEUED: IconClock,
  STARTING: IconLoader,
  RUNNING: IconPlayerPlay,
  SUCCEEDED: IconCircleCheck,
  FAILED: IconCircleX,
  CANCELLED: IconX,
} as const satisfies Record<RunState, unknown>;

export interface RunStateBadgeProps {
  state: RunState;
  /** Why it waits, and why its result should be looked at twice: told by the pointer and to screen readers. */
  waiting?: WaitReason | null;
  doubt?: RunDoubt | null;
}

/** A run's state as icon, word and colour: each alone is enough to tell. */
export function RunStateBadge({ state, waiting = null, doubt = null }: RunStateBadgeProps) {
  const { t } = useTranslation('training');
  const Icon = ICONS[state];
  return (
    <span className={classes.root} data-state={state} title={waiting ? t(`waiting.${waiting}`) : doubt ? t(`doubt.${doubt}`) : undefined}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {t(`state.${state}`)}
      {doubt && <IconAlertTriangle size={14} stroke={2} className={classes.doubt} role="img" aria-label={t(`doubt.${doubt}`)} />}
    </span>
  );
}
