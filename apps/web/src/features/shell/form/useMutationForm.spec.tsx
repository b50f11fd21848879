import { fireEvent, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp, type Rendered } from '../../../../test/render.tsx';
import { CreatePersonDialog } from '../../staffing/CreatePersonDialog.tsx';
import { CreateUserDocument } from '../../staffing/people.generated.ts';

let closed = 0;
let asked = 0;
const input = (name: string | RegExp): HTMLInputElement => screen.getByRole<HTMLInputElement>('textbox', { name });
const submit = (): HTMLElement => screen.getByRole('button', { name: 'Add person' });
const answered = (result: object) => ({
  request: { query: CreateUserDocument, variables: () => true },
  result: () => {
    asked += 1;
    return result;
  },
  maxUsageCount: 2,
});
const refused = (code: string, params: object = {}) => answered({ errors: [new GraphQLError('refused', { extensions: { code, params } })] });
const MADE = answered({ data: { createUser: { __typename: 'User', id: 'user-9', name: 'Maria' } } });

/** The dialog, filled in as its own rules want it. */
async function filled(...mocks: ReturnType<typeof answered>[]): Promise<Rendered> {
  const rendered = await renderApp(<CreatePersonDialog opened onClose={() => (closed += 1)} />, { mocks });
  await rendered.user.type(input('Name'), 'Maria');
  await rendered.user.type(input(/mail/), 'maria@example.com');
  await rendered.user.type(screen.getByLabelText(/password/i, { selector: 'input' }), 'correct horse battery staple');
  return rendered;
}

beforeEach(() => {
  closed = 0;
  asked = 0;
});

describe('a form of one mutation', () => {
  it('says under its field what the server finds wrong with it, and goes there, until it is changed', async () => {
    const { user } = await filled(refused('BAD_INPUT', { field: 'name', reason: 'TOO_LONG', max: 5 }));
    await user.click(submit());
    expect(await screen.findByText('The text is too long: 5 characters at most.')).toBeTruthy();
    expect([document.activeElement, input('Name').getAttribute('aria-invalid')]).toEqual([input('Name'), 'true']);
    expect(screen.queryByRole('alert')).toBeNull();
    await user.type(input('Name'), '!');
    await waitFor(() => expect(input('Name').getAttribute('aria-invalid')).not.toBe('true'));
    expect([closed, input('Name').value]).toEqual([0, 'Maria!']);
  });

  it('says under a field what a refusal of its own says of it', async () => {
    const { user } = await filled(refused('EMAIL_TAKEN'));
    await user.click(submit());
    await waitFor(() => expect(document.activeElement).toBe(input(/mail/)));
    expect(input(/mail/).getAttribute('aria-invalid')).toBe('true');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it.each([
    ['of no field', refused('FORBIDDEN')],
    ['of a field that it does not show', refused('BAD_INPUT', { field: 'locale' })],
  ])('says above its button what is a refusal %s', async (_what, mock) => {
    const { user } = await filled(mock);
    await user.click(submit());
    expect(await screen.findByRole('alert')).toBeTruthy();
    expect(closed).toBe(0);
  });

  it('is sent once however often it is pressed, and closes', async () => {
    await filled(MADE);
    const form = submit().closest('form');
    if (form) for (let times = 0; times < 3; times++) fireEvent.submit(form);
    await waitFor(() => expect(closed).toBe(1));
    expect([asked, closed]).toEqual([1, 1]);
  });
});
