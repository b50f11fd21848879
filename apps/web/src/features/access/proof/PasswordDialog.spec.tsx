import { jest } from '@jest/globals';
import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp } from '../../../../test/render.tsx';
import { drafts } from '../../shell/drafts/drafts.ts';
import { CreateTokenDialog } from '../CreateTokenDialog.tsx';
import { CreateAccessTokenDocument } from '../settings.generated.ts';
import { AskForPassword } from './AskForPassword.tsx';
import { askForPassword, keepEscapeOfPasswordQuestion } from './password-question.ts';
import { ProvePasswordDocument } from './proof.generated.ts';

// as main.tsx does, before any dialog
keepEscapeOfPasswordQuestion(window);

const create = { query: CreateAccessTokenDocument, variables: { name: 'nightly', scopes: ['READ' as const], expiresAt: null } };
const refusal = (code: string, params = {}) => ({ errors: [new GraphQLError(code, { extensions: { code, params } })] });
const refused = { request: create, result: refusal('PASSWORD_REQUIRED', { minutes: 10 }) };
const made = {
  request: create,
  result: {
    data: {
      createAccessToken: {
        __typename: 'CreatedAccessToken' as const,
        secret: 'trainyard_secret',
        token: {
          __typename: 'AccessToken' as const,
          id: 't',
          name: 'nightly',
          scopes: ['READ' as const],
          createdAt: '2026-11-01T08:00:00Z',
          lastUsedAt: null,
          expiresAt: null,
        },
      },
    },
  },
};
const prove = (password: string, result: object) => ({ request: { query: ProvePasswordDocument, variables: { password } }, result });
const proved = prove('correct horse', { data: { provePassword: true } });

/** Asks for a token that never ends, and has the dialog for the password open over the form. */
async function asked(mocks: NonNullable<Parameters<typeof renderApp>[1]>['mocks']) {
  const onClose = jest.fn();
  const app = await renderApp(
    <>
      <CreateTokenDialog opened onClose={onClose} />
      <AskForPassword />
    </>,
    { mocks },
  );
  const form = await screen.findByRole('dialog', { name: 'Create token' });
  await app.user.type(within(form).getByLabelText('Name'), 'nightly');
  await app.user.click(within(form).getByRole('combobox', { name: 'Expires' }));
  await app.user.click(await screen.findByRole('option', { name: 'Does not expire' }));
  await app.user.click(within(form).getByRole('button', { name: 'Create token' }));
  const dialog = await screen.findByRole('dialog', { name: 'Confirm that it is you' });
  return { ...app, form, dialog, onClose };
}

describe('the dialog for the password', () => {
  it('sends what was refused once more, and who asked sees only that it is done', async () => {
    const { user, dialog } = await asked([refused, proved, made]);
    expect(within(dialog).getByText('wei@example.com')).toBeTruthy();
    await user.type(within(dialog).getByLabelText('Your password'), 'correct horse{Enter}');
    expect(await screen.findByText('trainyard_secret')).toBeTruthy();
    await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Confirm that it is you' })).toBeNull());
    drafts.flush();
    expect(JSON.stringify(localStorage)).not.toContain('correct horse');
  });

  it('says that a password is wrong, or asked for too often, and goes on asking', async () => {
    const { user, dialog } = await asked([
      refused,
      prove('wrong', refusal('INVALID_CREDENTIALS')),
      prove('wronger', refusal('SIGN_IN_THROTTLED', { seconds: 30 })),
      proved,
      made,
    ]);
    const field = within(dialog).getByLabelText('Your password');
    await user.type(field, 'wrong{Enter}');
    expect(await within(dialog).findByText('This is not your password.')).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'wronger{Enter}');
    expect((await within(dialog).findByRole('alert')).textContent).toContain('30 seconds');
    await user.clear(field);
    await user.type(field, 'correct horse{Enter}');
    expect(await screen.findByText('trainyard_secret')).toBeTruthy();
  });

  it('gives up by Esc, which leaves the form behind it as it was and says so there', async () => {
    const { user, form, onClose } = await asked([refused]);
    await user.keyboard('{Escape}');
    expect((await within(form).findByRole('alert')).textContent).toContain('it was not given');
    expect(within(form).getByLabelText('Name')).toHaveProperty('value', 'nightly');
    expect(onClose).not.toHaveBeenCalled();
  });

  it('is one for all who ask at the same time, and for none once the person has left', async () => {
    const { unmount } = await asked([refused]);
    const other = askForPassword();
    unmount();
    expect(await other).toBe(false);
  });
});
