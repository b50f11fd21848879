import { IconAlertTriangle, IconCircleCheck, IconCircleX, IconClock, IconLoader, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { RunDoubt, RunState, WaitReason } from '@trainyard/domain';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import classes from './RunStateBadge.module.css';

const LOOKS = {
  QUEUED: { icon: IconClock, tone: 'quiet' },
  STARTING: { icon: IconLoader, tone: 'accent' },
  RUNNING: { icon: IconPlayerPlay, tone: 'accent' },
  SUCCEEDED: { icon: IconCircleCheck, tone: 'good' },
  FAILED: { icon: IconCircleX, tone: 'bad' },
  CANCELLED: { icon: IconX, tone: 'quiet' },
} as const satisfies Record<RunState, unknown>;

export interface RunStateBadgeProps {
  state: RunState;
  /** Why it waits, and why its result should be looked at twice: told by the pointer and to screen readers. */
  waiting?: WaitReason | null;
  doubt?: RunDoubt | null;
}

export function RunStateBadge({ state, waiting = null, doubt = null }: RunStateBadgeProps) {
  const { t } = useTranslation('training');
  return (
    <StateMark state={state} {...LOOKS[state]} title={waiting ? t(`waiting.${waiting}`) : doubt ? t(`doubt.${doubt}`) : undefined}>
      {t(`state.${state}`)}
      {doubt && <IconAlertTriangle size={14} stroke={2} className={classes.doubt} role="img" aria-label={t(`doubt.${doubt}`)} />}
    </StateMark>
  );
}
