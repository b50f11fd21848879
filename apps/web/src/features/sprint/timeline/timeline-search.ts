import type { Zoom } from './timeline-scale.ts';

/** What the address of a timeline says: nothing where it shows months. */
export function timelineSearch({ zoom }: Record<string, unknown>): { zoom?: Zoom } {
  return zoom === 'weeks' || zoom === 'WEEKS' ? { zoom: 'WEEKS' } : {};
}
