import { screen, waitFor } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { PeoplePage } from './PeoplePage.tsx';
import { PeopleDocument, type PeopleQuery } from './people.generated.ts';

const found = (search: string | null, names: string[], totalCount: number, delay = 0) => ({
  request: { query: PeopleDocument, variables: { first: 50, search } },
  delay,
  result: {
    data: {
      users: {
        __typename: 'UserConnection' as const,
        totalCount,
        nodes: names.map((name): PeopleQuery['users']['nodes'][number] => ({
          __typename: 'User',
          id: name,
          name,
          email: `${name}@example.com`,
          orgRole: 'MEMBER',
          disabled: false,
          version: 1,
          createdAt: '2026-11-01T08:00:00.000Z',
          memberships: [],
          pastMemberships: [],
        })),
        pageInfo: { __typename: 'PageInfo' as const, endCursor: names.at(-1) ?? null, hasNextPage: names.length < totalCount },
      },
    },
  },
});

describe('the people', () => {
  it('show no more of those found before, while a new search is on its way', async () => {
    const { user } = await renderApp(<PeoplePage />, { mocks: [found(null, ['Ada', 'Bo'], 80), found('ada', ['Ada'], 1, 500)] });
    await screen.findByRole('button', { name: 'Show more' });
    await user.type(screen.getByRole('searchbox'), 'ada');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull());
    expect(screen.getByText('Bo')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('Bo')).toBeNull());
  });
});
