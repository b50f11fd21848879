import type { ReactNode } from 'react';

export interface RowLinkProps {
  /** A path of this app. */
  to: `/${string}`;
  title?: string | undefined;
  /** -1: another link of the row leads there for the keyboard. */
  tabIndex?: number;
  children: ReactNode;
}

/** A link in a row of a long table. The table follows it: a link of the router works out its address and listens for itself, in each of a thousand rows. */
export function RowLink({ to, title, tabIndex, children }: RowLinkProps) {
  return (
    <a href={to} title={title} tabIndex={tabIndex} data-row-link>
      {children}
    </a>
  );
}
