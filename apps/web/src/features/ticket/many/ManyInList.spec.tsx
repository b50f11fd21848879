import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { buildSentTicket, buildTicketRow } from '../../../../test/build-ticket.ts';
import { renderApp } from '../../../../test/render.tsx';
import { TicketRowFragmentDoc } from '../tickets.generated.ts';
import { ChangeTicketsDocument } from './change-tickets.generated.ts';
import { ManyInList } from './ManyInList.tsx';

const IDS = ['t-1', 't-2', 't-3'];
const row = (id: string) => buildTicketRow({ id, key: `ATL-${id.at(-1)}`, points: id === 't-3' ? 5 : null });

/** A server on which somebody has just changed the second ticket, and on which the third has five points already. */
async function open() {
  const said: { id: string; version: number; values: { points: number | null } }[][] = [];
  const mocks: MockLink.MockedResponse[] = [
    {
      request: { query: ChangeTicketsDocument, variables: () => true },
      result: ({ changes }: { changes: (typeof said)[number] }) => {
        said.push(changes);
        const changeTickets = changes.map(({ id, version, values }) => {
          const outcome = id === 't-2' ? 'REFUSED' : id === 't-3' ? 'UNCHANGED' : 'CHANGED';
          return {
            __typename: 'ChangedTicket',
            became: {},
            id,
            outcome,
            code: outcome === 'REFUSED' ? 'STALE_VERSION' : null,
            params: outcome === 'REFUSED' ? { ticket: 'ATL-2', version: 2 } : null,
            changes: outcome === 'CHANGED' ? { points: { from: null, to: values.points } } : {},
            ticket: { ...buildSentTicket(), ...row(id), columnId: null, ...(outcome === 'CHANGED' && { points: values.points, version: version + 1 }) },
            columnBefore: null,
            afterBefore: null,
          };
        });
        return { data: { changeTickets } };
      },
      maxUsageCount: Number.POSITIVE_INFINITY,
    },
  ];
  const selection = { selected: new Set(IDS), toggle: () => undefined, setAll: () => undefined, clear: () => undefined };
  const rendered = await renderApp(
    <ManyInList projectId="project-1" labels={[]} mayDelete={false} selection={selection} onChanged={() => Promise.resolve()} />,
    { mocks },
  );
  for (const id of IDS) rendered.client.cache.writeFragment({ fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', data: row(id) });
  return { ...rendered, said };
}

describe('many tickets of a list', () => {
  it('are set at once; each that was refused is named and linked, with the reason, and the others go back by one press', async () => {
    const { user, said, address } = await open();
    await user.click(screen.getByRole('button', { name: 'Points' }));
    await user.type(screen.getByRole('textbox', { name: 'Points' }), '5{Enter}');
    await screen.findByText('1 ticket changed. 1 was like that already. 1 was not changed:');
    expect(said[0]).toEqual(IDS.map((id) => ({ id, version: 1, values: { points: 5 } })));
    const refused = screen.getByRole('link', { name: 'ATL-2' });
    expect(within(refused.closest('li')!).getByText(/^Somebody changed this/)).toBeTruthy();

    await user.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(said[1]).toEqual([{ id: 't-1', version: 2, values: { points: null } }]));
    expect(address()).toBe('/');
  });

  it('leads to one that was refused', async () => {
    const { user, address } = await open();
    await user.click(screen.getByRole('button', { name: 'Points' }));
    await user.type(screen.getByRole('textbox', { name: 'Points' }), '5{Enter}');
    await user.click(await screen.findByRole('link', { name: 'ATL-2' }));
    await waitFor(() => expect(address()).toBe('/tickets/ATL-2'));
  });
});
