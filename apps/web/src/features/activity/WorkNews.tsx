import { useSubscription } from '@apollo/client/react';
import { useMemo, useRef, type ReactNode } from 'react';
import { WorkNewsDocument } from './activity.generated.ts';
import { WorkNewsContext, type WorkNews as News } from './work-news.ts';

/** Follows the news of work for all that lies within. They come again after a lost connection: what was missed is asked for then. */
export function WorkNews({ children }: { children: ReactNode }) {
  const listeners = useRef(new Set<() => void>());
  const isFirst = useRef(true);
  useSubscription(WorkNewsDocument, {
    ignoreResults: true,
    fetchPolicy: 'no-cache',
    onData() {
      // the first one says no more than what is just being read
      if (!isFirst.current) for (const woken of listeners.current) woken();
      isFirst.current = false;
    },
  });
  const news = useMemo<News>(
    () => ({
      listen(woken) {
        listeners.current.add(woken);
        return () => listeners.current.delete(woken);
      },
    }),
    [],
  );
  return <WorkNewsContext value={news}>{children}</WorkNewsContext>;
}
