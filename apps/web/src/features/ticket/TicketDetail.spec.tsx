import type { MockLink } from '@apollo/client/testing';
import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildTicket, buildTicketProject } from '../../../test/build-ticket.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { RunCardsDocument } from '../training/run-cards.generated.ts';
import { TicketRunsDocument } from '../training/runs.generated.ts';
import { ProjectEventsDocument } from '../../news.generated.ts';
import {
  ProjectPeopleDocument,
  AddCommentDocument,
  CreateTicketLabelDocument,
  TicketCommentsDocument,
  TicketDocument,
  TicketProjectDocument,
  UpdateTicketDocument,
} from './ticket.generated.ts';
import { TicketHistoryDocument } from '../activity/activity.generated.ts';
import { drafts } from '../shell/drafts/drafts.ts';
import { TicketDetail } from './TicketDetail.tsx';
import type { Ticket } from './useTicket.ts';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const silent = { ...always, delay: Number.POSITIVE_INFINITY };

interface Saved {
  version: number;
  input: Record<string, unknown>;
}

/** A server that holds one ticket: it refuses stale versions and keeps what it is told. */
function serverOf(first: Ticket) {
  const state = { ticket: first, saved: [] as Saved[], comments: [] as string[] };
  const comment = (i: number) => ({
    __typename: 'Comment',
    id: `comment-${i}`,
    ticketId: first.id,
    author: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' },
    body: state.comments[i],
    createdAt: '2026-11-22T05:00:00Z',
    editedAt: null,
    version: 1,
  });
  const comments = (from: number, to: number) => ({
    __typename: 'CommentConnection',
    totalCount: state.comments.length,
    nodes: [...state.comments.keys()].slice(from, to).map(comment),
    pageInfo: { __typename: 'PageInfo', endCursor: String(to), hasNextPage: to < state.comments.length },
  });
  const mocks: MockLink.MockedResponse[] = [
    { request: { query: TicketDocument, variables: () => true }, ...always, result: () => ({ data: { ticket: state.ticket } }) },
    { request: { query: TicketProjectDocument, variables: () => true }, ...always, result: { data: { project: buildTicketProject() } } },
    {
      request: { query: ProjectPeopleDocument, variables: () => true },
      ...always,
      result: {
        data: {
          project: {
            __typename: 'Project',
            id: 'project-1',
            people: [...buildTicketProject().people, { __typename: 'User', id: 'user-3', name: 'Who has just joined' }],
          },
        },
      },
    },
    {
      request: { query: TicketCommentsDocument, variables: () => true },
      ...always,
      result: ({ first: size, after }) => ({
        data: {
          ticket: {
            __typename: 'Ticket',
            id: first.id,
            commentCount: state.comments.length,
            comments: comments(Number(after ?? 0), Number(after ?? 0) + Number(size)),
          },
        },
      }),
    },
    {
      request: { query: AddCommentDocument, variables: () => true },
      ...always,
      result: ({ body }) => {
        state.comments.push(String(body));
        return { data: { addComment: comment(state.comments.length - 1) } };
      },
    },
    {
      request: { query: TicketHistoryDocument, variables: () => true },
      ...always,
      result: {
        data: {
          ticket: {
            __typename: 'Ticket',
            id: first.id,
            activity: {
              __typename: 'ActivityConnection',
              nodes: [
                {
                  __typename: 'Activity',
                  seq: 9,
                  entity: 'TICKET',
                  entityId: first.id,
                  action: 'UPDATED',
                  changes: { title: { from: 'Clean the crawl', to: 'Theirs' } },
                  names: {},
                  at: '2026-11-22T05:00:00Z',
                  actor: { __typename: 'Person', id: 'user-2', name: 'Bo Larsen' },
                },
                {
                  __typename: 'Activity',
                  seq: 8,
                  entity: 'TICKET',
                  entityId: first.id,
                  action: 'MOVED',
                  changes: { columnId: { from: 'gone', to: 'todo' }, rank: { from: 'a0', to: 'a1' } },
                  names: { gone: 'Backlog', todo: 'Soon' },
                  at: '2026-11-22T04:00:00Z',
                  actor: null,
                },
              ],
              pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false },
            },
          },
        },
      },
    },
    {
      request: { query: UpdateTicketDocument, variables: () => true },
      ...always,
      result: (variables) => {
        const { version, input } = variables as unknown as Saved;
        state.saved.push({ version, input });
        if (version !== state.ticket.version) return { errors: [new GraphQLError('stale', { extensions: { code: 'STALE_VERSION' } })] };
        state.ticket = { ...state.ticket, ...(input as Partial<Ticket>), version: version + 1 };
        return { data: { updateTicket: state.ticket } };
      },
    },
    {
      request: { query: CreateTicketLabelDocument, variables: () => true },
      result: { errors: [new GraphQLError('out of order', { extensions: { code: 'INTERNAL' } })] },
    },
    { request: { query: ProjectEventsDocument, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: RunCardsDocument, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: TicketRunsDocument, variables: () => true }, result: { data: {} }, ...silent },
  ];
  return { state, mocks };
}

