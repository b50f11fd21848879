import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { buildTicket } from '../../../test/build-ticket.ts';
import { renderApp } from '../../../test/render.tsx';
import { MakeTicketDocument } from './new-ticket.generated.ts';
import { TicketChildrenDocument } from './ticket.generated.ts';
import { TicketChildren } from './TicketChildren.tsx';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const child = (number: number, resolution: 'DONE' | 'CANCELLED' | null) => ({
  __typename: 'Ticket',
  id: `child-${number}`,
  key: `NLP-${number}`,
  type: 'STORY',
  title: `Part ${number}`,
  state: resolution === null ? 'OPEN' : 'DONE',
  resolution,
  priority: null,
  assignee: null,
});

/** A server that holds the children of an epic. */
function familyServer(...children: ReturnType<typeof child>[]) {
  const made: unknown[] = [];
  const mocks: MockLink.MockedResponse[] = [
    {
      request: { query: TicketChildrenDocument, variables: () => true },
      ...always,
      result: () => ({
        data: {
          ticket: {
            __typename: 'Ticket',
            id: 'ticket-1',
            progress: { __typename: 'FamilyProgressType', children: 2, done: 1, points: 8, pointsDone: 3, dropped: 1 },
            children: { __typename: 'TicketConnection', totalCount: children.length, nodes: [...children] },
          },
        },
      }),
    },
    {
      request: { query: MakeTicketDocument, variables: () => true },
      ...always,
      result: ({ input }) => {
        made.push(input);
        children.push({ ...child(9, null), title: (input as { title: string }).title });
        return { data: { createTicket: { __typename: 'Ticket', id: 'child-9', key: 'NLP-9' } } };
      },
    },
  ];
  return { mocks, made };
}
const show = (mocks: readonly MockLink.MockedResponse[], type: 'EPIC' | 'STORY' | 'SUBTASK', mayWrite = true) =>
  renderApp(<TicketChildren ticket={buildTicket({ type })} mayWrite={mayWrite} news={0} onRelatives={() => undefined} />, { mocks });

describe('the children of a ticket', () => {
  it('are listed with how far they are, those that were cancelled apart', async () => {
    await show(familyServer(child(2, 'DONE'), child(3, null), child(4, 'CANCELLED')).mocks, 'EPIC');
    expect(await screen.findByText('1 of 2 done · 3 of 8 points · 1 cancelled')).toBeTruthy();
    expect(screen.getByRole('progressbar', { name: 'Done by its children' }).getAttribute('aria-valuenow')).toBe('1');
    const rows = screen.getAllByRole('listitem');
    expect(rows.map((row) => within(row).getByRole('link').textContent)).toEqual(['NLP-2 Part 2', 'NLP-3 Part 3', 'NLP-4 Part 4']);
    expect(within(rows[2]!).getByText('Cancelled')).toBeTruthy();
  });

  it('are added by Enter, one after the other', async () => {
    const { mocks, made } = familyServer();
    const { user } = await show(mocks, 'STORY');
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Add a child…' });
    await user.type(field, '  Count the tokens {Enter}');
    expect(await screen.findByRole('link', { name: 'NLP-9 Count the tokens' })).toBeTruthy();
    expect(made).toEqual([expect.objectContaining({ projectId: 'project-1', parentId: 'ticket-1', type: 'SUBTASK', title: 'Count the tokens' })]);
    await waitFor(() => expect(field.value).toBe(''));
  });

  it('are nothing to see on a sub-task, nor where there are none and one may only look', async () => {
    const { container } = await show(familyServer().mocks, 'SUBTASK');
    expect(container.querySelector('section')).toBeNull();
    await show(familyServer().mocks, 'STORY', false);
    await waitFor(() => expect(screen.queryByText('Children')).toBeNull());
  });
});
