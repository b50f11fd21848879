import type { MockLink } from '@apollo/client/testing';
import { jest } from '@jest/globals';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildBoard, buildSentTicket, buildTicket, type BuildColumn } from '../../../test/build-ticket.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { RunCardsDocument } from '../training/run-cards.generated.ts';
import { CreateTicketDocument, OpenBoardDocument } from './board.generated.ts';
import { MoveTicketDocument, ProjectPeopleDocument, TicketDocument, UpdateTicketDocument } from '../ticket/ticket.generated.ts';
import { ProjectEventsDocument } from '../../news.generated.ts';
import { TicketHistoryDocument } from '../activity/activity.generated.ts';
import { Board } from './Board.tsx';
import type { Ticket } from '../ticket/useTicket.ts';
import { useBoard } from './model/useBoard.ts';

/** What jsdom lacks: a window of 800 pixels for every column, and the style that makes it scroll. */
function giveSizes(): void {
  document.head.innerHTML = '<style>.scroller, .columns { overflow-x: auto; overflow-y: auto; }</style>';
  for (const [name, size] of [
    ['clientHeight', 800],
    ['clientWidth', 280],
  ] as const) {
    Object.defineProperty(HTMLElement.prototype, name, { configurable: true, get: () => size });
  }
}

const COLUMNS: BuildColumn[] = [
  { id: 'todo', name: 'To do', titles: ['Clean the crawl', 'Measure throughput', 'Write the data card'] },
  { id: 'doing', name: 'Doing', titles: ['Tune the schedule', 'Fix the tokenizer'] },
];

/** The server's answers to opening the board, and streams that stay silent. */
function opening(columns: readonly BuildColumn[]): MockLink.MockedResponse[] {
  const silent = { delay: Number.POSITIVE_INFINITY, maxUsageCount: Number.POSITIVE_INFINITY };
  return [
    { request: { query: OpenBoardDocument, variables: () => true }, result: { data: { board: buildBoard(columns) } } },
    { request: { query: ProjectEventsDocument, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: RunCardsDocument, variables: () => true }, result: { data: {} }, ...silent },
  ];
}

type Move = { id: string; columnId: string; afterId: string | null };

function moving(sent: Move[], answer: (move: Move) => object): MockLink.MockedResponse {
  return {
    request: { query: MoveTicketDocument, variables: () => true },
    maxUsageCount: Number.POSITIVE_INFINITY,
    result: (variables) => {
      sent.push(variables as Move);
      return answer(variables as Move);
    },
  };
}
const agreed = ({ id, columnId }: Move): object => ({ data: { moveTicket: { __typename: 'Ticket', id, columnId, rank: 'a0V', version: 2 } } });

/** A server that holds the ticket of the first card, and refuses what is saved on an older version of it. */
function ticketServer() {
  let held: Ticket = buildTicket({ version: 1 });
  let read = 0;
  const always = { maxUsageCount: Number.POSITIVE_INFINITY };
  const mocks: MockLink.MockedResponse[] = [
    {
      request: { query: TicketDocument, variables: () => true },
      ...always,
      result: () => {
        read++;
        return { data: { ticket: held } };
      },
    },
    {
      request: { query: UpdateTicketDocument, variables: () => true },
      ...always,
      result: ({ version, input }) => {
        if (version !== held.version) return { errors: [new GraphQLError('stale', { extensions: { code: 'STALE_VERSION' } })] };
        held = { ...held, ...(input as Partial<Ticket>), version: held.version + 1 };
        return { data: { updateTicket: held } };
      },
    },
    { request: { query: TicketHistoryDocument, variables: () => true }, ...always, result: { data: { ticket: null } } },
  ];
  return {
    mocks,
    ticket: () => held,
    reads: () => read,
    /** What a colleague saves. */
    change: (fields: Partial<Ticket>): void => void (held = { ...held, ...fields, version: held.version + 1 }),
  };
}

function Harness({ onPeek, onOpenPage }: { onPeek: (key: string | undefined) => void; onOpenPage: (key: string) => void }) {
  const { board, reload } = useBoard('board-1');
  return board ? <Board board={board} reload={reload} peekKey={undefined} onPeek={onPeek} onOpenPage={onOpenPage} /> : null;
}

async function openBoard({
  columns = COLUMNS,
  mocks = [],
  viewer,
}: { columns?: readonly BuildColumn[]; mocks?: MockLink.MockedResponse[]; viewer?: RenderOptions['viewer'] } = {}) {
  const onPeek = jest.fn();
  const onOpenPage = jest.fn();
  const rendered = await renderApp(<Harness onPeek={onPeek} onOpenPage={onOpenPage} />, { mocks: [...opening(columns), ...mocks], viewer });
  await screen.findByRole('link', { name: /NLP-1 / });
  return { ...rendered, onPeek, onOpenPage };
}

