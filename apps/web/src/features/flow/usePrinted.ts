import { useEffect } from 'react';

const ATTRIBUTE = 'data-mantine-color-scheme';

/** On paper a dark page would have light letters on white, and nobody unfolds what is folded: while it is printed it is light, and says how it is counted. */
export function usePrinted(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    let folded: HTMLDetailsElement[] = [];
    const prints = (): void => {
      before = root.getAttribute(ATTRIBUTE);
      root.setAttribute(ATTRIBUTE, 'light');
      folded = [...document.querySelectorAll<HTMLDetailsElement>('main details:not([open])')];
      for (const each of folded) each.open = true;
    };
    const ends = (): void => {
      if (before !== null) root.setAttribute(ATTRIBUTE, before);
      before = null;
      for (const each of folded) each.open = false;
      folded = [];
    };
    window.addEventListener('beforeprint', prints);
    window.addEventListener('afterprint', ends);
    return () => {
      ends();
      window.removeEventListener('beforeprint', prints);
      window.removeEventListener('afterprint', ends);
    };
  }, []);
}
