import { act, screen, waitFor } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { useState } from 'react';
import { renderApp } from '../../../../test/render.tsx';
import { CreatePersonDialog } from '../../staffing/CreatePersonDialog.tsx';
import { EditTeamDialog } from '../../staffing/EditTeamDialog.tsx';
import { CreateUserDocument } from '../../staffing/people.generated.ts';
import { UpdateTeamDocument } from '../../staffing/team.generated.ts';
import { drafts } from './drafts.ts';

const PASSWORD = 'a password nobody may read';
const field = (name: string | RegExp): HTMLInputElement => screen.getByRole<HTMLInputElement>('textbox', { name });
const open = (mocks: Parameters<typeof renderApp>[1] = {}) => renderApp(<CreatePersonDialog opened onClose={() => undefined} />, mocks);

describe('a form', () => {
  it('that was closed opens again with what was written, and without the password, which is kept nowhere', async () => {
    const { user, unmount } = await open();
    await user.type(field('Name'), 'Maria');
    await user.type(screen.getByLabelText(/password/i, { selector: 'input' }), PASSWORD);
    unmount();
    drafts.flush();
    expect(JSON.stringify(localStorage)).toContain('Maria');
    expect(JSON.stringify(localStorage)).not.toContain(PASSWORD);

    const { user: again } = await open();
    await waitFor(() => expect(field('Name').value).toBe('Maria'));
    expect(screen.getByLabelText<HTMLInputElement>(/password/i, { selector: 'input' }).value).toBe('');
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    await again.click(screen.getByRole('button', { name: 'Discard' }));
    expect(field('Name').value).toBe('');
    expect(drafts.keys()).toEqual([]);
    await again.click(await screen.findByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(field('Name').value).toBe('Maria'));
  });

  it('is kept where it is refused, and no longer once it is sent', async () => {
    const refused = {
      request: { query: CreateUserDocument, variables: () => true },
      result: { errors: [new GraphQLError('taken', { extensions: { code: 'EMAIL_TAKEN' } })] },
    };
    const made = {
      request: { query: CreateUserDocument, variables: () => true },
      result: { data: { createUser: { __typename: 'User' as const, id: 'user-9', name: 'Maria' } } },
    };
    const { user } = await open({ mocks: [refused, made] });
    await user.type(field('Name'), 'Maria');
    await user.type(field(/mail/), 'maria@example.com');
    await user.type(screen.getByLabelText(/password/i, { selector: 'input' }), PASSWORD);
    const submit = screen.getByRole('button', { name: 'Add person' });
    await user.click(submit);
    await waitFor(() => expect(field(/mail/).getAttribute('aria-invalid')).toBe('true'));
    expect(drafts.keys()).toEqual(['person:new']);
    await user.click(submit);
    await waitFor(() => expect(drafts.keys()).toEqual([]));
  });

  it('takes over what somebody else changes, except where it is being written, and shows that there', async () => {
    const team = { id: 'team-1', name: 'Language', description: 'Words', version: 1 };
    let show: (next: typeof team) => void = () => undefined;
    function Dialog() {
      const [now, setNow] = useState(team);
      show = setNow;
      return <EditTeamDialog team={now} opened onClose={() => undefined} />;
    }
    const sent: unknown[] = [];
    const { user } = await renderApp(<Dialog />, {
      mocks: [
        {
          request: { query: UpdateTeamDocument, variables: () => true },
          result: (variables) => {
            sent.push(variables);
            return { data: { updateTeam: { ...team, __typename: 'Team', version: 3 } } };
          },
        },
      ],
    });
    await user.type(field('Name'), ' models');
    act(() => show({ ...team, name: 'Tongues', description: 'All words', version: 2 }));
    await waitFor(() => expect(field('Description').value).toBe('All words'));
    expect(field(/^Name/).value).toBe('Language models');
    expect(screen.getByText('Somebody else has changed this to: Tongues')).toBeTruthy();
    await user.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() => expect(sent).toEqual([{ id: 'team-1', version: 2, name: 'Language models', description: 'All words' }]));
    expect(drafts.keys()).toEqual([]);
  });

  it('shows what is written in it in another tab, and is empty once it is sent there', async () => {
    const { user } = await open();
    await user.type(field('Name'), 'Maria');
    drafts.flush();
    const item = Object.keys(localStorage).find((name) => name.endsWith('person:new')) ?? '';
    const otherTab = (words: object | null): void => act(() => drafts.follow(item, words && JSON.stringify({ words, at: Date.now() })));
    otherTab({ name: 'Maria Silva', email: 'maria@example.com' });
    expect([field('Name').value, field(/mail/).value]).toEqual(['Maria Silva', 'maria@example.com']);
    otherTab({ name: 'Maria Silva' });
    expect(field(/mail/).value).toBe('');
    await user.type(field('Name'), '!');
    expect(drafts.get('person:new')?.words).toEqual({ name: 'Maria Silva!' });
    drafts.flush();
    otherTab(null);
    expect(field('Name').value).toBe('');
  });
});
