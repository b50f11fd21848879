import { IconPlugConnected, IconPlugConnectedX } from '@tabler/icons-react';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';

/** Whether a runner was heard of lately. */
export function RunnerState({ online }: { online: boolean }) {
  const { t } = useTranslation('runner');
  return online ? (
    <StateMark state="ONLINE" tone="good" icon={IconPlugConnected}>
      {t('online')}
    </StateMark>
  ) : (
    <StateMark state="OFFLINE" tone="warn" icon={IconPlugConnectedX}>
      {t('offline')}
    </StateMark>
  );
}
