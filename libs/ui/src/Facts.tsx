import type { ReactNode } from 'react';
import classes from './Facts.module.css';

export interface FactsProps {
  /** LINE: one after the other; LIST: names in a column of their own; TILES: each name over its fact. */
  layout: 'LINE' | 'LIST' | 'TILES';
  className?: string | undefined;
  children: ReactNode;
}

/** What is known of a thing: a name and a fact each. */
export function Facts({ layout, className, children }: FactsProps) {
  return (
    <dl className={[classes.root, className].filter(Boolean).join(' ')} data-layout={layout}>
      {children}
    </dl>
  );
}

export function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
