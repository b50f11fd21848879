import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react';
import type { DatasetState } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import classes from './DatasetStateBadge.module.css';

const ICONS = { CHECKING: IconLoader, READY: IconCircleCheck, INVALID: IconAlertTriangle } as const satisfies Record<DatasetState, unknown>;

export function DatasetStateBadge({ state }: { state: DatasetState }) {
  const { t } = useTranslation('dataset');
  const Icon = ICONS[state];
  return (
    <span className={classes.root} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {t(`state.${state}`)}
    </span>
  );
}
