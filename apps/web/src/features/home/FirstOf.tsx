import type { ReactNode } from 'react';
import { AllLink } from './CountLink.tsx';
import classes from './Block.module.css';

interface FirstOfProps<Row> {
  list: 'TICKETS' | 'RUNS';
  /** What was asked for, and what all of it is asked for by. */
  query: string;
  projectKey?: string;
  found: { nodes: readonly Row[]; totalCount: number; totalCountIsCapped: boolean };
  /** So many stand here. */
  shown: number;
  /** What is said where there is none; null: nothing. */
  empty: string | null;
  children: (rows: readonly Row[]) => ReactNode;
}

/** The first of a list, and the way to all of it. */
export function FirstOf<Row>({ list, query, projectKey, found: { nodes, totalCount, totalCountIsCapped }, shown, empty, children }: FirstOfProps<Row>) {
  if (nodes.length === 0) return empty && <p className={classes.empty}>{empty}</p>;
  return (
    <>
      {children(nodes.slice(0, shown))}
      <p className={classes.foot}>
        <AllLink list={list} query={query} {...(projectKey !== undefined && { projectKey })} total={totalCount} isCapped={totalCountIsCapped} />
      </p>
    </>
  );
}