const column = (name: string): HTMLElement => screen.getByRole('region', { name: new RegExp(name) });
const titles = (name: string): string[] =>
  within(column(name))
    .queryAllByRole('link')
    .map((link) => link.textContent ?? '');

beforeEach(giveSizes);

describe('Board', () => {
  it('shows columns with their cards, and how many there are', async () => {
    await openBoard();
    expect(titles('To do')).toEqual(['Clean the crawl', 'Measure throughput', 'Write the data card']);
    expect(within(column('Doing')).getByText('2')).toBeTruthy();
  });

  it('says in words that a column is over its limit, and that another takes no more', async () => {
    await openBoard({
      columns: [
        { id: 'todo', name: 'To do', titles: ['Clean the crawl', 'Measure throughput'], wipLimit: 1 },
        { id: 'doing', name: 'Doing', titles: ['Tune the schedule'], wipLimit: 1, wipPolicy: 'REFUSE' },
      ],
    });
    expect(within(column('To do')).getByText('2 / 1')).toBeTruthy();
    expect(within(column('To do')).getByText('over')).toBeTruthy();
    expect(within(column('Doing')).getByRole('img', { name: 'Takes no more than 1 cards' })).toBeTruthy();
  });

  it('moves a card by the keyboard: grabbed, carried, dropped, told to the server once', async () => {
    const sent: Move[] = [];
    const { user } = await openBoard({ mocks: [moving(sent, agreed)] });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('m{ArrowDown}{ArrowDown}');
    expect(titles('To do')).toEqual(['Measure throughput', 'Write the data card', 'Clean the crawl']);
    expect(screen.getByText('NLP-1: To do, 3 of 3')).toBeTruthy();
    expect(sent).toEqual([]);
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sent).toEqual([{ id: 'ticket-1', columnId: 'todo', afterId: 'ticket-3' }]));
    expect(document.activeElement?.textContent).toBe('Clean the crawl');
  });

  it('puts a carried card back with Esc', async () => {
    const sent: Move[] = [];
    const { user } = await openBoard({ mocks: [moving(sent, agreed)] });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('m{ArrowRight}');
    expect(titles('Doing')).toContain('Clean the crawl');
    await user.keyboard('{Escape}');
    expect(titles('To do')[0]).toBe('Clean the crawl');
    expect(sent).toEqual([]);
  });

  it('puts a card back that the server refuses, says why and keeps the focus on it', async () => {
    const sent: Move[] = [];
    const refusal = () => ({
      errors: [new GraphQLError('full', { extensions: { code: 'WIP_LIMIT_REACHED', params: { limit: 2, count: 2, column: 'Doing' } } })],
    });
    const { user } = await openBoard({ mocks: [moving(sent, refusal)] });
    act(() => screen.getByRole('link', { name: /NLP-2 / }).focus());
    await user.keyboard('m{ArrowRight}{Enter}');
    await waitFor(() => expect(titles('To do')).toEqual(['Clean the crawl', 'Measure throughput', 'Write the data card']));
    expect(sent).toHaveLength(1);
    expect((await screen.findAllByText(/Doing/)).length).toBeGreaterThan(1);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Measure throughput'));
  });

  it('walks with J, K and arrows; Space shows beside, Enter opens', async () => {
    const { user, onPeek, onOpenPage } = await openBoard();
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('jj{ArrowRight} ');
    expect(onPeek).toHaveBeenCalledWith('NLP-5');
    await user.keyboard('k{Enter}');
    expect(onOpenPage).toHaveBeenCalledWith('NLP-4');
  });

  it('loses no key that comes before the card that was walked to is drawn', async () => {
    const { onPeek, onOpenPage } = await openBoard();
    const first = screen.getByRole('link', { name: /NLP-1 / });
    act(() => first.focus());
    // within one task React draws nothing: the keys of a fast hand, or of a slow machine
    const press = (...keys: string[]): void =>
      act(() => keys.forEach((key) => void first.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))));
    press('End', ' ');
    await waitFor(() => expect(onPeek.mock.calls).toEqual([['NLP-3']]));
    press('ArrowRight', 'Enter');
    expect(onOpenPage.mock.calls).toEqual([['NLP-5']]);
    press('ArrowLeft', 'Home', 's');
    expect(await screen.findByRole('menuitem', { name: 'Doing' })).toBeTruthy();
  });

  it('takes no shortcut from a Chinese word being composed', async () => {
    const { onPeek } = await openBoard();
    const link = screen.getByRole('link', { name: /NLP-1 / });
    act(() => link.focus());
    act(() => void link.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true, isComposing: true })));
    expect(onPeek).not.toHaveBeenCalled();
  });

  it.each([
    ['Cyrillic letters, by their place', 'о', 'KeyJ', 'л', 'KeyK'],
    ['Dvorak letters, by what is written', 'j', 'KeyC', 'k', 'KeyV'],
  ])('takes shortcuts from %s', async (_layout, down, downCode, up, upCode) => {
    await openBoard();
    const press = (key: string, code: string): boolean => fireEvent.keyDown(document.activeElement ?? document.body, { key, code });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    press(down, downCode);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Measure throughput'));
    press(up, upCode);
    await waitFor(() => expect(document.activeElement?.textContent).toBe('Clean the crawl'));
    // on Dvorak the place of J holds H and the place of C holds J: neither opens the field of a new ticket
    expect(screen.queryByRole('textbox', { name: /Title of a new ticket/ })).toBeNull();
  });

  it('keeps a title that was begun at the foot of a column, and says so there', async () => {
    const { user, unmount } = await openBoard();
    await user.keyboard('c');
    await user.keyboard('Ask for two nodes{Escape}');
    expect(screen.getByRole('button', { name: 'Continue: Ask for two nodes' })).toBeTruthy();
    unmount();
    const { user: again } = await openBoard();
    await again.click(screen.getByRole('button', { name: 'Continue: Ask for two nodes' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: /Title of a new ticket/ });
    expect(field.value).toBe('Ask for two nodes');
    await again.click(screen.getByRole('button', { name: 'Discard' }));
    expect(field.value).toBe('');
    await again.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(field.value).toBe('Ask for two nodes'));
  });

  it('creates tickets at the foot of a column and keeps the field open', async () => {
    const created = buildSentTicket({ id: 'ticket-9', key: 'NLP-9', rank: 'a9', title: 'Ask for two nodes' });
    const { user } = await openBoard({
      mocks: [
        {
          request: { query: CreateTicketDocument, variables: { input: { columnId: 'todo', title: 'Ask for two nodes', type: 'TASK' } } },
          result: { data: { createTicket: { ...created, columnId: 'todo' } } },
        },
      ],
    });
    await user.keyboard('c');
    const field = await screen.findByRole('textbox', { name: 'Title of a new ticket in To do' });
    await user.type(field, 'Ask for two nodes{Enter}');
    await screen.findByRole('link', { name: /NLP-9 Ask for two nodes/ });
    expect(titles('To do').at(-1)).toBe('Ask for two nodes');
    expect((field as HTMLTextAreaElement).value).toBe('');
    expect(document.activeElement).toBe(field);
  });

  it('keeps the field of a ticket that is on its way, though it was left, and gives back what is refused', async () => {
    const { user } = await openBoard({
      mocks: [
        {
          request: { query: CreateTicketDocument, variables: () => true },
          result: { errors: [new GraphQLError('refused', { extensions: { code: 'FORBIDDEN' } })] },
          delay: 50,
        },
      ],
    });
    await user.keyboard('c');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Title of a new ticket in To do' });
    await user.type(field, 'Ask for two nodes{Enter}{Escape}');
    expect((await screen.findByRole('alert')).textContent).toContain('Your role does not allow this');
    expect(field.value).toBe('Ask for two nodes');
    await user.type(field, '{Escape}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Title of a new ticket in To do' })).toBeNull());
  });

  it('says how much of a pasted title is too long, and creates nothing until it fits', async () => {
    const { user } = await openBoard();
    await user.keyboard('c');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Title of a new ticket in To do' });
    await user.paste('x'.repeat(251));
    await user.keyboard('{Enter}');
    expect((await screen.findByRole('alert')).textContent).toBe('250 characters at most: 1 too many');
    expect(field.value).toHaveLength(251);
    await user.keyboard('{Backspace}');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('keeps the field of points open, with the reason, while what it holds is no estimate; what is typed next replaces that', async () => {
    const { user } = await openBoard();
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('e');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Points' });
    await user.type(field, '-1');
    await user.click(document.body);
    expect(await screen.findByText('From 0 to 1000, in halves')).toBeTruthy();
    expect(field.value).toBe('-1');
    act(() => field.focus());
    await user.keyboard('3');
    expect(field.value).toBe('3');
    await user.keyboard('{Escape}');
    await waitFor(() => expect(screen.queryByRole('textbox', { name: 'Points' })).toBeNull());
  });

  it('keeps points that could not be saved in their field', async () => {
    const { user } = await openBoard({
      mocks: [
        {
          request: { query: TicketDocument, variables: () => true },
          maxUsageCount: 2,
          result: { errors: [new GraphQLError('out of order', { extensions: { code: 'INTERNAL' } })] },
        },
      ],
    });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('e');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Points' });
    await user.type(field, '5.5{Enter}');
    expect(await screen.findByText(/Something went wrong/)).toBeTruthy();
    expect(field.value).toBe('5.5');
    expect(document.contains(field)).toBe(true);
  });

  it('puts a label on top of one that a colleague put there while the editor was open', async () => {
    const server = ticketServer();
    const { user } = await openBoard({ mocks: server.mocks });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('l');
    const choice = await screen.findByRole('option', { name: 'data' });
    await waitFor(() => expect(server.reads()).toBe(1));
    server.change({ labelIds: ['label-2'] });
    fireEvent.click(choice);
    await waitFor(() => expect(server.ticket().labelIds).toEqual(['label-2', 'label-1']));
  });

  it('does not save points over those of a colleague unseen: both are shown, and one more Enter replaces them', async () => {
    const server = ticketServer();
    const { user } = await openBoard({ mocks: server.mocks });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('e');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Points' });
    await waitFor(() => expect(server.reads()).toBe(1));
    server.change({ points: 8 });
    await user.type(field, '5{Enter}');
    expect((await screen.findByRole('alert')).textContent).toContain('8');
    expect(field.value).toBe('5');
    expect(server.ticket().points).toBe(8);
    await user.type(field, '{Enter}');
    await waitFor(() => expect(server.ticket().points).toBe(5));
  });

  it('asks who may be given a ticket when somebody is about to choose, and says when there is no answer', async () => {
    const people = [{ __typename: 'User' as const, id: 'user-2', name: 'Bo Larsen' }];
    const asking = { query: ProjectPeopleDocument, variables: { id: 'project-1' } };
    const { user } = await openBoard({
      mocks: [
        { request: asking, result: { errors: [new GraphQLError('out of reach', { extensions: { code: 'INTERNAL' } })] } },
        { request: asking, result: { data: { project: { __typename: 'Project', id: 'project-1', people } } } },
      ],
    });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('a');
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByRole('option', { name: 'Bo Larsen' })).toBeTruthy();
  });

  it('keeps the text and says why when a ticket is refused', async () => {
    const { user } = await openBoard({
      mocks: [
        {
          request: { query: CreateTicketDocument, variables: () => true },
          result: { errors: [new GraphQLError('full', { extensions: { code: 'WIP_LIMIT_REACHED', params: { limit: 3, count: 3, column: 'To do' } } })] },
        },
      ],
    });
    await user.keyboard('c');
    const field = await screen.findByRole('textbox', { name: 'Title of a new ticket in To do' });
    await user.type(field, 'One too many{Enter}');
    expect((await screen.findByRole('alert')).textContent).toMatch(/To do/);
    expect((field as HTMLTextAreaElement).value).toBe('One too many');
  });

  it('gives a refused title back to who has typed on meanwhile', async () => {
    const refusal = { errors: [new GraphQLError('full', { extensions: { code: 'WIP_LIMIT_REACHED', params: { limit: 3, count: 3, column: 'To do' } } })] };
    const { user } = await openBoard({ mocks: [{ request: { query: CreateTicketDocument, variables: () => true }, delay: 300, result: refusal }] });
    await user.keyboard('c');
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Title of a new ticket in To do' });
    await user.type(field, 'First{Enter}Second');
    expect(field.value).toBe('Second');
    expect((await screen.findByRole('alert')).textContent).toMatch(/To do/);
    expect(field.value).toBe('First\nSecond');
  });

  it('offers a viewer nothing that changes the board, and says so', async () => {
    const { user } = await openBoard({ viewer: { orgRole: 'VIEWER' } });
    expect(screen.getByText('You can look, not change')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'New ticket' })).toBeNull();
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('m{ArrowDown}{Enter}');
    expect(titles('To do')[0]).toBe('Clean the crawl');
    await user.click(screen.getByRole('button', { name: 'Actions for NLP-1' }));
    expect(screen.queryByText('Move to')).toBeNull();
  });

  it('moves a card from its menu to the end of another column', async () => {
    const sent: Move[] = [];
    const { user } = await openBoard({ mocks: [moving(sent, agreed)] });
    await user.click(screen.getByRole('button', { name: 'Actions for NLP-1' }));
    await user.hover(await screen.findByRole('menuitem', { name: 'Doing' }));
    // not by the pointer: on its way it would leave the column's name and close the list
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Bottom' }));
    await waitFor(() => expect(sent).toEqual([{ id: 'ticket-1', columnId: 'doing', afterId: 'ticket-5' }]));
    expect((await screen.findAllByText('NLP-1 moved to Doing')).length).toBeGreaterThan(0);
  });
});
