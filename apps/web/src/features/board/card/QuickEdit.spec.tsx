import type { MockLink } from '@apollo/client/testing';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildTicket } from '../../../../test/build-ticket.ts';
import { openBoard } from '../../../../test/open-board.tsx';
import { TicketHistoryDocument } from '../../activity/activity.generated.ts';
import { ProjectPeopleDocument, TicketDocument, UpdateTicketDocument } from '../../ticket/ticket.generated.ts';
import type { Ticket } from '../../ticket/useTicket.ts';

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

describe('what is edited on a card', () => {
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

  it('sets the priority by P and a number, and shows it on the card', async () => {
    const server = ticketServer();
    const { user } = await openBoard({ mocks: server.mocks });
    act(() => screen.getByRole('link', { name: /NLP-1 / }).focus());
    await user.keyboard('p');
    await screen.findByRole('combobox', { name: 'Priority' });
    await user.keyboard('1');
    await waitFor(() => expect(server.ticket().priority).toBe('URGENT'));
    expect(await screen.findByRole('img', { name: 'Priority: Urgent' })).toBeTruthy();
  });

  it('shows on the card when it is due, in words where that has passed', async () => {
    const server = ticketServer();
    const { user } = await openBoard({ mocks: server.mocks });
    fireEvent.contextMenu(screen.getByRole('link', { name: /NLP-1 / }));
    await user.click(await screen.findByRole('menuitem', { name: 'Due date…' }));
    const field = await screen.findByLabelText('Due date');
    fireEvent.change(field, { target: { value: '2020-01-05' } });
    fireEvent.keyDown(field, { key: 'Enter' });
    await waitFor(() => expect(server.ticket().dueDate).toBe('2020-01-05'));
    expect((await screen.findByText('Overdue: Jan 5, 2020')).title).toBe('Overdue since Jan 5, 2020');
  });
});
