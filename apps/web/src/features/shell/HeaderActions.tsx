import { createContext, use, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** The place in the header row of a project that its pages fill; null until it is drawn. */
export const HeaderSlotContext = createContext<HTMLElement | null>(null);

/** What a page puts into the header row of its project: the row itself is drawn once, and does not jump from page to page. */
export function HeaderActions({ children }: { children: ReactNode }) {
  const slot = use(HeaderSlotContext);
  return slot && createPortal(children, slot);
}
