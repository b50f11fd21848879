import type { SeriesLook } from '@trainyard/ui';

const look = (color: string, dash: readonly number[] = []): SeriesLook => ({ color: `--mantine-color-${color}`, dash });

/** How what is drawn looks, the same in all reports. */
export const LOOKS = {
  scope: look('orange-text', [7, 3]),
  remaining: look('blue-text'),
  done: look('teal-text'),
  ideal: look('dimmed', [3, 3]),
  reaimed: look('grape-text', [10, 3, 2, 3]),
  change: look('orange-text'),
  open: look('gray-text'),
  progress: look('blue-text'),
  out: look('dimmed'),
  committed: look('gray-text'),
  p50: look('teal-text', [2, 3]),
  p85: look('orange-text', [7, 3]),
  p95: look('red-text', [10, 3, 2, 3]),
  mean: look('text', [7, 3]),
  range: look('dimmed', [2, 3]),
} as const satisfies Record<string, SeriesLook>;
