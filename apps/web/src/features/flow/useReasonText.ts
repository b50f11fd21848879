import { useTranslation } from 'react-i18next';
import type { FlowEfficiencyQuery } from './flow.generated.ts';

type Efficiency = FlowEfficiencyQuery['projectFlow']['efficiency'];

/** What time went to, in words: with what exactly, where that is known. */
export function useReasonText(): (of: Pick<Efficiency['reasons'][number], 'reason' | 'detail'>) => string {
  const { t } = useTranslation('flow');
  return ({ reason, detail }) => {
    if (reason === 'RUN_QUEUED') return detail === null || detail === 'AUTO' ? t('reason.RUN_QUEUED') : t('reasonOf.RUN_QUEUED', { detail });
    if (detail !== null && reason === 'BLOCKED') return t('reasonOf.BLOCKED', { detail });
    return t(`reason.${reason}`);
  };
}
