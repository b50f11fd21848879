import { useNavigate } from '@tanstack/react-router';
import { useCallback } from 'react';

/** Changes a part of what the address says behind its question mark; undefined takes a word out of it. `replace`: it is no step of its own on the way back. */
export type SearchChange<Search> = (part: { [Name in keyof Search]?: Search[Name] | undefined }, replace?: boolean) => void;

/** Stays on the page, where it is scrolled to. */
export function useSearchChange<Search extends object>(): SearchChange<Search> {
  const navigate = useNavigate();
  return useCallback(
    // The router knows the words of one route each; a page that serves several cannot name it.
    (part, replace = false) => void navigate({ to: '.', search: (before: Search) => ({ ...before, ...part }), replace, resetScroll: false } as never),
    [navigate],
  );
}
