import { screen, waitFor, within } from '@testing-library/react';
import { openTicket } from '../../../test/open-ticket.tsx';

const state = (): HTMLInputElement => screen.getByRole('combobox', { name: 'State' });
const undo = async (said: string): Promise<HTMLElement> => {
  const notice = await screen.findByText(said);
  return within(notice.closest('[role="alert"]') as HTMLElement).getByRole('button', { name: 'Undo' });
};

describe('how far a ticket is', () => {
  it('is chosen in one word, and taken back', async () => {
    const { user, state: server } = await openTicket({ boardId: null, columnId: null, rank: null });
    expect(state().value).toBe('Open');
    await user.click(state());
    await user.click(await screen.findByRole('option', { name: 'Cancelled' }));
    await waitFor(() => expect(state().value).toBe('Cancelled'));
    expect(server.placed).toEqual([{ setTicketState: { state: 'DONE', resolution: 'CANCELLED' } }]);
    await user.click(await undo('NLP-1 is cancelled'));
    await waitFor(() => expect(state().value).toBe('Open'));
    expect(server.placed.at(-1)).toEqual({ setTicketState: { state: 'OPEN', resolution: null } });
  });

  it('is taken back to what it was last, though the notice of before still stands', async () => {
    const { user, state: server } = await openTicket({ boardId: null, columnId: null, rank: null });
    for (const word of ['Cancelled', 'Duplicate']) {
      await user.click(state());
      await user.click(await screen.findByRole('option', { name: word }));
      await waitFor(() => expect(state().value).toBe(word));
    }
    await user.click(await undo('NLP-1 is a duplicate'));
    await waitFor(() => expect(state().value).toBe('Cancelled'));
    expect(server.placed.at(-1)).toEqual({ setTicketState: { state: 'DONE', resolution: 'CANCELLED' } });
    await waitFor(() => expect(screen.queryByText('NLP-1 is a duplicate')).toBeNull());
    expect(screen.queryByText('NLP-1 is cancelled')).toBeNull();
  });

  it('is nothing that its board has no column for', async () => {
    const { user } = await openTicket();
    await user.click(state());
    const option = await screen.findByRole('option', { name: 'Duplicate: no such column' });
    expect(option.hasAttribute('data-combobox-disabled')).toBe(true);
    expect(screen.getByRole('option', { name: 'Open' }).hasAttribute('data-combobox-disabled')).toBe(false);
  });

  it('is nothing else while its board is archived, which the place of its column says', async () => {
    const { user } = await openTicket({ boardId: 'archived', columnId: 'old' });
    const column: HTMLInputElement = screen.getByRole('combobox', { name: 'Column' });
    expect([column.value, column.placeholder]).toEqual(['', 'On an archived board']);
    await user.click(state());
    const option = await screen.findByRole('option', { name: 'Done: its board is archived' });
    expect(option.hasAttribute('data-combobox-disabled')).toBe(true);
  });

  it('stays when the ticket leaves its board, which is taken back to where it lay', async () => {
    const { user, state: server } = await openTicket({ state: 'IN_PROGRESS' });
    const column: HTMLInputElement = screen.getByRole('combobox', { name: 'Column' });
    expect(column.value).toBe('To do');
    await user.click(column);
    await user.click(await screen.findByRole('option', { name: 'Backlog (on no board)' }));
    await waitFor(() => expect(column.value).toBe('Backlog (on no board)'));
    expect([server.placed, state().value]).toEqual([[{ takeOffBoard: {} }], 'In progress']);
    await user.click(await undo('NLP-1 is in the backlog'));
    await waitFor(() => expect(column.value).toBe('To do'));
    expect(server.placed[1]).toEqual({ moveTicket: { columnId: 'todo', afterId: null } });
  });

  it('can be read, not chosen, by who reads alone', async () => {
    await openTicket({ state: 'DONE', resolution: 'DUPLICATE' }, { orgRole: 'VIEWER' });
    const fact = (await screen.findByText('State')).parentElement;
    expect(fact?.textContent).toBe('StateDuplicate');
    expect(screen.queryByRole('combobox', { name: 'State' })).toBeNull();
  });
});
