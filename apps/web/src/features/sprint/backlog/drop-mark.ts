import type { Spot } from './backlog-lists.ts';

/** Attribute of a heading: the key of its section; empty: of what has none. */
export const SECTION = 'data-section';

/** Where a row would come to stand that is let go at a height of the screen: behind a ticket, or on top of a section. */
export interface Gap {
  spot: Spot;
  /** Where the line is drawn. */
  y: number;
}

/** @param sectionOf the section of a ticket, and the one that it stands behind there */
export function gapAt(root: HTMLElement, x: number, y: number, spotOf: (id: string) => Spot | null): Gap | null {
  const row = document.elementFromPoint(x, y)?.closest<HTMLElement>('tr');
  if (!row || !root.contains(row)) return null;
  return gapOf(row, y, spotOf);
}

export function gapOf(row: HTMLElement, y: number, spotOf: (id: string) => Spot | null): Gap | null {
  const { top, bottom } = row.getBoundingClientRect();
  const id = row.dataset['row'];
  if (id === undefined) {
    const heading = row.closest(`tr`)?.querySelector(`[${SECTION}]`) ?? headingBefore(row);
    return heading ? { spot: { section: heading.getAttribute(SECTION) || null, afterId: null }, y: bottom } : null;
  }
  const spot = spotOf(id);
  if (!spot) return null;
  return y < (top + bottom) / 2 ? { spot, y: top } : { spot: { section: spot.section, afterId: id }, y: bottom };
}

function headingBefore(row: Element): Element | null {
  for (let before = row.previousElementSibling; before; before = before.previousElementSibling) {
    const heading = before.querySelector(`[${SECTION}]`);
    if (heading) return heading;
    if (before.hasAttribute('data-row')) return null;
  }
  return null;
}
