import type { ApolloClient } from '@apollo/client';
import { LANE_FIELDS, parse, TICKET_FIELDS } from '@trainyard/domain';
import { timeZone } from '../../lists/export-address.ts';
import { AskBoardDocument, OpenBoardDocument } from '../board.generated.ts';
import { listSearch } from '../../lists/list-search.ts';
import type { Asked } from './board-model.ts';
import { OVERSCAN, ROW } from './rows.ts';

/** The server weighs what a board brings; a page zoomed far out would ask for more than it gives. */
const MAX_FIRST_CARDS = 40;
/** Cards a column brings with the board: what this screen can show. The rest comes as it is scrolled to. */
export const firstCards = (): number => Math.min(Math.ceil(innerHeight / ROW) + OVERSCAN, MAX_FIRST_CARDS);
/** An answer older than this is not used: the page it was fetched for was never shown. */
const GOOD_FOR_MS = 10_000;

const inWords = (asked: Asked | null) => asked && { query: asked.query, timeZone: asked.timeZone };

const ask = (client: ApolloClient, id: string, asked: Asked | null) =>
  client.query({ query: OpenBoardDocument, variables: { id, limit: firstCards(), ...inWords(asked) }, fetchPolicy: 'no-cache' });

let early: { boardId: string; query: string; at: number; answer: ReturnType<typeof ask> } | null = null;

/** Asks for the board of this address while the code that shows it is still on its way. */
export function askEarly(client: ApolloClient, path: string, search: string): void {
  const boardId = /^\/projects\/[^/]+\/board\/([^/]+)\/?$/.exec(path)?.[1];
  if (!boardId) return;
  const query = queryIn(search);
  const asked = askedIn(query);
  if (asked?.by) return;
  const answer = ask(client, boardId, asked);
  early = { boardId, query, at: performance.now(), answer };
  answer.catch(() => (early = null));
}

/** The query in an address, as the router would find it. */
function queryIn(search: string): string {
  const text = new URLSearchParams(search).get('query') ?? '';
  try {
    return listSearch({ query: JSON.parse(text) as unknown }).query ?? '';
  } catch {
    return listSearch({ query: text }).query ?? '';
  }
}

/** What a board is asked by the text of a query: nothing by an empty one, and by one that is none. Order is the board's own. */
export function askedIn(query: string): Asked | null {
  const parsed = parse(query, TICKET_FIELDS);
  if (!parsed.ok) return null;
  const { conditions, words, group } = parsed.query;
  if (conditions.length + words.length === 0 && group === undefined) return null;
  const by = LANE_FIELDS.find((field) => field.toLowerCase() === group);
  return { query, timeZone: timeZone(), ...(by && { by }) };
}

/** The board with the first cards of its columns; what was asked for early is used once. */
export function queryBoard(client: ApolloClient, boardId: string, query: string): ReturnType<typeof ask> {
  const asked = early;
  early = null;
  const fits = asked?.boardId === boardId && asked.query === query && performance.now() - asked.at < GOOD_FOR_MS;
  return fits ? asked.answer : ask(client, boardId, askedIn(query));
}

const askOpen = (client: ApolloClient, id: string, asked: Asked | null) =>
  client.query({ query: AskBoardDocument, variables: { id, limit: firstCards(), ...inWords(asked) }, fetchPolicy: 'no-cache' });

let ahead: { boardId: string; query: string; at: number; answer: ReturnType<typeof askOpen> } | null = null;

/** Asks an open board while the address is still on its way to say so. */
export function askAhead(client: ApolloClient, boardId: string, text: string): void {
  const asked = askedIn(text);
  if (asked?.by) return;
  const answer = askOpen(client, boardId, asked);
  ahead = { boardId, query: asked?.query ?? '', at: performance.now(), answer };
  answer.catch(() => (ahead = null));
}

/** What an open board has of what is asked; what was asked ahead is used once, unless events up to `seq` have overtaken it. */
export async function queryAsked(client: ApolloClient, boardId: string, asked: Asked | null, seq: () => number): ReturnType<typeof askOpen> {
  const before = ahead;
  ahead = null;
  if (before?.boardId === boardId && before.query === (asked?.query ?? '') && performance.now() - before.at < GOOD_FOR_MS) {
    const answer = await before.answer.catch(() => null);
    if (answer?.data?.board?.columns.every(({ tickets }) => tickets.seq >= seq())) return answer;
  }
  return askOpen(client, boardId, asked);
}
