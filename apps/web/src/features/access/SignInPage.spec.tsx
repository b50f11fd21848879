import { screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildViewer, renderApp } from '../../../test/render.tsx';
import { switchTestLanguage } from '../../../test/texts.ts';
import { SignIn } from './SignInPage.tsx';
import { SignInDocument } from './sign-in.generated.ts';
import { SetupDocument } from './setup.generated.ts';
import { ViewerDocument } from './viewer.generated.ts';

const DEMO = { email: 'demo@trainyard.local', password: 'steam-and-rails' };

const setup = (demo: typeof DEMO | null) => ({
  request: { query: SetupDocument },
  result: { data: { setup: { __typename: 'Setup' as const, needed: false, demo: demo && { __typename: 'DemoSignIn' as const, ...demo } } } },
});
const signsIn = (variables: typeof DEMO) => ({ request: { query: SignInDocument, variables }, result: { data: { signIn: buildViewer() } } });
const refuses = (variables: typeof DEMO, code: string, params = {}) => ({
  request: { query: SignInDocument, variables },
  result: { errors: [new GraphQLError('refused', { extensions: { code, params } })] },
});

describe('the sign-in page', () => {
  it('signs in and goes where the visitor wanted to', async () => {
    const { user, client, address } = await renderApp(<SignIn to="/people?search=wei" />, {
      mocks: [setup(null), signsIn({ email: 'wei@example.com', password: ' spaces count ' })],
      at: '/sign-in',
    });
    await user.type(screen.getByLabelText('E-mail'), 'wei@example.com');
    await user.type(screen.getByLabelText('Password'), ' spaces count ');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(address()).toBe('/people?search=wei'));
    expect(client.readQuery({ query: ViewerDocument })?.viewer.user.name).toBe('Wei Chen');
  });

  it('says what is missing before it asks the server', async () => {
    const { user } = await renderApp(<SignIn />, { mocks: [setup(null)] });
    await user.type(screen.getByLabelText('E-mail'), 'no address');
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText('Not a valid e-mail address')).toBeTruthy();
    expect(screen.getByText('Fill this in')).toBeTruthy();
    expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true');
  });

  it('does not say which of the two was wrong', async () => {
    const { user } = await renderApp(<SignIn />, { mocks: [setup(null), refuses(DEMO, 'INVALID_CREDENTIALS')] });
    await user.type(screen.getByLabelText('E-mail'), DEMO.email);
    await user.type(screen.getByLabelText('Password'), DEMO.password);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect((await screen.findByRole('alert')).textContent).toBe('E-mail or password is not right. Check both and try again.');
  });

  it('counts the seconds of a throttled sign-in down, and then lets go', async () => {
    const { user } = await renderApp(<SignIn />, { mocks: [setup(null), refuses(DEMO, 'SIGN_IN_THROTTLED', { seconds: 2 })] });
    await user.type(screen.getByLabelText('E-mail'), DEMO.email);
    await user.type(screen.getByLabelText('Password'), DEMO.password);
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    expect((await screen.findByRole('alert')).textContent).toContain('2 seconds');
    await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('one second'));
    await waitFor(() => expect(screen.queryByRole('alert')).toBeNull());
  });

  it('fills in the demonstration account where there is one', async () => {
    const { user, address } = await renderApp(<SignIn to="/teams" />, { mocks: [setup(DEMO), signsIn(DEMO)], at: '/sign-in' });
    await user.click(await screen.findByRole('button', { name: 'Fill in' }));
    await user.click(screen.getByRole('button', { name: 'Sign in' }));
    await waitFor(() => expect(address()).toBe('/teams'));
  });

  it('speaks Chinese', async () => {
    await switchTestLanguage('zh');
    await renderApp(<SignIn />, { mocks: [setup(DEMO)] });
    expect(screen.getByRole('heading', { name: '登录' })).toBeTruthy();
    expect(await screen.findByText('演示工作区')).toBeTruthy();
    expect(document.title).toBe('登录 · Trainyard');
  });
});
