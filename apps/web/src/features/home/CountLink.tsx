import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type ReactNode } from 'react';
import { useFormat } from '../../i18n/useFormat.ts';

export interface Counted {
  count: number;
  list: 'TICKETS' | 'RUNS' | null;
  query: string | null;
}

/** A number that leads to the list of what it counts. @param projectKey the list is that of a project */
export function CountLink({ number, projectKey, children }: { number: Counted; projectKey?: string | undefined; children?: ReactNode }) {
  const format = useFormat();
  return (
    <QueryLink list={number.list} query={number.query} projectKey={projectKey}>
      {children ?? format.number(number.count)}
    </QueryLink>
  );
}

interface QueryLinkProps {
  list: Counted['list'];
  query: string | null;
  projectKey?: string | undefined;
  className?: string | undefined;
  children: ReactNode;
}

export function QueryLink({ list, query, projectKey, className, children }: QueryLinkProps) {
  const search = query === null || query === '' ? {} : { query };
  const shared = { search, className, children };
  if (list === null || query === null) return <Link to="/projects" className={className} children={children} />;
  if (projectKey !== undefined) {
    const params = { projectKey };
    return list === 'RUNS' ? (
      <Link to="/projects/$projectKey/runs" params={params} {...shared} />
    ) : (
      <Link to="/projects/$projectKey/tickets" params={params} {...shared} />
    );
  }
  return list === 'RUNS' ? <Link to="/runs" {...shared} /> : <Link to="/tickets" {...shared} />;
}

/** "All 12", "All 1,000 and more": to the list of which a few are shown. */
export function AllLink({ list, query, projectKey, total, isCapped }: Omit<QueryLinkProps, 'children'> & { total: number; isCapped: boolean }) {
  const { t } = useTranslation('home');
  const format = useFormat();
  return (
    <QueryLink list={list} query={query} projectKey={projectKey}>
      {t(isCapped ? 'allAndMore' : 'all', { count: total, shown: format.number(total) })}
    </QueryLink>
  );
}
