import { MockLink } from '@apollo/client/testing';
import { createClient } from '../../../apollo-cache.ts';
import { TYPE_POLICIES } from '../../../rooms.ts';
import { buildBoard } from '../../../../test/build-ticket.ts';
import { OpenBoardDocument } from '../board.generated.ts';
import { queryBoard } from './open-board-query.ts';

it.each([
  ['a phone', 600, 9],
  ['a page zoomed far out', 9_000, 40],
])('asks for the cards that %s can show, and for no more than the server gives', async (_, height, cards) => {
  window.innerHeight = height;
  const asked: unknown[] = [];
  const mock = { request: { query: OpenBoardDocument, variables: (given: object) => Boolean(asked.push(given)) }, result: { data: { board: buildBoard([]) } } };
  await queryBoard(createClient(new MockLink([mock], { defaultOptions: { delay: 0 } }), TYPE_POLICIES), 'board-1', '');
  expect(asked).toEqual([{ id: 'board-1', limit: cards }]);
});
