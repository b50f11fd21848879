import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { ranksBetween } from '@trainyard/domain';
import { openBoard } from '../../../../test/open-board.tsx';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { BoardLanesDocument, LaneWindowsDocument } from '../board.generated.ts';
import { inOrder } from './useLanes.ts';

const COLUMNS = ['todo', 'doing'];
const RANKS = ranksBetween(null, null, 3);
/** Titles by lane: those of no label have no card in progress. */
const CARDS: Record<string, Record<string, string[]>> = {
  'label-1': { todo: ['Clean the crawl'], doing: ['Fix the tokenizer'] },
  '': { todo: ['Measure throughput', 'Write the data card'], doing: [] },
};
const read: (string | null)[] = [];

const mocks: MockLink.MockedResponse[] = [
  {
    request: { query: BoardLanesDocument, variables: () => true },
    result: {
      data: {
        board: {
          __typename: 'Board',
          id: 'board-1',
          columns: COLUMNS.map((id) => ({ __typename: 'Column', id, tickets: { __typename: 'TicketWindow', all: id === 'todo' ? 3 : 1, seq: 7 } })),
          lanes: Object.entries(CARDS).map(([key, columns]) => ({
            __typename: 'Lane',
            key: key || null,
            seq: 7,
            columns: COLUMNS.map((columnId) => ({ __typename: 'LaneColumn', columnId, total: columns[columnId]?.length ?? 0 })),
          })),
        },
      },
    },
  },
  {
    request: { query: LaneWindowsDocument, variables: () => true },
    maxUsageCount: Number.POSITIVE_INFINITY,
    result: ({ lane }) => {
      read.push(lane as string | null);
      return {
        data: {
          board: {
            __typename: 'Board',
            id: 'board-1',
            columns: COLUMNS.map((id) => {
              const titles = CARDS[(lane as string | null) ?? '']?.[id] ?? [];
              const nodes = titles.map((title, i) => buildSentTicket({ id: `${title}`, key: 'NLP-9', title, rank: RANKS[i] ?? '' }));
              return {
                __typename: 'Column',
                id,
                tickets: { __typename: 'TicketWindow', offset: 0, total: titles.length, all: id === 'todo' ? 3 : 1, seq: 7, nodes },
              };
            }),
          },
        },
      };
    },
  },
];

const cell = (name: RegExp): HTMLElement => screen.getByRole('group', { name });
const titles = (name: RegExp): (string | null)[] =>
  within(cell(name))
    .queryAllByRole('link')
    .map((link) => link.textContent);

describe('a board in lanes', () => {
  it('is asked for by choice, in the text that the address keeps; each lane is read once, and folded when wanted', async () => {
    read.length = 0;
    const { user, onAsk } = await openBoard({ mocks });
    await user.click(await screen.findByRole('button', { name: 'Group by' }));
    await user.click(await screen.findByRole('menuitemradio', { name: 'Label' }));
    expect(onAsk).toHaveBeenCalledWith('group:label');
    await waitFor(() => expect(titles(/To do.*data/)).toEqual(['Clean the crawl']));
    expect([titles(/Doing.*data/), titles(/To do.*No label/), titles(/Doing.*No label/)]).toEqual([
      ['Fix the tokenizer'],
      ['Measure throughput', 'Write the data card'],
      [],
    ]);
    expect(read.toSorted()).toEqual(['label-1', null]);
    // nothing is filtered: no head says "of", and no line says how many match
    expect(screen.queryByText(/ of /)).toBeNull();
    const fold = screen.getByRole('button', { name: /^No label ?2$/ });
    await user.click(fold);
    expect(fold.getAttribute('aria-expanded')).toBe('false');
    expect(screen.queryByText('Measure throughput')).toBeNull();
    await user.click(fold);

    // J leads on into the lane below, an arrow beside in the lane
    await user.click(document.body);
    screen.getByRole('link', { name: /Clean the crawl/ }).focus();
    await user.keyboard('j');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Measure throughput'));
    await user.keyboard('k{ArrowRight}');
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Fix the tokenizer'));
  });

  it('has its lanes by name or in the order of stages, those of nothing last', () => {
    const named = (...names: (string | null)[]) => names.map((name) => ({ key: name, name: name ?? 'nobody' }));
    expect(inOrder('ASSIGNEE', named('Cy', null, 'ada', 'Bo')).map(({ key }) => key)).toEqual(['ada', 'Bo', 'Cy', null]);
    expect(inOrder('STAGE', named(null, 'TRAINING', 'DATA')).map(({ key }) => key)).toEqual(['DATA', 'TRAINING', null]);
  });
});
