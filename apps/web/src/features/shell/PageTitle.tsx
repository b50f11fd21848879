import { createContext, use, useEffect, useRef, type RefObject } from 'react';
import { takeFocus } from './palette-state.ts';
import classes from './PageTitle.module.css';

/** What the page is a part of, such as a project: it stands in the title of the document. */
export const TitleContext = createContext<string | null>(null);

export interface PageTitleProps {
  title: string;
  /** For pages that show their name in another way: the title is then only heard. */
  hidden?: boolean;
}

/** The document's title, and a heading that takes the focus when the page changes: its ref goes to the `h1`. */
export function usePageHeading(title: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  const within = use(TitleContext);

  useEffect(() => {
    document.title = [title, within, 'Trainyard'].filter((part) => part !== null).join(' · ');
  }, [title, within]);

  useEffect(() => {
    // a form's first field may have taken the focus already; a link of the navigation must give it up, or nothing is read out
    const main = heading.current?.closest('main');
    const focused = document.activeElement;
    const taken = focused !== null && focused !== main && main?.contains(focused);
    if (!taken) takeFocus(heading.current);
  }, []);
  return heading;
}

/** The heading of a page: also the document's title, and what takes the focus when the page changes. */
export function PageTitle({ title, hidden }: PageTitleProps) {
  const heading = usePageHeading(title);
  return (
    <h1 ref={heading} tabIndex={-1} data-focus-target className={hidden ? classes.hidden : classes.title}>
      {title}
    </h1>
  );
}
