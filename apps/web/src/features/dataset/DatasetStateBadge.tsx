import { IconAlertTriangle, IconCircleCheck, IconLoader } from '@tabler/icons-react';
import type { DatasetState } from '@trainyard/domain';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';

const LOOKS = {
  CHECKING: { icon: IconLoader, tone: 'accent' },
  READY: { icon: IconCircleCheck, tone: 'good' },
  INVALID: { icon: IconAlertTriangle, tone: 'bad' },
} as const satisfies Record<DatasetState, unknown>;

/** @param share of its files that a runner has read while it is being checked */
export function DatasetStateBadge({ state, share = null }: { state: DatasetState; share?: number | null }) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  return (
    <StateMark state={state} {...LOOKS[state]}>
      {state === 'CHECKING' && share !== null ? t('state.checkingShare', { share: format.share(share) }) : t(`state.${state}`)}
    </StateMark>
  );
}
