import type { ReactNode } from 'react';
import classes from './Page.module.css';
import { PageTitle } from './PageTitle.tsx';

export interface PageProps {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  /** What comes before the title, such as the way back. */
  above?: ReactNode;
  actions?: ReactNode;
  /** `narrow` for forms: lines stay readable. */
  width?: 'wide' | 'narrow';
  /** As high and wide as the window: what it holds scrolls within. On a small window the page scrolls as a whole. */
  fills?: boolean;
  children: ReactNode;
}

/** The frame of a page: heading, actions, content. */
export function Page({ title, lead, above, actions, width = 'wide', fills, children }: PageProps) {
  return (
    <div className={classes.page} data-width={width} data-fills={fills || undefined}>
      {above && <div className={classes.above}>{above}</div>}
      <header className={classes.header}>
        <div className={classes.heading}>
          <PageTitle title={title} />
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

/** A titled part of a page. */
export function Section({ title, lead, actions, children }: { title: string; lead?: ReactNode; actions?: ReactNode; children: ReactNode }) {
  return (
    <section className={classes.section}>
      <header className={classes.header}>
        <div className={classes.heading}>
          <h2 className={classes.sectionTitle}>{title}</h2>
          {lead && <p className={classes.lead}>{lead}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </header>
      {children}
    </section>
  );
}
