import { useCallback, useEffect, useRef } from 'react';
import { useLater } from './useLater.ts';
import { useToast } from './useToast.ts';

/** A part of a page that somebody opens (`useLater`). Where its code cannot come that is said, and the wish is taken back. */
export function useWanted<Part>(load: () => Promise<{ default: Part }>, wanted: boolean, takeBack: () => void): Part | null {
  const toast = useToast();
  const latest = useRef(takeBack);
  useEffect(() => {
    latest.current = takeBack;
  });
  const lost = useCallback((): void => {
    latest.current();
    toast.failed({ code: 'UNAVAILABLE' });
  }, [toast]);
  return useLater(load, wanted, lost);
}
