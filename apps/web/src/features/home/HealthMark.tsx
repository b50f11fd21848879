import type { HealthLevel } from '@trainyard/domain';
import { StateMark } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import type { ReasonFragment } from './blocks.generated.ts';
import { CountLink } from './CountLink.tsx';
import { HEALTH_LOOKS } from './health-looks.ts';

export function HealthMark({ level }: { level: HealthLevel }) {
  const { t } = useTranslation('home');
  return (
    <StateMark state={level} {...HEALTH_LOOKS[level]}>
      {t(`health.${level}`)}
    </StateMark>
  );
}

/** Why it is so: each reason leads to what it counts. */
export function ReasonText({ reason, projectKey }: { reason: ReasonFragment; projectKey?: string | undefined }) {
  const { t } = useTranslation('home');
  const { code, count, of, threshold } = reason;
  return (
    <CountLink number={reason} projectKey={projectKey}>
      {t(`reason.${code}`, { count, of, threshold })}
    </CountLink>
  );
}
