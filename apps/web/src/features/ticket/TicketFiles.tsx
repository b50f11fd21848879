import { useApolloClient, useQuery } from '@apollo/client/react';
import type { ProjectScope } from '@trainyard/domain';
import { useEffect, useEffectEvent, type RefObject } from 'react';
import { toldByQuery } from '../../apollo-failure.ts';
import { TOGETHER } from '../../apollo-together.ts';
import { Files } from '../subject/Files.tsx';
import { TicketAttachmentsDocument } from './ticket.generated.ts';

export interface TicketFilesProps {
  ticketId: string;
  /** A change of it means that there may be news. */
  news: number;
  scope: ProjectScope;
  /** Where files are dropped. */
  zone: RefObject<HTMLElement | null>;
}

/** The files attached to a ticket. */
export function TicketFiles({ ticketId, news, scope, zone }: TicketFilesProps) {
  const { data, error, refetch } = useQuery(TicketAttachmentsDocument, { variables: { id: ticketId }, fetchPolicy: 'cache-and-network', context: TOGETHER });
  const { cache } = useApolloClient();
  const again = (): void => toldByQuery(refetch());
  const onNews = useEffectEvent(again);
  useEffect(() => {
    if (news > 0) onNews();
  }, [news]);
  return (
    <Files
      subjectId={ticketId}
      address={`/attachments/ticket/${ticketId}`}
      attachments={data?.ticket?.attachments ?? null}
      error={error}
      scope={scope}
      zone={zone}
      onChanged={again}
      onAttached={(file) =>
        cache.updateQuery({ query: TicketAttachmentsDocument, variables: { id: ticketId } }, (known) => {
          const ticket = known?.ticket;
          // News of it may have come before its own answer.
          if (!ticket || ticket.attachments.some(({ id }) => id === file.id)) return known;
          return { ...known, ticket: { ...ticket, attachmentCount: ticket.attachmentCount + 1, attachments: [...ticket.attachments, file] } };
        })
      }
    />
  );
}
