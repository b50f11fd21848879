import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { Delayed } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './Block.module.css';
import { useWorkNews } from '../activity/work-news.ts';

interface AskedProps<Data, Variables> {
  document: TypedDocumentNode<Data, Variables>;
  variables: Variables;
  /** Lines of what is waited for, so that nothing jumps when it comes. */
  lines: number;
  children: (data: Data) => ReactNode;
}

/** What a part of the page asks the server, on its own: it waits, fails and is renewed without the others. */
export function Asked<Data, Variables extends Record<string, unknown>>({ document, variables, lines, children }: AskedProps<Data, Variables>) {
  const asked = useQuery<Data, Variables>(document, { variables, fetchPolicy: 'cache-and-network' } as never);
  useWorkNews(() => asked.refetch());
  const data = (asked.data ?? asked.previousData) as Data | undefined;
  if (data !== undefined) return children(data);
  if (asked.error) return <ErrorNotice error={asked.error} onRetry={asked.refetch} />;
  return (
    <div className={classes.waiting} style={{ minBlockSize: lines * 36 }} aria-busy="true">
      <Delayed>
        {Array.from({ length: lines }, (_, i) => (
          <Skeleton key={i} height={16} my={10} width={`${90 - ((i * 17) % 40)}%`} />
        ))}
      </Delayed>
    </div>
  );
}
