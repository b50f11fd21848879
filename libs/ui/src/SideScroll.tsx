import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import classes from './SideScroll.module.css';

export interface SideScrollProps {
  /** What it holds; heard, not seen. */
  label: string;
  /** Has a border of its own. */
  framed?: boolean;
  /** Higher than this, in px, it scrolls downwards too. */
  maxHeight?: number;
  /** Takes the height that its column has left, at most, and scrolls downwards within. */
  fills?: boolean;
  /** What scrolls. */
  scrollRef?: RefObject<HTMLDivElement | null> | undefined;
  children: ReactNode;
}

/** What is wider than the window scrolls sideways: a shadow at either edge says that there is more. A table marked `data-names` keeps its first column in sight. */
export function SideScroll({ label, framed, maxHeight, fills, scrollRef, children }: SideScrollProps) {
  const frame = useRef<HTMLDivElement>(null);
  const own = useRef<HTMLDivElement>(null);
  const scroller = scrollRef ?? own;

  // kept off React's state: a table of a hundred rows does not draw again for its shadow
  useEffect(() => {
    const [outer, inner] = [frame.current, scroller.current];
    if (!outer || !inner) return;
    let asked = 0;
    const look = (): void => {
      asked = 0;
      const hidden = inner.scrollWidth - inner.clientWidth;
      const left = Math.abs(inner.scrollLeft);
      outer.toggleAttribute('data-before', left > 1);
      outer.toggleAttribute('data-after', hidden - left > 1);
      // a stop for the keyboard only where there is something to scroll
      if (hidden > 1 || inner.scrollHeight - inner.clientHeight > 1) inner.tabIndex = 0;
      else inner.removeAttribute('tabindex');
    };
    // once a frame: to ask for sizes between two changes of the rows would lay them out twice
    const scrolled = (): void => {
      if (asked === 0) asked = requestAnimationFrame(look);
    };
    const observer = new ResizeObserver(look);
    observer.observe(inner);
    for (const child of inner.children) observer.observe(child);
    inner.addEventListener('scroll', scrolled, { passive: true });
    return () => {
      observer.disconnect();
      inner.removeEventListener('scroll', scrolled);
      cancelAnimationFrame(asked);
    };
  }, [scroller]);

  return (
    <div ref={frame} className={classes.frame} data-framed={framed || undefined} data-fills={fills || undefined}>
      <div ref={scroller} className={classes.scroll} style={{ maxBlockSize: maxHeight }} role="region" aria-label={label}>
        {children}
      </div>
    </div>
  );
}
