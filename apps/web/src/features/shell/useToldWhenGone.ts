import { useEffect, useRef } from 'react';
import { useToast } from './useToast.ts';

/** Whether what is on the screen has been closed, for an answer that comes later. */
export function useGone(): () => boolean {
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => void (gone.current = true);
  }, []);
  return () => gone.current;
}

/** For a mutation of a dialog: a refusal that comes when it has been closed is told in the corner, where else it would be told to nobody. */
export function useToldWhenGone(): { onError: (error: unknown) => void } {
  const gone = useGone();
  const toast = useToast();
  return {
    onError: (error) => {
      if (gone()) toast.failed(error);
    },
  };
}
