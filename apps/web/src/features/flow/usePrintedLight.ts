import { useEffect } from 'react';

const ATTRIBUTE = 'data-mantine-color-scheme';

/** On paper a dark page has light letters on white: while it is printed it is a light one. */
export function usePrintedLight(): void {
  useEffect(() => {
    const root = document.documentElement;
    let before: string | null = null;
    const prints = (): void => {
      before = root.getAttribute(ATTRIBUTE);
      root.setAttribute(ATTRIBUTE, 'light');
    };
    const ends = (): void => {
      if (before !== null) root.setAttribute(ATTRIBUTE, before);
      before = null;
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
