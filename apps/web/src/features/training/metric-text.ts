import type { Format } from '../../i18n/useFormat.ts';

/** Shares are written as percent, everything else as a figure. */
export function metricText(format: Format, name: string, value: number): string {
  return name === 'accuracy' ? format.percent(value) : format.figure(value);
}
