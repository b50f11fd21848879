import { screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildSentTicket } from '../../../../test/build-ticket.ts';
import { openBoard, titles } from '../../../../test/open-board.tsx';
import { CreateTicketDocument } from '../board.generated.ts';

describe('a new ticket at the foot of a column', () => {
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
});
