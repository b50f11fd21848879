import { Button } from '@mantine/core';
import { startTransition, useActionState, useEffect, useEffectEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from './error/ErrorNotice.tsx';
import classes from './ShowMore.module.css';

/** So far before it is seen: what comes is there when it is scrolled to. */
const AHEAD = '600px';

/**
 * Reads on in a list. What fails is said here, and what is shown stays.
 * @param label where it stands among other things: what comes; else it is more of the list
 * @param isAuto reads on as soon as it is about to be seen; what failed is tried again by hand
 */
export function ShowMore({ onMore, label, isAuto = false }: { onMore: () => Promise<unknown>; label?: string; isAuto?: boolean }) {
  const { t } = useTranslation('shell');
  const [error, more, loading] = useActionState(
    () =>
      onMore().then(
        () => null,
        (failure: unknown) => failure,
      ),
    null,
  );
  const again = (): void => startTransition(more);
  const root = useRef<HTMLDivElement>(null);
  const readOn = useEffectEvent(again);
  const isWaiting = isAuto && !loading && error === null;
  useEffect(() => {
    const element = root.current;
    if (!isWaiting || !element || typeof IntersectionObserver === 'undefined') return undefined;
    // the margin is that of what scrolls within the page, where browsers know of it; else it is read when it is seen
    const options: IntersectionObserverInit & { scrollMargin?: string } = { rootMargin: AHEAD, scrollMargin: AHEAD };
    const observer = new IntersectionObserver((entries) => entries.some(({ isIntersecting }) => isIntersecting) && readOn(), options);
    observer.observe(element);
    return () => observer.disconnect();
  }, [isWaiting]);
  return (
    <div ref={root} className={classes.root}>
      {error === null ? (
        <Button size="compact-sm" variant="default" loading={loading} onClick={again}>
          {label ?? t('more')}
        </Button>
      ) : (
        <ErrorNotice error={error} onRetry={again} />
      )}
    </div>
  );
}
