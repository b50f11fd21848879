import { createSignal } from './signal.ts';

export const DENSITIES = ['compact', 'comfortable'] as const;
export type Density = (typeof DENSITIES)[number];

/** The same key as in boot.js, which sets the attribute before the first paint. */
const STORAGE_KEY = 'trainyard.density';

const density = createSignal<Density>(localStorage.getItem(STORAGE_KEY) === 'comfortable' ? 'comfortable' : 'compact');

function choose(next: Density): void {
  density.set(next);
  localStorage.setItem(STORAGE_KEY, next);
  document.documentElement.dataset.density = next;
}

export function useDensity(): readonly [Density, (next: Density) => void] {
  return [density.use(), choose];
}
