import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor } from '@testing-library/react';
import { renderApp } from '../../../../test/render.tsx';
import { NavigationDocument } from '../../project/navigation.generated.ts';
import { ROOMS } from '../../../rooms.ts';
import { loadPalette } from './load-palette.tsx';
import { PaletteTicketDocument, PaletteTicketsDocument } from '../../ticket/palette.generated.ts';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const ticket = (key: string, title: string) => ({ __typename: 'Ticket' as const, id: key, key, title, boardId: 'board-1' });

/** A palette over one project; the server takes a moment for a ticket asked for by its key, and keeps what it was asked for in words. */
async function openPalette() {
  const searched: unknown[] = [];
  const mocks: MockLink.MockedResponse[] = [
    {
      request: { query: NavigationDocument },
      ...always,
      result: {
        data: {
          projects: [
            {
              __typename: 'Project',
              id: 'project-1',
              key: 'ATL',
              name: 'Atlas',
              visibility: 'OPEN',
              state: 'ACTIVE' as const,
              team: { __typename: 'Team' as const, id: 'team-1' },
              boards: [{ __typename: 'Board', id: 'board-1', name: 'Board' }],
            },
          ],
        },
      },
    },
    {
      request: { query: PaletteTicketsDocument, variables: ({ search }) => Boolean(searched.push(search)) },
      ...always,
      result: { data: { tickets: { __typename: 'TicketConnection', nodes: [ticket('ATL-1', 'Atlas begins'), ticket('ATL-2', 'Atlas ends')] } } },
    },
    {
      request: { query: PaletteTicketDocument, variables: () => true },
      ...always,
      delay: 30,
      result: ({ key }) => ({ data: { ticket: key === 'ATL-12' ? ticket('ATL-12', 'Twelfth') : null } }),
    },
  ];
  const { default: Palette } = await loadPalette(ROOMS);
  const rendered = await renderApp(<Palette opened onClose={() => undefined} />, { mocks });
  return { ...rendered, searched, field: await screen.findByRole('textbox') };
}

describe('the palette', () => {
  it.each(['ATL-12', 'atl-12'])('opens the ticket %s with Enter, even before the server has answered', async (key) => {
    const { user, field, address } = await openPalette();
    await user.type(field, `${key}{Enter}`);
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-12'));
  });

  it('makes the first answer active when answers come', async () => {
    const { user, field, address } = await openPalette();
    await user.type(field, 'atlas');
    const first = await screen.findByRole('button', { name: /Atlas begins/ });
    await waitFor(() => expect(first.hasAttribute('data-selected')).toBe(true));
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-2'));
  });

  it('goes nowhere for a key that is no ticket', async () => {
    const { user, field, address } = await openPalette();
    await user.type(field, 'atlas');
    await screen.findByRole('button', { name: /Atlas begins/ });
    await user.clear(field);
    await user.type(field, 'ATL-99{Enter}');
    expect(await screen.findByText('Nothing found for “ATL-99”')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(address()).toBe('/');
    // nor does the Enter that found nothing take what is found later
    await user.clear(field);
    await user.type(field, 'ATL-12');
    await screen.findByRole('button', { name: /Twelfth/ });
    expect(address()).toBe('/');
  });

  it.each(['12', '#12'])('finds the ticket of the number %s first', async (number) => {
    const { user, field, address } = await openPalette();
    await user.type(field, `${number}{Enter}`);
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-12'));
  });

  it('searches for a word when it is typed, not at every letter', async () => {
    const { user, field, searched } = await openPalette();
    await user.type(field, 'atlas');
    await screen.findByRole('button', { name: /Atlas begins/ });
    expect(searched).toEqual(['atlas']);
  });
});
