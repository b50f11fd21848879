import { ENGINE_REASONS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';

export interface EngineReasonProps {
  /** The runner's own words, in English. */
  reason: string;
  /** The same as facts. */
  reasonParams: unknown;
  className?: string | undefined;
}

/** Why an engine is not there, in the reader's language; in the runner's words where we have none of our own. */
export function EngineReason({ reason, reasonParams, className }: EngineReasonProps) {
  const { t } = useTranslation('training');
  const facts: Record<string, unknown> = { ...(reasonParams as object | null) };
  const known = ENGINE_REASONS.find((one) => one === facts.reason);
  if (!known)
    return (
      <span className={className} lang="en">
        {reason}
      </span>
    );
  return (
    <span className={className}>
      {t(`engineReason.${known}`, asFacts(facts))}
      {typeof facts.libraries === 'string' && ` ${t('engineReason.LIBRARIES', asFacts(facts))}`}
    </span>
  );
}
