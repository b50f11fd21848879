import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { openTicket } from '../../../test/open-ticket.tsx';
import { renderApp } from '../../../test/render.tsx';
import { TicketDocument } from './ticket.generated.ts';
import { TicketDetail } from './TicketDetail.tsx';

describe('TicketDetail', () => {
  it('saves a new title with Enter', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    const field = screen.getByRole('textbox', { name: 'Title' });
    await user.clear(field);
    await user.type(field, 'Clean the crawl of May{Enter}');
    expect(await screen.findByRole('button', { name: 'Clean the crawl of May' })).toBeTruthy();
    expect(state.saved).toEqual([{ version: 3, input: { title: 'Clean the crawl of May' } }]);
  });

  it('saves a title that is left for another field, and leaves the focus there', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), ' again');
    const points = screen.getByRole('textbox', { name: 'Points' });
    await user.click(points);
    expect(await screen.findByRole('button', { name: 'Clean the crawl again' })).toBeTruthy();
    expect(state.saved.map(({ input }) => input)).toEqual([{ title: 'Clean the crawl again' }]);
    expect(document.activeElement).toBe(points);
  });

  it('leaves the title as it was with Esc', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), ' and more{Escape}');
    expect(await screen.findByRole('button', { name: 'Clean the crawl' })).toBeTruthy();
    expect(state.saved).toEqual([]);
  });

  it('says who changed the same field meanwhile, keeps what was written, and saves it over theirs when told to', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    state.ticket = { ...state.ticket, title: 'Theirs', version: 4 };
    const field = screen.getByRole('textbox', { name: 'Title' });
    await user.clear(field);
    await user.type(field, 'Mine{Enter}');
    expect(await screen.findByText(/Bo Larsen changed this while you were writing/)).toBeTruthy();
    expect((screen.getByRole('textbox', { name: 'Title' }) as HTMLTextAreaElement).value).toBe('Mine');
    await user.click(screen.getByRole('button', { name: 'Save mine over it' }));
    expect(await screen.findByRole('button', { name: 'Mine' })).toBeTruthy();
    expect(state.ticket.version).toBe(5);
  });

  it('is not stopped by a change of another field', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    state.ticket = { ...state.ticket, points: 3, version: 4 };
    const field = screen.getByRole('textbox', { name: 'Title' });
    await user.clear(field);
    await user.type(field, 'Mine{Enter}');
    expect(await screen.findByRole('button', { name: 'Mine' })).toBeTruthy();
    expect(state.saved.map((one) => one.version)).toEqual([3, 4]);
    expect(state.ticket.points).toBe(3);
  });

  it('saves the description with Ctrl and Enter', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Add a description…' }));
    await user.type(screen.getByRole('textbox', { name: 'Description' }), 'Drop duplicates first.');
    await user.keyboard('{Control>}{Enter}{/Control}');
    await waitFor(() => expect(state.saved).toEqual([{ version: 3, input: { description: 'Drop duplicates first.' } }]));
    expect(await screen.findByText('Drop duplicates first.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Edit' })));
  });

  it('saves points when the field is left, in halves', async () => {
    const { user, state } = await openTicket();
    const field = await screen.findByRole('textbox', { name: 'Points' });
    await user.type(field, '2.5');
    act(() => field.blur());
    await waitFor(() => expect(state.saved).toEqual([{ version: 3, input: { points: 2.5 } }]));
  });

  it.each(['-3', '2.3', '5000', 'many'])('keeps %s as points in the field with the reason, and saves nothing', async (typed) => {
    const { user, state } = await openTicket({ points: 3 });
    const field = await screen.findByRole<HTMLInputElement>('textbox', { name: 'Points' });
    await user.clear(field);
    await user.type(field, typed);
    act(() => field.blur());
    expect(await screen.findByText('From 0 to 1000, in halves')).toBeTruthy();
    expect(field.value).toBe(typed);
    expect(state.saved).toEqual([]);
    await user.type(field, '{Escape}');
    expect(field.value).toBe('3');
    expect(screen.queryByText('From 0 to 1000, in halves')).toBeNull();
  });

  it('says how much of a title is too long, and keeps all of it until it fits', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Title' });
    await user.clear(field);
    await user.paste('x'.repeat(262));
    await user.keyboard('{Enter}');
    act(() => field.blur());
    expect(await screen.findByText('250 characters at most: 12 too many')).toBeTruthy();
    expect(field.value).toBe('x'.repeat(262));
    await user.type(field, '{Backspace>12/}{Enter}');
    await waitFor(() => expect(state.saved).toEqual([{ version: 3, input: { title: 'x'.repeat(250) } }]));
  });

  it('shows no label that is not one of the project any more, and sends none', async () => {
    const { user, state } = await openTicket({ labelIds: ['deleted-label'] });
    await user.click(await screen.findByRole('combobox', { name: 'Labels' }));
    expect(screen.queryByText('deleted-label')).toBeNull();
    await user.click(await screen.findByRole('option', { name: 'data' }));
    await waitFor(() => expect(state.saved).toEqual([{ version: 3, input: { labelIds: ['label-1'] } }]));
  });

  it('loses no label that is chosen while another is being saved', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('combobox', { name: 'Labels' }));
    const [data, bigData] = [await screen.findByRole('option', { name: 'data' }), screen.getByRole('option', { name: 'big data' })];
    fireEvent.click(data);
    fireEvent.click(bigData);
    await waitFor(() =>
      expect(state.saved).toEqual([
        { version: 3, input: { labelIds: ['label-1'] } },
        { version: 4, input: { labelIds: ['label-1', 'label-2'] } },
      ]),
    );
  });

  it('takes with Enter the label that is called as it was typed, before those that only hold it', async () => {
    const { user, state } = await openTicket();
    await user.type(await screen.findByRole('combobox', { name: 'Labels' }), 'Data{Enter}');
    await waitFor(() => expect(state.saved).toEqual([{ version: 3, input: { labelIds: ['label-1'] } }]));
  });

  it('keeps the name of a new label that could not be made, and says why', async () => {
    const { user } = await openTicket();
    const field = await screen.findByRole<HTMLInputElement>('combobox', { name: 'Labels' });
    await user.type(field, 'brand new');
    await user.click(await screen.findByRole('option', { name: /Create/ }));
    expect(await screen.findByText(/Something went wrong/)).toBeTruthy();
    expect(field.value).toBe('brand new');
  });

  it('gives the ticket to somebody who joined after the project was loaded', async () => {
    const { user, state } = await openTicket();
    await user.click(await screen.findByRole('combobox', { name: 'Assignee' }));
    await user.click(await screen.findByRole('option', { name: 'Who has just joined' }));
    await waitFor(() => expect(state.saved[0]?.input).toEqual({ assigneeId: 'user-3' }));
  });

  it('tells what happened in words, by the names of then', async () => {
    await openTicket();
    expect(await screen.findByText(/changed the title to “Theirs”/)).toBeTruthy();
    expect(screen.getByText(/moved this from Backlog to Soon/)).toBeTruthy();
    expect(screen.getByText('Trainyard')).toBeTruthy();
  });

  it('shows what was said and what happened in one stream, and keeps what of it one wants to see', async () => {
    const { user, unmount } = await openTicket({}, {}, ['Looks right to me']);
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
    await screen.findByText(/changed the title/);
    await user.click(screen.getByRole('radio', { name: 'Comments 1' }));
    expect(screen.queryByText(/changed the title/)).toBeNull();
    await user.click(screen.getByRole('radio', { name: 'History' }));
    expect(await screen.findByText(/changed the title/)).toBeTruthy();
    expect(screen.queryByText('Looks right to me')).toBeNull();
    expect(screen.getByRole('textbox', { name: 'New comment' })).toBeTruthy();
    unmount();
    await openTicket({}, {}, ['Looks right to me']);
    await screen.findByText(/changed the title/);
    expect(screen.getByRole<HTMLInputElement>('radio', { name: 'History' }).checked).toBe(true);
    await user.click(screen.getByRole('radio', { name: 'All' }));
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
  });

  it('lets a viewer read and change nothing', async () => {
    const { user } = await openTicket({}, { orgRole: 'VIEWER' });
    await screen.findByText('No comments yet');
    expect(screen.queryByRole('button', { name: 'Clean the crawl' })).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'Points' })).toBeNull();
    expect(screen.queryByRole('combobox')).toBeNull();
    expect(screen.queryByRole('textbox', { name: 'New comment' })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'More actions' }));
    expect((await screen.findAllByRole('menuitem')).map(({ textContent }) => textContent)).toEqual(['Copy link', 'Copy key']);
  });

  it('keeps its name and the way back when it does not come', async () => {
    await renderApp(<TicketDetail ticketKey="NLP-1" unknownTrail={<a href="/up">NLP</a>} onDeleted={() => undefined} />, {
      mocks: [{ request: { query: TicketDocument, variables: () => true }, error: new TypeError('Failed to fetch') }],
    });
    expect(await screen.findByRole('heading', { name: 'NLP-1', level: 1 })).toBeTruthy();
    expect(screen.getByRole('link', { name: 'NLP' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  it('says in short what it is, how far it came, and whose it was', async () => {
    await openTicket({ type: 'BUG', enteredAt: '2026-11-21T05:00:00Z', createdAt: '2026-11-20T05:00:00Z' });
    const chips = await screen.findByRole('list', { name: 'In short' });
    expect(
      within(chips)
        .getAllByRole('listitem')
        .map(({ textContent }) => textContent),
    ).toEqual(['Bug', expect.stringMatching(/\S/), expect.stringMatching(/^Moved to \S/), expect.stringMatching(/^Created /)]);
  });

  it.each([
    ['TASK', 1],
    ['STORY', 0],
  ] as const)('shows that there is no evidence where one looks for it (%s)', async (type, shown) => {
    await openTicket({ type });
    await screen.findByRole('textbox', { name: 'New comment' });
    await waitFor(() => expect(screen.queryAllByRole('heading', { name: 'Evidence' })).toHaveLength(shown));
  });

  it('gives the address of a comment to whoever may read it', async () => {
    const { user } = await openTicket({}, { orgRole: 'VIEWER' }, ['Looks right to me']);
    await user.click(await screen.findByRole('button', { name: 'Actions for the comment of Wei Chen' }));
    expect(screen.queryByRole('menuitem', { name: 'Delete' })).toBeNull();
    await user.click(await screen.findByRole('menuitem', { name: 'Copy link' }));
    expect(await navigator.clipboard.readText()).toMatch(/\/tickets\/NLP-1#comment-comment-0$/);
  });

  it('adds a comment and shows it', async () => {
    const { user, state } = await openTicket();
    await user.type(await screen.findByRole('textbox', { name: 'New comment' }), 'Looks right to me');
    await user.click(screen.getByRole('button', { name: 'Comment' }));
    expect(await screen.findByText('Comments 1')).toBeTruthy();
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
    expect(state.comments).toEqual(['Looks right to me']);
  });

  it('shows what one wrote to who had read to the end, however much there is', async () => {
    const { user } = await openTicket(
      {},
      {},
      Array.from({ length: 51 }, (_, i) => `Comment ${i + 1}`),
    );
    await user.click(await screen.findByRole('button', { name: 'Show later comments' }));
    expect(await screen.findByText('Comment 51')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'New comment' }), { target: { value: 'Looks right to me' } });
    await user.click(screen.getByRole('button', { name: 'Comment' }));
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
    expect(screen.getByText('Comment 1')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show later comments' })).toBeNull();
  });

  it('saves the fields of planning, each as it is left', async () => {
    const { user, state } = await openTicket();
    const hours = await screen.findByRole('textbox', { name: 'Device-hours' });
    await user.type(hours, '1e9{Enter}');
    expect(await screen.findByText('From 0 to 100,000, in quarters of an hour')).toBeTruthy();
    await user.clear(hours);
    await user.type(hours, '1,25{Enter}');
    await waitFor(() => expect(state.ticket.deviceHours).toBe(1.25));
    const due = screen.getByLabelText('Due date');
    fireEvent.change(due, { target: { value: '2020-01-05' } });
    fireEvent.blur(due);
    expect(await screen.findByText('Overdue: Jan 5, 2020')).toBeTruthy();
    expect(state.saved.map(({ input }) => input)).toEqual([{ deviceHours: 1.25 }, { dueDate: '2020-01-05' }]);
  });
});
