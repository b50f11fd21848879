import type { EvidenceReason, ReadingField } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';

/** Why something is read as it is, as a sentence in the reader's language. */
export function useEvidenceText(): (evidence: { field: ReadingField; reason: EvidenceReason; params: unknown }) => string {
  const { t } = useTranslation('dataset');
  return ({ reason, params }) => t(`reading.why.${reason}`, asFacts({ ...(params as Record<string, unknown>) }));
}
