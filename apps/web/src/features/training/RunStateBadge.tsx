import { IconCircleCheck, IconCircleX, IconClock, IconLoader, IconPlayerPlay, IconX } from '@tabler/icons-react';
import type { RunState } from '@trainyard/domain';
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

/** A run's state as icon, word and colour: each alone is enough to tell. */
export function RunStateBadge({ state, title }: { state: RunState; title?: string | undefined }) {
  const { t } = useTranslation('training');
  const Icon = ICONS[state];
  return (
    <span className={classes.root} data-state={state} title={title}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
