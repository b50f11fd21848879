import { screen, waitFor } from '@testing-library/react';
import { buildTicket } from '../../../test/build-ticket.ts';
import { openTicket, serverOf } from '../../../test/open-ticket.tsx';
import { renderApp } from '../../../test/render.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { TicketDocument } from './ticket.generated.ts';
import { TicketDetail } from './TicketDetail.tsx';

describe('what is written on a ticket and not sent', () => {
  it('keeps a description that is left with Esc, and opens it again without taking the focus', async () => {
    const { user, state, unmount } = await openTicket({ description: 'Before' });
    await user.click(await screen.findByRole('button', { name: 'Edit' }));
    await user.type(screen.getByRole('textbox', { name: 'Description' }), ' and after{Escape}');
    expect(screen.queryByRole('textbox', { name: 'Description' })).toBeNull();
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Edit' }));
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    expect(screen.getByText('Before and after')).toBeTruthy();
    expect(state.saved).toEqual([]);
    unmount();

    // another card, a reload, the next day: the field is open again with it, and takes the focus from nobody
    await openTicket({ description: 'Before' });
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'Description' });
    expect(field.value).toBe('Before and after');
    expect(document.activeElement).not.toBe(field);
  });

  it('says that a draft was written on a description that has changed since', async () => {
    drafts.open('user-1');
    drafts.write('ticket:NLP-1:description', 'Before and after', { version: 3, words: 'Before' });
    const { user: later, state: changed } = await openTicket({ description: 'By Bo', version: 4 });
    expect(await screen.findByText(/This was changed while you were writing/)).toBeTruthy();
    expect(screen.getByText('By Bo')).toBeTruthy();
    await later.click(screen.getByRole('button', { name: 'Save mine over it' }));
    await waitFor(() => expect(changed.ticket.description).toBe('Before and after'));
    await waitFor(() => expect(drafts.keys()).toEqual([]));
    expect(screen.queryByRole('textbox', { name: 'Description' })).toBeNull();
  });

  it('throws a description away with Cancel, and gives it back', async () => {
    const { user } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Add a description…' }));
    await user.type(screen.getByRole('textbox', { name: 'Description' }), 'Half a thought');
    await user.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(drafts.keys()).toEqual([]);
    await user.click(await screen.findByRole('button', { name: 'Undo' }));
    await user.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Description' }).value).toBe('Half a thought');
  });

  it('has a comment that was not sent when the ticket is opened again, and keeps one that is refused', async () => {
    const { user, unmount } = await openTicket();
    await user.type(await screen.findByRole('textbox', { name: 'New comment' }), 'Half a sentence');
    unmount();
    const { user: again, state } = await openTicket();
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'New comment' });
    expect(field.value).toBe('Half a sentence');
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    await again.click(screen.getByRole('button', { name: 'Comment' }));
    await waitFor(() => expect(state.comments).toEqual(['Half a sentence']));
    await waitFor(() => expect(drafts.keys()).toEqual([]));
    expect(field.value).toBe('');
    expect(screen.queryByText(/^Draft kept from/)).toBeNull();
  });

  it('keeps a title whose field was never left, and takes it back when Esc threw it away', async () => {
    const { user, state, unmount } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'Clean the crawl' }));
    await user.type(screen.getByRole('textbox', { name: 'Title' }), ' of May');
    unmount();
    const { user: again } = await openTicket();
    await again.click(await screen.findByRole('button', { name: 'Continue' }));
    expect(screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Title' }).value).toBe('Clean the crawl of May');
    await again.keyboard('{Escape}');
    expect(drafts.keys()).toEqual([]);
    await again.click(await screen.findByRole('button', { name: 'Undo' }));
    expect(await screen.findByText('Clean the crawl of May')).toBeTruthy();
    expect(state.saved).toEqual([]);
  });

  it('still has what was written about a ticket that is gone', async () => {
    drafts.open('user-1');
    drafts.write('ticket:NLP-1:comment', 'Half a sentence');
    drafts.write('ticket:NLP-1:description', 'Half a thought');
    drafts.write('ticket:NLP-10:comment', 'of another ticket');
    const { mocks } = serverOf(buildTicket());
    await renderApp(<TicketDetail ticketKey="NLP-1" narrow onDeleted={() => undefined} />, {
      mocks: [
        { request: { query: TicketDocument, variables: () => true }, maxUsageCount: Number.POSITIVE_INFINITY, result: { data: { ticket: null } } },
        ...mocks.slice(1),
      ],
    });
    expect(await screen.findByText('What you wrote and did not send')).toBeTruthy();
    expect(screen.getByText('Half a sentence')).toBeTruthy();
    expect(screen.getByText('Half a thought')).toBeTruthy();
    expect(screen.queryByText('of another ticket')).toBeNull();
    expect(screen.getAllByRole('button', { name: 'Copy' })).toHaveLength(2);
  });
});
