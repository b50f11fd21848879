import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react';
import type { DatasetState } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './DatasetStateBadge.module.css';

const ICONS = { CHECKING: IconLoader, READY: IconCircleCheck, INVALID: IconAlertTriangle } as const satisfies Record<DatasetState, unknown>;

/** @param share of its files that a runner has read while it is being checked */
export function DatasetStateBadge({ state, share = null }: { state: DatasetState; share?: number | null }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  const Icon = ICONS[state];
  return (
    <span className={classes.root} data-state={state}>
      <Icon size={14} stroke={2} aria-hidden="true" />
      {state === 'CHECKING' && share !== null ? t('state.checkingShare', { share: format.share(share) }) : t(`state.${state}`)}
    </span>
  );
}
