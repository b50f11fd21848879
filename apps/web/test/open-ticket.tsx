import type { MockLink } from '@apollo/client/testing';
import { screen } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { TicketHistoryDocument } from '../src/features/activity/activity.generated.ts';
import {
  OpenSprintsDocument,
  ProjectPeopleDocument,
  AddCommentDocument,
  TicketAttachmentsDocument,
  TicketChildrenDocument,
  TicketGatesDocument,
  TicketLinksDocument,
  CreateTicketLabelDocument,
  MoveTicketDocument,
  SetTicketStateDocument,
  TakeOffBoardDocument,
  TicketCommentsDocument,
  TicketDocument,
  TicketProjectDocument,
  UpdateTicketDocument,
} from '../src/features/ticket/ticket.generated.ts';
import { TicketDetail } from '../src/features/ticket/TicketDetail.tsx';
import type { Ticket } from '../src/features/ticket/useTicket.ts';
import { DeleteAttachmentDocument, RestoreAttachmentDocument, type AttachmentFactsFragment } from '../src/features/subject/subject.generated.ts';
import { RunCardsDocument } from '../src/features/training/run-cards.generated.ts';
import { TicketRunsDocument } from '../src/features/training/runs.generated.ts';
import { news as source } from '../src/news.ts';
import { buildTicket, buildTicketProject } from './build-ticket.ts';
import { renderApp, type RenderOptions } from './render.tsx';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const silent = { ...always, delay: Number.POSITIVE_INFINITY };

interface Saved {
  version: number;
  input: Record<string, unknown>;
}

/** A server that holds one ticket: it refuses stale versions and keeps what it is told. */
export function serverOf(first: Ticket) {
  const state = {
    ticket: first,
    saved: [] as Saved[],
    /** What was asked of where it lies and how far it is. */
    placed: [] as object[],
    comments: [] as string[],
    attachments: [] as AttachmentFactsFragment[],
    deleted: [] as AttachmentFactsFragment[],
  };
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
      request: { query: OpenSprintsDocument, variables: () => true },
      ...always,
      result: { data: { project: { __typename: 'Project', id: 'project-1', sprints: [] } } },
    },
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
      request: { query: TicketChildrenDocument, variables: () => true },
      ...always,
      result: {
        data: {
          ticket: {
            __typename: 'Ticket',
            id: first.id,
            progress: { __typename: 'FamilyProgressType', children: 0, done: 0, points: 0, pointsDone: 0, dropped: 0 },
            children: { __typename: 'TicketConnection', totalCount: 0, nodes: [] },
          },
        },
      },
    },
    {
      request: { query: TicketLinksDocument, variables: () => true },
      ...always,
      result: { data: { ticket: { __typename: 'Ticket', id: first.id, links: [], blockers: [] } } },
    },
    {
      request: { query: TicketGatesDocument, variables: () => true },
      ...always,
      result: { data: { ticket: { __typename: 'Ticket', id: first.id, gates: [] } } },
    },
    {
      request: { query: TicketAttachmentsDocument, variables: () => true },
      ...always,
      result: () => ({ data: { ticket: { __typename: 'Ticket', id: first.id, attachmentCount: state.attachments.length, attachments: state.attachments } } }),
    },
    {
      request: { query: DeleteAttachmentDocument, variables: () => true },
      ...always,
      result: ({ id }) => {
        state.deleted.push(...state.attachments.filter((file) => file.id === id));
        state.attachments = state.attachments.filter((file) => file.id !== id);
        return { data: { deleteAttachment: true } };
      },
    },
    {
      request: { query: RestoreAttachmentDocument, variables: () => true },
      ...always,
      result: ({ id }) => {
        state.attachments = [...state.attachments, ...state.deleted.filter((file) => file.id === id)];
        return { data: { restoreAttachment: { __typename: 'Attachment', id: String(id) } } };
      },
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
    ...(
      [
        [SetTicketStateDocument, 'setTicketState'],
        [TakeOffBoardDocument, 'takeOffBoard'],
        [MoveTicketDocument, 'moveTicket'],
      ] as const
    ).map(([query, name]): MockLink.MockedResponse => ({
      request: { query, variables: () => true },
      ...always,
      result: ({ id: _, ...asked }) => {
        state.placed.push({ [name]: asked });
        if (name === 'takeOffBoard') asked = { boardId: null, columnId: null, rank: null };
        state.ticket = { ...state.ticket, ...asked };
        return { data: { [name]: state.ticket } };
      },
    })),
    {
      request: { query: CreateTicketLabelDocument, variables: () => true },
      result: { errors: [new GraphQLError('out of order', { extensions: { code: 'INTERNAL' } })] },
    },
    { request: { query: source.subscription, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: RunCardsDocument, variables: () => true }, result: { data: {} }, ...silent },
    { request: { query: TicketRunsDocument, variables: () => true }, result: { data: {} }, ...silent },
  ];
  return { state, mocks };
}

/** A ticket in its panel, as the server above holds it. */
export async function openTicket(
  overrides: Partial<Ticket> = {},
  viewer?: RenderOptions['viewer'],
  comments: readonly string[] = [],
  files: readonly AttachmentFactsFragment[] = [],
  /** Said once before the stream stays silent. */
  news: readonly MockLink.MockedResponse[] = [],
) {
  const server = serverOf(buildTicket(overrides));
  server.state.comments.push(...comments);
  server.state.attachments.push(...files);
  const rendered = await renderApp(<TicketDetail ticketKey="NLP-1" narrow onDeleted={() => undefined} />, { mocks: [...news, ...server.mocks], viewer });
  await screen.findByText('Clean the crawl');
  return { ...rendered, ...server };
}
