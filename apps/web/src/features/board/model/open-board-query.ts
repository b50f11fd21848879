import type { ApolloClient } from '@apollo/client';
import { OpenBoardDocument } from '../board.generated.ts';
import { OVERSCAN, ROW } from './rows.ts';

/** The server weighs what a board brings; a page zoomed far out would ask for more than it gives. */
const MAX_FIRST_CARDS = 40;
/** Cards a column brings with the board: what this screen can show. The rest comes as it is scrolled to. */
export const firstCards = (): number => Math.min(Math.ceil(innerHeight / ROW) + OVERSCAN, MAX_FIRST_CARDS);
/** An answer older than this is not used: the page it was fetched for was never shown. */
const GOOD_FOR_MS = 10_000;

const ask = (client: ApolloClient, id: string) => client.query({ query: OpenBoardDocument, variables: { id, limit: firstCards() }, fetchPolicy: 'no-cache' });

let early: { boardId: string; at: number; answer: ReturnType<typeof ask> } | null = null;

/** Asks for the board of this address while the code that shows it is still on its way. */
export function askEarly(client: ApolloClient, path: string): void {
  const boardId = /^\/projects\/[^/]+\/board\/([^/]+)\/?$/.exec(path)?.[1];
  if (!boardId) return;
  const answer = ask(client, boardId);
  early = { boardId, at: performance.now(), answer };
  answer.catch(() => (early = null));
}

/** The board with the first cards of its columns; what was asked for early is used once. */
export function queryBoard(client: ApolloClient, boardId: string): ReturnType<typeof ask> {
  const asked = early;
  early = null;
  return asked?.boardId === boardId && performance.now() - asked.at < GOOD_FOR_MS ? asked.answer : ask(client, boardId);
}
