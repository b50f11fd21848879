import { LOG_REASONS } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';
import { useFailureText } from './useFailureText.ts';

/** A line of the runner's own in the reader's language; null where only its own words tell it. */
export function useLogText(): (params: unknown) => string | null {
  const { t } = useTranslation('training');
  const failureText = useFailureText();
  return (params) => {
    if (typeof params !== 'object' || params === null) return null;
    const facts = params as Record<string, unknown>;
    const reason = LOG_REASONS.find((one) => one === facts.reason);
    return reason ? t(`logLine.${reason}`, asFacts(facts)) : failureText(facts).reason;
  };
}
