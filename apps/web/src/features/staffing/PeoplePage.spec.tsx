import { screen, waitFor } from '@testing-library/react';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { PeoplePage } from './PeoplePage.tsx';
import { PeopleDocument, UpdateUserDocument, type PersonRowFragment } from './people.generated.ts';
import { StaffingNamesDocument } from './teams.generated.ts';

const person = (name: string, overrides: Partial<PersonRowFragment> = {}): PersonRowFragment => ({
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
  ...overrides,
});
const found = (query: string, people: PersonRowFragment[], totalCount = people.length, delay = 0) => ({
  request: { query: PeopleDocument, variables: (sent: Record<string, unknown>) => sent.query === query },
  delay,
  result: {
    data: {
      users: {
        __typename: 'UserConnection' as const,
        totalCount,
        totalCountIsCapped: false,
        nodes: people,
        pageInfo: { __typename: 'PageInfo' as const, endCursor: 'end', hasNextPage: people.length < totalCount },
      },
    },
  },
});
const names = {
  request: { query: StaffingNamesDocument },
  result: {
    data: {
      teams: [{ __typename: 'Team' as const, id: 'team-1', name: 'Vision Models' }],
      professions: [{ __typename: 'Role' as const, id: 'role-1', nameEn: 'Data scientist', nameZh: '数据科学家' }],
    },
  },
};
const open = (mocks: RenderOptions['mocks'], options: RenderOptions = {}) =>
  renderApp(<PeoplePage />, { at: '/people', ...options, mocks: [names, ...(mocks ?? [])] });
const menuOf = (name: string) => screen.findByRole('button', { name: `Actions for ${name}` });
const choices = (): (string | null)[] => screen.getAllByRole('menuitem').map((item) => item.textContent);

describe('the people', () => {
  it('show no more of those found before, while a new search is on its way', async () => {
    const { user } = await open([found('', [person('Ada'), person('Bo')], 80), found('ada', [person('Ada')], 1, 500)]);
    await screen.findByRole('button', { name: 'Show more' });
    await user.type(screen.getByRole('combobox', { name: 'Filter' }), 'ada{Enter}');
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull());
    expect(screen.getByText('Bo')).toBeTruthy();
    await waitFor(() => expect(screen.queryByText('Bo')).toBeNull());
  });

  it('are found by the names of teams and professions', async () => {
    const { user } = await open([found('', [person('Ada')])]);
    const field = await screen.findByRole('combobox');
    await user.type(field, 'team:vi');
    expect(await screen.findByRole('option', { name: /Vision Models/ })).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'profession:');
    expect(await screen.findByRole('option', { name: /Data scientist/ })).toBeTruthy();
  });

  it('have their teams over time in the menu of their row, for whoever looks', async () => {
    const { user } = await open([found('', [person('Ada')])], { viewer: { orgRole: 'VIEWER' } });
    await user.click(await menuOf('Ada'));
    await screen.findByRole('menuitem', { name: 'Teams over time' });
    expect(choices()).toEqual(['Teams over time', 'Working time and days off']);
    await user.click(screen.getByRole('menuitem', { name: 'Teams over time' }));
    expect(await screen.findByRole('dialog', { name: 'Teams of Ada over time' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add person' })).toBeNull();
  });

  it('are enabled again by who manages accounts, and stay where they are shown', async () => {
    const enabled = {
      request: { query: UpdateUserDocument, variables: { id: 'Ada', version: 1, input: { disabled: false } } },
      result: {
        data: {
          updateUser: {
            __typename: 'User' as const,
            id: 'Ada',
            name: 'Ada',
            email: 'Ada@example.com',
            orgRole: 'MEMBER' as const,
            disabled: false,
            version: 2,
          },
        },
      },
    };
    const { user } = await open([found('is:disabled', [person('Ada', { disabled: true })]), enabled], { at: '/people?query=is%3Adisabled' });
    await user.click(await menuOf('Ada'));
    await user.click(await screen.findByRole('menuitem', { name: 'Enable' }));
    await waitFor(() => expect(screen.queryByText('Disabled')).toBeNull());
    expect(screen.getByText('Ada')).toBeTruthy();
  });

  it('leave an owner to owners', async () => {
    const { user } = await open([found('', [person('Ada', { orgRole: 'OWNER' }), person('Bo')])]);
    expect(await screen.findByRole('combobox', { name: 'Role of Bo' })).toBeTruthy();
    expect(screen.queryByRole('combobox', { name: 'Role of Ada' })).toBeNull();
    await user.click(await menuOf('Ada'));
    await screen.findByRole('menuitem', { name: 'Teams over time' });
    expect(choices()).toEqual(['Teams over time', 'Working time and days off']);
  });
});
