import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import type { XAxis } from './run-clock.ts';

const SECONDS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 10_800, 21_600, 43_200, 86_400, 172_800, 604_800, 2_592_000] as const;
const DAY = 86_400;
const EPOCHS = [0.01, 0.1, 1, 10, 100, 1_000].flatMap((n) => [n, 2 * n, 5 * n]);

/** How a place on the axis is written: in full, short at a tick, and where ticks may be; whole steps where nothing is said. */
export interface AxisFormat {
  full: (x: number) => string;
  tick: (x: number) => string;
  ticks?: readonly number[];
}

export function useAxisFormat(axis: XAxis): AxisFormat {
  const { t } = useTranslation('training');
  const format = useFormat();
  return useMemo((): AxisFormat => {
    switch (axis) {
      case 'STEP':
        return { full: (x) => t('stepAt', { step: format.number(Math.round(x)) }), tick: format.compact };
      case 'EPOCH':
        return { full: (x) => t('compare.epochAt', { epoch: format.number(Math.round(x * 100) / 100) }), tick: format.compact, ticks: EPOCHS };
      case 'RELATIVE':
        return { full: (x) => format.duration(x * 1_000), tick: (x) => (x === 0 ? '0' : format.duration(x * 1_000)), ticks: SECONDS };
      case 'WALL': {
        const iso = (x: number): string => new Date(x * 1_000).toISOString();
        return { full: (x) => format.dateTime(iso(x)), tick: (x) => (x % DAY === 0 ? format.day(iso(x)) : format.time(iso(x))), ticks: SECONDS };
      }
    }
  }, [axis, t, format]);
}
