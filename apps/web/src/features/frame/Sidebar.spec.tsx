import { screen } from '@testing-library/react';
import type { OrgRole } from '@trainyard/domain';
import { renderApp } from '../../../test/render.tsx';
import { NavigationDocument } from '../project/navigation.generated.ts';
import { UnreadCountDocument } from '../notify/inbox.generated.ts';
import { Sidebar } from './Sidebar.tsx';

const empty = (orgRole: OrgRole) =>
  renderApp(<Sidebar />, {
    viewer: { orgRole },
    mocks: [
      { request: { query: NavigationDocument }, result: { data: { projects: [] } } },
      { request: { query: UnreadCountDocument }, result: { data: { unreadCount: 0 } } },
    ],
  });

describe('the navigation where no project is yet', () => {
  it('leads to the first project who may make it', async () => {
    await empty('MEMBER');
    expect((await screen.findByRole('link', { name: 'New project' })).getAttribute('href')).toBe('/projects/new');
  });

  it('says to the others whom to ask', async () => {
    await empty('VIEWER');
    expect(await screen.findByText(/Ask a member of your organisation/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'New project' })).toBeNull();
  });
});