async function openTicket(overrides: Partial<Ticket> = {}, viewer?: RenderOptions['viewer'], comments: readonly string[] = []) {
  const server = serverOf(buildTicket(overrides));
  server.state.comments.push(...comments);
  const rendered = await renderApp(<TicketDetail ticketKey="NLP-1" narrow onDeleted={() => undefined} />, { mocks: server.mocks, viewer });
  await screen.findByText('Clean the crawl');
  return { ...rendered, ...server };
}

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
      mocks: [{ request: { query: TicketDocument, variables: () => true }, ...always, result: { data: { ticket: null } } }, ...mocks.slice(1)],
    });
    expect(await screen.findByText('What you wrote and did not send')).toBeTruthy();
    expect(screen.getByText('Half a sentence')).toBeTruthy();
    expect(screen.getByText('Half a thought')).toBeTruthy();
    expect(screen.queryByText('of another ticket')).toBeNull();
    expect(screen.getAllByRole('button', { name: 'Copy' })).toHaveLength(2);
  });

  it('adds a comment and shows it', async () => {
    const { user, state } = await openTicket();
    await user.type(await screen.findByRole('textbox', { name: 'New comment' }), 'Looks right to me');
    await user.click(screen.getByRole('button', { name: 'Comment' }));
    expect(await screen.findByText('1 comment')).toBeTruthy();
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
    expect(state.comments).toEqual(['Looks right to me']);
  });

  it('shows what one wrote to who had read to the end, however much there is', async () => {
    const { user } = await openTicket(
      {},
      {},
      Array.from({ length: 51 }, (_, i) => `Comment ${i + 1}`),
    );
    await user.click(await screen.findByRole('button', { name: 'Show more' }));
    expect(await screen.findByText('Comment 51')).toBeTruthy();
    fireEvent.change(screen.getByRole('textbox', { name: 'New comment' }), { target: { value: 'Looks right to me' } });
    await user.click(screen.getByRole('button', { name: 'Comment' }));
    expect(await screen.findByText('Looks right to me')).toBeTruthy();
    expect(screen.getByText('Comment 1')).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('tells what happened in words, by the names of then', async () => {
    const { user } = await openTicket();
    await user.click(await screen.findByRole('button', { name: 'History' }));
    expect(await screen.findByText(/changed the title to “Theirs”/)).toBeTruthy();
    expect(screen.getByText(/moved this from Backlog to Soon/)).toBeTruthy();
    expect(screen.getByText('Trainyard')).toBeTruthy();
  });

  it('lets a viewer read and change nothing', async () => {
    await openTicket({}, { orgRole: 'VIEWER' });
    await screen.findByText('No comments yet');
    expect(screen.queryByRole('button', { name: 'Clean the crawl' })).toBeNull();
    expect(screen.getByRole('textbox', { name: 'Points' }).hasAttribute('disabled')).toBe(true);
    expect(screen.queryByRole('textbox', { name: 'New comment' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'More actions' })).toBeNull();
  });
});
