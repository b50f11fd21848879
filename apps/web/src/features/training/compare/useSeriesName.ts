import { SERIES, type Series } from '@trainyard/domain';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const isKnown = (name: string): name is Series => (SERIES as readonly string[]).includes(name);

/** What a series is called: those of our trainers in the reader's language, those of a program as it named them. */
export function useSeriesName(): (series: string) => string {
  const { t } = useTranslation('training');
  return useCallback((series) => (isKnown(series) ? t(`series.${series}`) : series), [t]);
}
