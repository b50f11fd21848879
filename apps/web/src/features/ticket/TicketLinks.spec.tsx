import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildTicket } from '../../../test/build-ticket.ts';
import { renderApp } from '../../../test/render.tsx';
import { FindTicketsDocument, LinkTicketsDocument, SetTicketStateDocument, TicketLinksDocument, UnlinkTicketsDocument } from './ticket.generated.ts';
import { TicketLinks } from './TicketLinks.tsx';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
type Side = 'BLOCKED_BY' | 'BLOCKS' | 'DUPLICATES';
const other = (number: number) => ({
  __typename: 'Ticket',
  id: `other-${number}`,
  key: `CV-${number}`,
  type: 'BUG',
  title: `Other ${number}`,
  state: 'OPEN',
  resolution: null,
});

/** A server that holds the links of a ticket; it refuses that CV-13 blocks it. */
function linkServer(...held: [Side, number][]) {
  const asked: unknown[] = [];
  const ticket = () => ({
    __typename: 'Ticket',
    id: 'ticket-1',
    links: held.map(([side, number]) => ({ __typename: 'TicketLink', side, ticket: other(number) })),
    blockers: held.filter(([side]) => side === 'BLOCKED_BY').map(([, number]) => other(number)),
  });
  const mocks: MockLink.MockedResponse[] = [
    { request: { query: TicketLinksDocument, variables: () => true }, ...always, result: () => ({ data: { ticket: ticket() } }) },
    {
      request: { query: FindTicketsDocument, variables: () => true },
      ...always,
      result: { data: { tickets: { __typename: 'TicketConnection', nodes: [{ ...other(1), id: 'ticket-1', key: 'NLP-1' }, other(7), other(13)] } } },
    },
    {
      request: { query: LinkTicketsDocument, variables: () => true },
      ...always,
      result: ({ id: _, ...link }) => {
        asked.push(link);
        const { side, otherId } = link as { side: Side; otherId: string };
        if (otherId === 'other-13')
          return { errors: [new GraphQLError('ring', { extensions: { code: 'LINK_CYCLE', params: { cycle: 'CV-13 → NLP-1 → CV-13' } } })] };
        held.push([side, Number(otherId.slice('other-'.length))]);
        return { data: { linkTickets: ticket() } };
      },
    },
    {
      request: { query: UnlinkTicketsDocument, variables: () => true },
      ...always,
      result: ({ side, otherId }) => {
        held = held.filter(([one, number]) => one !== side || `other-${number}` !== otherId);
        return { data: { unlinkTickets: ticket() } };
      },
    },
    {
      request: { query: SetTicketStateDocument, variables: () => true },
      ...always,
      result: ({ id, ...progress }) => {
        asked.push(progress);
        return { data: { setTicketState: { ...buildTicket({ id: String(id) }), ...progress } } };
      },
    },
  ];
  return { mocks, asked };
}
const show = (mocks: readonly MockLink.MockedResponse[], mayWrite = true) =>
  renderApp(<TicketLinks ticket={buildTicket()} mayWrite={mayWrite} news={0} onRelatives={() => undefined} />, { mocks });

describe('the links of a ticket', () => {
  it('are said in words, each with its way there, and removed', async () => {
    const { user } = await show(linkServer(['BLOCKED_BY', 2], ['BLOCKS', 3]).mocks);
    const rows = await screen.findAllByRole('listitem');
    expect(rows.map((row) => row.textContent)).toEqual(['Blocked byCV-2 Other 2Open', 'BlocksCV-3 Other 3Open']);
    await user.click(within(rows[0]!).getByRole('button', { name: 'Remove: Blocked by CV-2' }));
    await waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1));
  });

  it('are added by finding the other, which is never the ticket itself', async () => {
    const { mocks, asked } = linkServer();
    const { user } = await show(mocks);
    await user.click(await screen.findByRole('combobox', { name: 'Link a ticket…' }));
    await user.click(await screen.findByRole('option', { name: /CV-7/ }));
    expect(await screen.findByRole('link', { name: 'CV-7 Other 7' })).toBeTruthy();
    expect(asked).toEqual([{ side: 'BLOCKED_BY', otherId: 'other-7' }]);
    expect(screen.queryByRole('option', { name: /NLP-1/ })).toBeNull();
  });

  it('are refused in a ring, which is named', async () => {
    const { user } = await show(linkServer().mocks);
    await user.click(await screen.findByRole('combobox', { name: 'Link a ticket…' }));
    await user.click(await screen.findByRole('option', { name: /CV-13/ }));
    expect(await screen.findByText(/block each other in a ring: CV-13 → NLP-1 → CV-13/)).toBeTruthy();
  });

  it('offer to end a duplicate as one', async () => {
    const { mocks, asked } = linkServer(['DUPLICATES', 4]);
    const { user } = await show(mocks);
    expect(await screen.findByText('This ticket duplicates CV-4.')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'End it as a duplicate' }));
    await waitFor(() => expect(asked).toEqual([{ state: 'DONE', resolution: 'DUPLICATE' }]));
  });

  it('are nothing to see where there are none and one may only look', async () => {
    await show(linkServer().mocks, false);
    await waitFor(() => expect(screen.queryByText('Links')).toBeNull());
    expect(screen.queryByRole('combobox')).toBeNull();
  });
});
