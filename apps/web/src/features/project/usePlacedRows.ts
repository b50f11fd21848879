import type { StoreObject } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useInTurn } from '../shell/useInTurn.ts';
import { useToast } from '../shell/useToast.ts';

interface Placed {
  id: string;
  version: number;
}
interface Place {
  /** What it stands behind; null: it is the first. */
  afterId: string | null | undefined;
}
interface Change<Input> {
  id: string;
  version: number;
  input: Input;
}

/**
 * Changes of rows that stand in an order, one behind the other: each is sent with the version that the row has by then, so that quick
 * clicks on an arrow are no conflict.
 */
export function usePlacedRows<Row extends Placed & StoreObject, Input>(
  rows: readonly Row[],
  fragment: TypedDocumentNode<Row>,
  change: (variables: Change<Input | Place>) => Promise<{ error?: unknown }>,
) {
  const client = useApolloClient();
  const toast = useToast();
  const inTurn = useInTurn();

  const latest = (row: Row): Placed => {
    const { id, version } = client.cache.readFragment({ fragment, from: row }) ?? row;
    return { id, version };
  };
  /** Answers what the server refused. */
  const send = (row: Row, input: Input | Place): Promise<unknown> => inTurn(async () => (await change({ ...latest(row), input })).error);
  const sendOrTell = async (row: Row, input: Input | Place): Promise<void> => {
    const refusal = await send(row, input);
    if (refusal) toast.failed(refusal);
  };
  const move = (row: Row, to: number): void => {
    const others = rows.filter((other) => other.id !== row.id);
    void sendOrTell(row, { afterId: to === 0 ? null : others[to - 1]?.id });
  };
  /** One place up and down, where there is one. */
  const arrows = (row: Row, index: number) => ({
    onUp: index > 0 ? () => move(row, index - 1) : undefined,
    onDown: index < rows.length - 1 ? () => move(row, index + 1) : undefined,
  });
  return { latest, send, sendOrTell, arrows };
}
