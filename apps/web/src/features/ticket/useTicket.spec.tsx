import { jest } from '@jest/globals';
import { screen } from '@testing-library/react';
import { openTicket } from '../../../test/open-ticket.tsx';
import { untold } from '../../../test/untold.ts';

describe('a ticket on the screen that is not told what happened', () => {
  afterEach(() => void jest.restoreAllMocks());

  it('is read again, with what was said of it, under a comment that is being written', async () => {
    const { news, read } = untold();
    const { user, state } = await openTicket({}, {}, [], [], [news]);
    const field = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'New comment' });
    await user.type(field, 'Half a sen');
    state.ticket = { ...state.ticket, title: 'Called otherwise', version: 4 };
    state.comments.push('By somebody else');
    await read(() => expect(screen.getByText('Called otherwise')).toBeTruthy());
    expect(await screen.findByText('By somebody else')).toBeTruthy();
    await user.keyboard('tence');
    expect([document.activeElement, field.value]).toEqual([field, 'Half a sentence']);
  });

  it('says that it was deleted, and is there when it came back', async () => {
    const { news, read } = untold();
    const { state } = await openTicket({}, {}, [], [], [{ ...news, maxUsageCount: Number.POSITIVE_INFINITY }]);
    const { ticket } = state;
    state.ticket = null as never;
    await read(() => expect(screen.getByText('NLP-1 was deleted')).toBeTruthy());
    expect(screen.getByRole('button', { name: 'Restore ticket' })).toBeTruthy();
    state.ticket = ticket;
    await read(() => expect(screen.queryByText('NLP-1 was deleted')).toBeNull());
    expect(await screen.findByText('Clean the crawl')).toBeTruthy();
  });
});
