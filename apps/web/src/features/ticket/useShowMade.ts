import { useApolloClient } from '@apollo/client/react';
import { useEffect, useEffectEvent } from 'react';
import { timeZone } from '../lists/export-address.ts';
import type { ListAnswer } from '../lists/useList.ts';
import { setListOnScreen } from './new-ticket.ts';
import { TicketsDocument, type TicketRowFragment } from './tickets.generated.ts';

/** Shows in a list what is made while it is on the screen, where its query asks for it. */
export function useShowMade({ putOnTop }: ListAnswer<TicketRowFragment>, asked: { projectId: string | null; query: string } | null): void {
  const client = useApolloClient();
  const show = useEffectEvent(async (key: string): Promise<boolean> => {
    if (!asked) return false;
    const variables = { projectId: asked.projectId, query: `${asked.query} key:${key}`, timeZone: timeZone(), first: 1 };
    const { data } = await client.query({ query: TicketsDocument, variables, fetchPolicy: 'no-cache' });
    const [row] = data?.tickets.nodes ?? [];
    if (row) await putOnTop(row);
    return row !== undefined;
  });
  useEffect(() => setListOnScreen((key) => show(key)), []);
}
