import { createKeptSignal } from './kept-signal.ts';

export const DENSITIES = ['compact', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

/** The same key as in boot.js, which sets the attribute before the first paint. */
const density = createKeptSignal<Density>('trainyard.density', (text) => (text === 'comfortable' ? 'comfortable' : 'compact'), String);
density.subscribe(() => (document.documentElement.dataset.density = density.get()));

export function useDensity(): readonly [Density, (next: Density) => void] {
  return [density.use(), density.set];
}
