import { useCallback } from 'react';
import { useFormat } from '../../../i18n/useFormat.ts';

/** How values of a series are written: in full, and short at an axis. */
export interface SeriesFormat {
  full: (value: number) => string;
  tick: (value: number) => string;
}

export function useSeriesFormat(): (series: string) => SeriesFormat {
  const format = useFormat();
  return useCallback(
    (series) => {
      if (series === 'ACCURACY' || series === 'VAL_ACCURACY') return { full: format.percent, tick: format.share };
      if (series === 'SAMPLES_PER_SECOND') return { full: format.compact, tick: format.compact };
      return { full: format.figure, tick: format.figure };
    },
    [format],
  );
}
