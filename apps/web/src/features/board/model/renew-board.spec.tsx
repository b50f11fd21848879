import type { MockLink } from '@apollo/client/testing';
import { jest } from '@jest/globals';
import { act, screen, waitFor } from '@testing-library/react';
import { buildBoard, type BuildColumn } from '../../../../test/build-ticket.ts';
import { openBoard, titles } from '../../../../test/open-board.tsx';
import { untold } from '../../../../test/untold.ts';
import { MoveTicketDocument } from '../../ticket/ticket.generated.ts';
import { OpenBoardDocument } from '../board.generated.ts';

/** A board that is not told what happened; `read` lets it be read again, with other columns, or none where it is gone. */
async function openUntold(columns: readonly BuildColumn[] | null, mocks: MockLink.MockedResponse[] = []) {
  const { news, read } = untold();
  const again = { request: { query: OpenBoardDocument, variables: () => true }, result: { data: { board: columns && buildBoard(columns) } }, maxUsageCount: 2 };
  return { ...(await openBoard({ news: [news], mocks: [again, ...mocks] })), read };
}

describe('an open board that is not told what happened', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('is read again in its place: the card that is carried, the focus and the field for a new ticket stay', async () => {
    const sent: object[] = [];
    const moving = {
      request: { query: MoveTicketDocument, variables: (move: object) => Boolean(sent.push(move)) },
      result: { data: { moveTicket: { __typename: 'Ticket', id: 'ticket-1', columnId: 'doing', rank: 'a0V', version: 2 } } },
    };
    const columns = [
      { id: 'todo', name: 'To do', titles: ['Clean the crawl', 'Measure the throughput', 'Write the data card'] },
      { id: 'doing', name: 'Doing', titles: ['Tune the schedule', 'Fix the tokenizer'] },
      { id: 'later', name: 'Later', titles: ['Compress'] },
    ];
    const { user, read } = await openUntold(columns, [moving]);
    await user.click(screen.getAllByRole('button', { name: 'New ticket' })[1] as HTMLElement);
    await user.keyboard('Half a title');
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('m{ArrowRight}');
    expect(titles('Doing')).toEqual(['Clean the crawl', 'Tune the schedule', 'Fix the tokenizer']);
    const card = document.activeElement;

    await read(() => expect(titles('Later')).toEqual(['Compress']));
    expect(titles('To do')).toEqual(['Measure the throughput', 'Write the data card']);
    expect(titles('Doing')).toEqual(['Clean the crawl', 'Tune the schedule', 'Fix the tokenizer']);
    expect(document.activeElement).toBe(card);
    expect(screen.getByDisplayValue('Half a title')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(sent).toEqual([{ id: 'ticket-1', columnId: 'doing', afterId: null }]));
  });

  it('is left where it is no more', async () => {
    const { read } = await openUntold(null);
    await read(() => expect(screen.queryByRole('region', { name: /To do/ })).toBeNull());
  });
});
