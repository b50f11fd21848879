import { lazy, Suspense } from 'react';
import classes from '../TicketDetail.module.css';

const Markdown = lazy(() => import('./Markdown.tsx').then((module) => ({ default: module.Markdown })));

/** Markdown whose reader is fetched when first needed; until then the text as it is. */
export function LazyMarkdown({ text }: { text: string }) {
  return (
    <Suspense fallback={<p className={classes.plain}>{text}</p>}>
      <Markdown text={text} />
    </Suspense>
  );
}
