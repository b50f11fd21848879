import { useApolloClient } from '@apollo/client/react';
import { useMemo } from 'react';
import { describeError } from '../shell/error/describe-error.ts';
import { changedLabels, type LabelChange } from './label-change.ts';
import { TicketDocument, UpdateTicketDocument, type UpdateTicketMutationVariables } from './ticket.generated.ts';
import { TicketHistoryDocument } from '../activity/activity.generated.ts';
import type { Ticket } from './useTicket.ts';

export type TicketInput = Omit<UpdateTicketMutationVariables['input'], 'labelIds'>;

/** Somebody else changed the same field meanwhile. */
export class FieldConflict extends Error {
  // as the api says it, so that it is told like any other refusal
  readonly code = 'STALE_VERSION';
  readonly params: { by: string };

  constructor(
    /** Who it was; empty when the log does not say. */
    readonly by: string,
    /** The ticket as it is now. */
    readonly fresh: Ticket,
  ) {
    super('The field was changed by somebody else');
    this.params = { by };
  }
}

function fieldOf(ticket: Ticket, field: keyof TicketInput): unknown {
  return field === 'assigneeId' ? (ticket.assignee?.id ?? null) : ticket[field];
}
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
/** How often labels are put on top of what others save at the same time. */
const TRIES = 4;

export interface TicketUpdates {
  /**
   * Saves fields of a ticket, as it stood in `base` when the person began. Changes of other fields by others do not stand in the
   * way; a change of the same field throws FieldConflict. Answers with the ticket as it is then.
   */
  update(base: Ticket, input: TicketInput): Promise<Ticket>;
  /** Puts labels on a ticket and takes others off; those that somebody else changed meanwhile stay as they left them. */
  changeLabels(base: Ticket, change: LabelChange): Promise<Ticket>;
  /** The ticket as the server has it now. */
  read(key: string): Promise<Ticket | null>;
}

export function useTicketUpdates(): TicketUpdates {
  const client = useApolloClient();
  return useMemo(() => {
    const send = async (base: Ticket, version: number, input: UpdateTicketMutationVariables['input']): Promise<Ticket> => {
      const { data } = await client.mutate({ mutation: UpdateTicketDocument, variables: { id: base.id, version, input } });
      return data?.updateTicket ?? base;
    };
    const read = async (key: string): Promise<Ticket | null> =>
      (await client.query({ query: TicketDocument, variables: { key }, fetchPolicy: 'network-only' })).data?.ticket ?? null;
    /** The ticket as it is now, where that is why it could not be saved. */
    const afresh = async (base: Ticket, error: unknown): Promise<Ticket> => {
      const fresh = describeError(error).code === 'STALE_VERSION' ? await read(base.key) : null;
      if (!fresh) throw error;
      return fresh;
    };
    return {
      read,
      async update(base, input) {
        try {
          return await send(base, base.version, input);
        } catch (error) {
          const fresh = await afresh(base, error);
          const fields = Object.keys(input) as (keyof TicketInput)[];
          if (fields.every((field) => same(fieldOf(fresh, field), fieldOf(base, field)))) return send(base, fresh.version, input);
          const history = await client.query({ query: TicketHistoryDocument, variables: { id: base.id, first: 20 }, fetchPolicy: 'network-only' });
          const steps = [...(history.data?.ticket?.activity.nodes ?? [])].sort((a, b) => b.seq - a.seq);
          const step = steps.find(({ changes }) => typeof changes === 'object' && changes !== null && fields.some((field) => field in changes));
          throw new FieldConflict(step?.actor?.name ?? '', fresh);
        }
      },
      async changeLabels(base, change) {
        let onTop = base;
        for (let tries = 1; ; tries++) {
          try {
            return await send(onTop, onTop.version, { labelIds: changedLabels(onTop.labelIds, change) });
          } catch (error) {
            if (tries === TRIES) throw error;
            onTop = await afresh(onTop, error);
          }
        }
      },
    };
  }, [client]);
}
