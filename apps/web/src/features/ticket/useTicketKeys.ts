import { useEffect, type RefObject } from 'react';
import { isCovered, isTyping, keyOf } from '../shell/keys.ts';

/** The fields by the keys that change them on the board, too. */
const FIELDS: Readonly<Record<string, string>> = { a: 'assignee', l: 'label', e: 'points', p: 'priority', s: 'column' };

/** Takes the keyboard to a field of a ticket, and opens what it offers. False: it cannot be changed here. */
export function goToField(area: Element | null, field: string): boolean {
  const input = area?.querySelector<HTMLInputElement>(`[data-fact="${field}"] input:not([type="hidden"]):not(:disabled)`);
  if (!input) return false;
  input.focus();
  input.click();
  return true;
}

/** Within `area`, and anywhere on a page that is the ticket's alone: a key takes the keyboard to the field it changes. */
export function useTicketKeys(area: RefObject<HTMLElement | null>, isPage = false): void {
  useEffect(() => {
    const listen = (event: KeyboardEvent): void => {
      const element = area.current;
      if (!element || event.defaultPrevented || isTyping(event) || isCovered(event) || event.ctrlKey || event.metaKey || event.altKey) return;
      if (!isPage && !(event.target instanceof Node && element.contains(event.target))) return;
      const field = FIELDS[keyOf(event)];
      if (field && goToField(element, field)) event.preventDefault();
    };
    // before the board, whose cards have the same keys
    window.addEventListener('keydown', listen, { capture: true });
    return () => window.removeEventListener('keydown', listen, { capture: true });
  }, [area, isPage]);
}
