import type { EvidenceReason, ReadingField, TableFormat } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { asFacts } from '../../i18n/formats.ts';
import { useFormat } from '../../i18n/useFormat.ts';

/** Why something is read as it is, as a sentence in the reader's language. */
export function useEvidenceText(): (evidence: { field: ReadingField; reason: EvidenceReason; params: unknown }) => string {
  const { t } = useTranslation('dataset');
  return ({ reason, params }) => t(`reading.why.${reason}`, asFacts({ ...(params as Record<string, unknown>) }));
}

/** How one field of a format is called. */
export function useFormatText(): (field: ReadingField, format: TableFormat) => string {
  const { t } = useTranslation('dataset');
  const { number } = useFormat();
  return (field, format) => (field === 'skip' ? number(format.skip) : t(`reading.${field}.${String(format[field])}` as 'reading.encoding.UTF_8'));
}
