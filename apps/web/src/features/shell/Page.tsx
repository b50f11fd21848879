import type { ReactNode } from 'react';
import { Breadcrumb } from './Breadcrumb.tsx';
import classes from './Page.module.css';
import { PageTitle } from './PageTitle.tsx';

export interface PageProps {
  title: string;
  /** One line under the title. */
  lead?: ReactNode;
  /** The way up to it, for a page that lies below others. */
  trail?: readonly ReactNode[];
  actions?: ReactNode;
  /** `reading` for texts and forms: lines stay readable. Both begin at the same left edge. */
  frame?: 'wide' | 'reading';
  /** As high and wide as the window: what it holds scrolls within. On a small window the page scrolls as a whole. */
  fills?: boolean;
  children: ReactNode;
}

/** The frame of a page: heading, actions, content. */
export function Page({ title, lead, trail, actions, frame = 'wide', fills, children }: PageProps) {
  return (
    <div className={classes.page} data-frame={frame} data-fills={fills || undefined}>
      {trail && <Breadcrumb trail={trail} />}
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
