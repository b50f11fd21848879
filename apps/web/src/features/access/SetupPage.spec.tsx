import { screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildViewer, renderApp } from '../../../test/render.tsx';
import { SetupPage } from './SetupPage.tsx';
import { SetUpDocument } from './setup.generated.ts';

const input = { organisationName: 'Acme', name: 'Wei Chen', email: 'wei@example.com', password: 'rails and steam', locale: 'EN' as const };

async function fillIn(user: Awaited<ReturnType<typeof renderApp>>['user']): Promise<void> {
  await user.type(screen.getByLabelText('Organisation'), `  ${input.organisationName} `);
  await user.type(screen.getByLabelText('Name'), input.name);
  await user.type(screen.getByLabelText('E-mail'), input.email);
  await user.type(screen.getByLabelText('Password'), input.password);
  await user.click(screen.getByRole('button', { name: 'Create and sign in' }));
}

describe('the first-run page', () => {
  it('makes the organisation and its owner, and lets them in', async () => {
    const { user, address } = await renderApp(<SetupPage />, {
      at: '/setup',
      mocks: [{ request: { query: SetUpDocument, variables: { input } }, result: { data: { setUp: buildViewer({ orgRole: 'OWNER' }) } } }],
    });
    await fillIn(user);
    await waitFor(() => expect(address()).toBe('/'));
  });

  it('says how long a password must be, and sends nothing shorter', async () => {
    const { user } = await renderApp(<SetupPage />);
    await user.type(screen.getByLabelText('Password'), 'short');
    await user.click(screen.getByRole('button', { name: 'Create and sign in' }));
    expect(await screen.findByText('At least 10 characters')).toBeTruthy();
    expect(screen.getAllByText('Fill this in')).toHaveLength(3);
  });

  it('tells a second visitor that somebody was faster', async () => {
    const refusal = new GraphQLError('done', { extensions: { code: 'SETUP_DONE' } });
    const { user } = await renderApp(<SetupPage />, { mocks: [{ request: { query: SetUpDocument, variables: { input } }, result: { errors: [refusal] } }] });
    await fillIn(user);
    expect((await screen.findByRole('alert')).textContent).toBe('This Trainyard is already set up. Sign in instead.');
  });

  it('says why a password is refused, under its field', async () => {
    const refusal = new GraphQLError('weak', { extensions: { code: 'PASSWORD_TOO_WEAK', params: { reason: 'OWN_NAME', min: 10, max: 200 } } });
    const { user } = await renderApp(<SetupPage />, { mocks: [{ request: { query: SetUpDocument, variables: { input } }, result: { errors: [refusal] } }] });
    await fillIn(user);
    expect(await screen.findByText('A password must not be your own name or e-mail address, or made of it: 10 characters at least besides.')).toBeTruthy();
    expect(document.activeElement).toBe(screen.getByLabelText('Password'));
  });
});
