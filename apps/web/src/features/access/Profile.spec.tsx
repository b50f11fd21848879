import type { MockLink } from '@apollo/client/testing';
import { gql } from '@apollo/client';
import { useQuery } from '@apollo/client/react';
import { screen, waitFor } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { Profile } from './Profile.tsx';
import { ChangeNameDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';

type User = SettingsQuery['viewer']['user'];

const buildUser = (overrides: Partial<User> = {}): User => ({
  __typename: 'User',
  id: 'user-1',
  name: 'Wei Chen',
  email: 'wei@example.com',
  orgRole: 'MEMBER',
  version: 4,
  memberships: [
    {
      __typename: 'Membership',
      id: 'm-1',
      teamRole: 'LEAD',
      allocation: 60,
      profession: { __typename: 'Role', id: 'r-1', nameEn: 'Data scientist', nameZh: '数据科学家' },
      team: { __typename: 'Team', id: 't-1', name: 'Vision' },
    },
  ],
  ...overrides,
});
const renamed = (name: string): MockLink.MockedResponse => ({
  request: { query: ChangeNameDocument, variables: { version: 4, name } },
  result: { data: { changeName: { __typename: 'User', id: 'user-1', name, version: 5 } } },
});

const settingsWith = (user: User): MockLink.MockedResponse => ({
  request: { query: SettingsDocument },
  result: { data: { viewer: { __typename: 'Viewer', user, sessions: [], accessTokens: [] } } },
});
function ProfileOfServer() {
  const { data } = useQuery(SettingsDocument);
  return data && <Profile user={data.viewer.user} />;
}

describe('the profile', () => {
  it('says who one is to the others, and in which teams', async () => {
    await renderApp(<Profile user={buildUser()} />);
    expect(screen.getByText('wei@example.com')).toBeTruthy();
    expect(screen.getByText('Member')).toBeTruthy();
    expect(screen.getByRole('listitem').textContent).toBe('Vision · Data scientist · Lead · 60%');
    expect(screen.getByRole('link', { name: 'Vision' }).getAttribute('href')).toBe('/teams/t-1');
  });

  it('changes the name, also where cards that are loaded show it', async () => {
    const { user, client } = await renderApp(<Profile user={buildUser()} />, { mocks: [renamed('陈伟')] });
    const person = gql`fragment NameOfPerson on Person { id name }`;
    client.cache.writeFragment({ fragment: person, data: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' } });
    const name = screen.getByRole('textbox', { name: 'Name' });
    await user.clear(name);
    await user.type(name, ' 陈伟 ');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(client.cache.readFragment({ fragment: person, id: 'Person:user-1' })).toMatchObject({ name: '陈伟' });
    expect(name).toHaveProperty('value', '陈伟');
  });

  it('asks for a name before it asks the server', async () => {
    const { user } = await renderApp(<Profile user={buildUser()} />);
    await user.clear(screen.getByRole('textbox', { name: 'Name' }));
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Fill this in')).toBeTruthy();
    await user.click(screen.getByRole('textbox', { name: 'Name' }));
    await user.paste('x'.repeat(101));
    expect(await screen.findByText('This is too long')).toBeTruthy();
  });

  it('keeps what was typed when the account was changed meanwhile, and offers to go on from that', async () => {
    const stale = {
      request: { query: ChangeNameDocument, variables: () => true },
      result: { data: null, errors: [{ message: 'stale', extensions: { code: 'STALE_VERSION', params: { version: 5 } } }] },
    };
    const sent: unknown[] = [];
    const { user } = await renderApp(<ProfileOfServer />, {
      mocks: [
        settingsWith(buildUser()),
        stale,
        settingsWith(buildUser({ version: 5 })),
        {
          request: { query: ChangeNameDocument, variables: (given) => Boolean(sent.push(given)) },
          result: { data: { changeName: { __typename: 'User', id: 'user-1', name: 'Wei Chen 2', version: 6 } } },
        },
      ],
    });
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await user.type(name, ' 2');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect((await screen.findByRole('alert')).textContent).toContain('Somebody changed this since you opened it');
    await user.click(screen.getByRole('button', { name: 'Try again' }));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
    expect(name).toHaveProperty('value', 'Wei Chen 2');
    await user.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Saved')).toBeTruthy();
    expect(sent).toEqual([{ version: 5, name: 'Wei Chen 2' }]);
  });
});
