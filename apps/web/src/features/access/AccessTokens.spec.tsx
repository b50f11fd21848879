import { screen, waitFor, within } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { SettingsPage } from './SettingsPage.tsx';
import { CreateAccessTokenDocument, RevokeAccessTokenDocument, SettingsDocument, type SettingsQuery } from './settings.generated.ts';

type Token = SettingsQuery['viewer']['accessTokens'][number];

const token = (overrides: Partial<Token> = {}): Token => ({
  __typename: 'AccessToken',
  id: 'token-1',
  name: 'nightly report',
  scopes: ['READ'],
  createdAt: '2026-11-01T08:00:00Z',
  lastUsedAt: null,
  expiresAt: null,
  ...overrides,
});
const settings = (accessTokens: Token[]) => ({
  request: { query: SettingsDocument },
  result: {
    data: {
      viewer: {
        __typename: 'Viewer' as const,
        user: { __typename: 'User' as const, id: 'user-1', name: 'Wei Chen', email: 'wei@example.com', orgRole: 'ADMIN' as const, version: 1, memberships: [] },
        sessions: [
          {
            __typename: 'Session' as const,
            id: 'session-1',
            userAgent: null,
            address: '127.0.0.1',
            createdAt: '2026-11-01T08:00:00Z',
            lastSeenAt: '2026-11-20T08:00:00Z',
            current: true,
          },
        ],
        accessTokens,
      },
    },
  },
});

describe('access tokens', () => {
  it('shows the secret of a new token once, and not after it was closed', async () => {
    const created = {
      request: { query: CreateAccessTokenDocument, variables: { name: 'nightly report', scopes: ['WRITE' as const], expiresAt: null } },
      result: { data: { createAccessToken: { __typename: 'CreatedAccessToken' as const, secret: 'trainyard_secret', token: token({ scopes: ['WRITE'] }) } } },
    };
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([]), created, settings([token({ scopes: ['WRITE'] })])] });
    await user.click(await screen.findByRole('button', { name: 'Create token' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Name'), 'nightly report');
    await user.click(within(dialog).getByRole('radio', { name: /^Read and write/ }));
    await user.click(within(dialog).getByRole('combobox', { name: 'Expires' }));
    await user.click(await screen.findByRole('option', { name: 'Does not expire' }));
    await user.click(within(dialog).getByRole('button', { name: 'Create token' }));

    expect(await screen.findByText('trainyard_secret')).toBeTruthy();
    await user.keyboard('{Escape}');
    expect(screen.getByText('trainyard_secret')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Done' }));
    await waitFor(() => expect(screen.queryByText('trainyard_secret')).toBeNull());
    expect(await screen.findByRole('row', { name: /nightly report Read and write Never Does not expire/ })).toBeTruthy();
  });

  it('keeps the name of a token that was begun, and not how far it was to reach', async () => {
    const { user, unmount } = await renderApp(<SettingsPage />, { mocks: [settings([])] });
    await user.click(await screen.findByRole('button', { name: 'Create token' }));
    const dialog = await screen.findByRole('dialog');
    await user.type(within(dialog).getByLabelText('Name'), 'nightly report');
    await user.click(within(dialog).getByRole('radio', { name: /^Administer/ }));
    unmount();
    drafts.flush();
    const { user: again } = await renderApp(<SettingsPage />, { mocks: [settings([])] });
    await again.click(await screen.findByRole('button', { name: 'Create token' }));
    const reopened = await screen.findByRole('dialog');
    await waitFor(() => expect(within(reopened).getByLabelText('Name')).toHaveProperty('value', 'nightly report'));
    expect(within(reopened).getByRole('radio', { name: 'Read' })).toHaveProperty('checked', true);
  });

  it('asks before it revokes', async () => {
    const revoked = { request: { query: RevokeAccessTokenDocument, variables: { id: 'token-1' } }, result: { data: { revokeAccessToken: true } } };
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([token()]), revoked, settings([])] });
    await user.click(await screen.findByRole('button', { name: 'Revoke “nightly report”' }));
    const dialog = await screen.findByRole('dialog');
    expect(dialog.textContent).toContain('stop working at once');
    await user.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    expect(await screen.findByText('No tokens yet')).toBeTruthy();
  });

  it('offers the administration scope to administrators only', async () => {
    const { user } = await renderApp(<SettingsPage />, { mocks: [settings([])], viewer: { orgRole: 'MEMBER' } });
    await user.click(await screen.findByRole('button', { name: 'Create token' }));
    const dialog = await screen.findByRole('dialog');
    expect(within(dialog).getAllByRole('radio')).toHaveLength(2);
    expect(within(dialog).queryByRole('radio', { name: /^Administer/ })).toBeNull();
  });

  it('marks a token whose time is over', async () => {
    await renderApp(<SettingsPage />, { mocks: [settings([token({ expiresAt: '2020-01-01T00:00:00Z' })])] });
    expect(await screen.findByText('Expired')).toBeTruthy();
  });
});
