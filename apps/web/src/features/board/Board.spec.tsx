import type { MockLink } from '@apollo/client/testing';
import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { column, openBoard, titles } from '../../../test/open-board.tsx';
import { MoveTicketDocument } from '../ticket/ticket.generated.ts';

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
    expect(within(column('Doing')).getByRole('img', { name: 'Takes 1 at most' })).toBeTruthy();
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
    expect(await screen.findByRole('dialog', { name: 'NLP-1 Column' })).toBeTruthy();
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
    await user.hover(await screen.findByRole('menuitem', { name: 'Move to' }));
    fireEvent.mouseEnter(await screen.findByRole('menuitem', { name: 'Doing' }));
    // not by the pointer: on its way it would leave the column's name and close the list
    fireEvent.click(await screen.findByRole('menuitem', { name: 'Bottom' }));
    await waitFor(() => expect(sent).toEqual([{ id: 'ticket-1', columnId: 'doing', afterId: 'ticket-5' }]));
    expect((await screen.findAllByText('NLP-1 moved to Doing')).length).toBeGreaterThan(0);
  });
});
