import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import type { UserEvent } from '@testing-library/user-event';
import { ranksBetween } from '@trainyard/domain';
import { openBoard } from '../../../../test/open-board.tsx';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import type { SentTicketFragment } from '../../ticket/card.generated.ts';
import { BoardLanesDocument, BoardPeopleDocument, LaneWindowsDocument, MoveIntoLaneDocument } from '../board.generated.ts';
import { inOrder } from './useLanes.ts';

const COLUMNS = ['todo', 'doing'];
const RANKS = ranksBetween(null, null, 3);
const behindFirst = ranksBetween(RANKS[0]!, RANKS[1]!, 1)[0]!;
type Cards = Record<string, Record<string, string[]>>;
/** Titles by lane: those of no label have no card in progress. */
const CARDS: Cards = {
  'label-1': { todo: ['Clean the crawl'], doing: ['Fix the tokenizer'] },
  '': { todo: ['Measure throughput', 'Write the data card'], doing: [] },
};
const read: (string | null)[] = [];
const sent: Record<string, unknown>[] = [];
const isOf = (lane: string): Partial<SentTicketFragment> => (lane === 'label-1' || lane === 'label-2' ? { labelIds: [lane] } : {});

/** A server that answers a board in lanes, '' for the one of nothing. */
const inLanes = (cards: Cards): MockLink.MockedResponse[] => {
  const all = (columnId: string): number => Object.values(cards).reduce((sum, columns) => sum + (columns[columnId]?.length ?? 0), 0);
  return [
    {
      request: { query: BoardLanesDocument, variables: () => true },
      result: {
        data: {
          board: {
            __typename: 'Board',
            id: 'board-1',
            columns: COLUMNS.map((id) => ({ __typename: 'Column', id, tickets: { __typename: 'TicketWindow', all: all(id), seq: 7 } })),
            lanes: Object.entries(cards).map(([key, columns]) => ({
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
        const key = (lane as string | null) ?? '';
        return {
          data: {
            board: {
              __typename: 'Board',
              id: 'board-1',
              columns: COLUMNS.map((id) => {
                const titles = cards[key]?.[id] ?? [];
                const nodes = titles.map((title, i) => buildSentTicket({ id: `${title}`, key: 'NLP-9', title, rank: RANKS[i] ?? '', ...isOf(key) }));
                return {
                  __typename: 'Column',
                  id,
                  tickets: { __typename: 'TicketWindow', offset: 0, total: titles.length, all: all(id), seq: 7, nodes },
                };
              }),
            },
          },
        };
      },
    },
    {
      request: { query: MoveIntoLaneDocument, variables: () => true },
      result: (variables) => {
        sent.push(variables);
        const { id, columnId, into, rank } = variables as { id: string; columnId: string; into: { lane: string | null }; rank?: string };
        return { data: { moveTicket: { ...buildSentTicket({ id, title: id, ...isOf(into.lane ?? '') }), columnId, rank: rank ?? behindFirst } } };
      },
    },
  ];
};
/** Names of people are asked of the board, before its own answer that it has none. */
const peopleOf = (people: Record<string, string>): MockLink.MockedResponse => ({
  request: { query: BoardPeopleDocument, variables: () => true },
  maxUsageCount: Number.POSITIVE_INFINITY,
  result: {
    data: {
      board: {
        __typename: 'Board',
        id: 'board-1',
        lanes: Object.entries(people).map(([key, name]) => ({
          ...{ __typename: 'Lane', key, name, total: 1 },
          columns: COLUMNS.map((columnId) => ({ __typename: 'LaneColumn', columnId, points: 0 })),
        })),
      },
    },
  },
});

const cell = (name: RegExp): HTMLElement => screen.getByRole('group', { name });
const titles = (name: RegExp): (string | null)[] =>
  within(cell(name))
    .queryAllByRole('link')
    .map((link) => link.textContent);

const groupBy = async (user: UserEvent, name: string): Promise<void> => {
  await user.click(await screen.findByRole('button', { name: 'Group by' }));
  await user.click(await screen.findByRole('menuitemradio', { name }));
};
/** What lanes are called, from the top, with how many cards they have. */
const lanes = (): string[] =>
  [...document.querySelectorAll('[data-lane]')].map((lane) => within(lane as HTMLElement).getAllByRole('button')[0]?.textContent ?? '');

describe('a board in lanes', () => {
  it('is asked for by choice, in the text that the address keeps; each lane is read once, and folded when wanted', async () => {
    read.length = 0;
    const { user, onAsk } = await openBoard({ mocks: inLanes(CARDS) });
    await groupBy(user, 'Label');
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

  it('of people has each card with whoever does it, by name; of nobody stands last, and a lane without cards is there', async () => {
    const { user } = await openBoard({
      news: [peopleOf({ 'user-2': 'Wei Chen', 'user-3': 'Ann' })],
      mocks: inLanes({ '': { todo: ['Clean the crawl'] }, 'user-2': { doing: ['Fix the tokenizer'] }, 'user-3': {} }),
    });
    await groupBy(user, 'Assignee');
    await waitFor(() => expect(titles(/Doing.*Wei Chen/)).toEqual(['Fix the tokenizer']));
    await waitFor(() => expect(titles(/To do.*Unassigned/)).toEqual(['Clean the crawl']));
    expect([titles(/To do.*Wei Chen/), titles(/Doing.*Unassigned/), titles(/To do.*Ann/), titles(/Doing.*Ann/)]).toEqual([[], [], [], []]);
    expect(lanes().map((text) => text.replace(/^[A-Z]{1,2}(?=[A-Z])/, ''))).toEqual(['Ann0', 'Wei Chen1', expect.stringMatching(/^Unassigned ?1$/)]);
  });

  it('of stages has them as work goes through them', async () => {
    const { user } = await openBoard({
      mocks: inLanes({ TRAINING: { doing: ['Fix the tokenizer'] }, '': { todo: ['Write the data card'] }, DATA: { todo: ['Clean the crawl'] } }),
    });
    await groupBy(user, 'Stage');
    await waitFor(() => expect(titles(/To do.*Data/)).toEqual(['Clean the crawl']));
    await waitFor(() => expect(titles(/Doing.*Training/)).toEqual(['Fix the tokenizer']));
    expect(lanes()).toEqual([expect.stringMatching(/^Data/), expect.stringMatching(/^Training/), expect.stringMatching(/^No stage/)]);
  });

  it('lets a card be carried on into the lane below by keys: Escape leaves it, Enter gives it what that lane has in common', async () => {
    sent.length = 0;
    const { user } = await openBoard({ mocks: inLanes(CARDS) });
    await groupBy(user, 'Label');
    await waitFor(() => expect(titles(/To do.*No label/)).toEqual(['Measure throughput', 'Write the data card']));
    const card = (): HTMLElement => screen.getByRole('link', { name: /Clean the crawl/ });
    card().focus();
    await user.keyboard('m{ArrowDown}');
    await waitFor(() => expect(titles(/To do.*No label/)[0]).toBe('Clean the crawl'));
    expect(titles(/To do.*data/)).toEqual([]);
    await user.keyboard('{Escape}');
    await waitFor(() => expect(titles(/To do.*data/)).toEqual(['Clean the crawl']));
    expect(sent).toEqual([]);

    await waitFor(() => expect(document.activeElement).toBe(card()));
    await user.keyboard('m{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(sent).toHaveLength(1));
    expect(sent[0]).toMatchObject({ id: 'Clean the crawl', columnId: 'todo', into: { by: 'LABEL', lane: null, seen: ['label-1'] } });
    expect(titles(/To do.*No label/)).toEqual(['Measure throughput', 'Clean the crawl', 'Write the data card']);
    await waitFor(() => expect(document.activeElement).toBe(card()));
  });

  it('has its lanes by name or in the order of stages, those of nothing last', () => {
    const named = (...names: (string | null)[]) => names.map((name) => ({ key: name, name: name ?? 'nobody' }));
    expect(inOrder('ASSIGNEE', named('Cy', null, 'ada', 'Bo')).map(({ key }) => key)).toEqual(['ada', 'Bo', 'Cy', null]);
    expect(inOrder('STAGE', named(null, 'TRAINING', 'DATA')).map(({ key }) => key)).toEqual(['DATA', 'TRAINING', null]);
  });
});
