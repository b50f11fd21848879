import { screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { SavedViews } from './SavedViews.tsx';
import {
  CreateSavedViewDocument,
  DeleteSavedViewDocument,
  SavedViewsDocument,
  UpdateSavedViewDocument,
  type SavedViewPartsFragment,
} from './saved-views.generated.ts';

const view = (name: string, overrides: Partial<SavedViewPartsFragment> = {}): SavedViewPartsFragment => ({
  __typename: 'SavedView',
  id: name,
  name,
  query: 'assignee:me',
  shared: false,
  owner: { __typename: 'Person', id: 'user-1', name: 'Wei Chen' },
  problem: null,
  version: 3,
  ...overrides,
});
const bo = { __typename: 'Person' as const, id: 'user-2', name: 'Bo Larsen' };
const asks = { request: { query: SavedViewsDocument, variables: { list: 'TICKETS' as const, projectId: 'project-1' } } };
const finds = (...savedViews: SavedViewPartsFragment[]) => ({ ...asks, result: { data: { savedViews } } });
const updates = (before: SavedViewPartsFragment, input: object, after: SavedViewPartsFragment) => ({
  request: { query: UpdateSavedViewDocument, variables: { id: before.id, version: before.version, input } },
  result: { data: { updateSavedView: after } },
});

interface Opening extends RenderOptions {
  asked?: string;
  isQuery?: boolean;
}

async function open({ asked = 'state:open', isQuery = true, ...options }: Opening) {
  const opened: string[] = [];
  const place = {
    list: 'TICKETS' as const,
    project: { id: 'project-1', scope: { visibility: 'OPEN' as const, teamId: 'team-1', projectState: 'ACTIVE' as const } },
  };
  const app = await renderApp(<SavedViews place={place} asked={asked} isQuery={isQuery} onOpen={(query) => opened.push(query)} />, options);
  await app.user.click(await screen.findByRole('button', { name: 'Views' }));
  return { ...app, opened };
}
const manage = async ({ user }: Awaited<ReturnType<typeof open>>) => {
  await user.click(await screen.findByRole('menuitem', { name: 'Manage views…' }));
  return screen.findByRole('dialog', { name: 'Views' });
};
const actionsOf = async ({ user }: Awaited<ReturnType<typeof open>>, name: string) =>
  user.click(await screen.findByRole('button', { name: `Actions for “${name}”` }));
const VIEWER = { orgRole: 'VIEWER' as const };

describe('saved views', () => {
  it('stand apart, mine and shared ones, and lead to their query by keyboard', async () => {
    const { user, opened } = await open({
      mocks: [finds(view('Bugs', { owner: bo, shared: true, query: 'type:bug' }), view('Mine', { query: 'state:open' }))],
    });
    const items = await screen.findAllByRole('menuitem');
    expect(items.slice(0, 2).map(({ textContent }) => textContent)).toEqual(['Mine', 'BugsShared by Bo Larsen']);
    expect(items[0]?.getAttribute('aria-current')).toBe('true');
    expect(items[1]?.getAttribute('aria-current')).toBeNull();
    items[0]?.focus();
    await user.keyboard('{ArrowDown}{Enter}');
    expect(opened).toEqual(['type:bug']);
  });

  it('say which is no longer understood, and open it all the same', async () => {
    const broken = view('Old', { query: 'colour:red', problem: { __typename: 'SavedViewProblem', problem: 'UNKNOWN_FIELD' } });
    const { user, opened } = await open({ mocks: [finds(broken)] });
    await user.click(await screen.findByRole('menuitem', { name: /Old.*no longer understood/ }));
    expect(opened).toEqual(['colour:red']);
  });

  it('say that there are none, and that they could not be read', async () => {
    const { user } = await open({ mocks: [{ ...asks, result: { errors: [new GraphQLError('down')] } }, finds()] });
    await user.click(await screen.findByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/No views yet/)).toBeTruthy();
  });

  it('are made of the query at hand, and shared where one may', async () => {
    const sent: unknown[] = [];
    const { user } = await open({
      mocks: [
        finds(),
        {
          request: { query: CreateSavedViewDocument, variables: (variables: Record<string, unknown>) => sent.push(variables.input) > 0 },
          result: { data: { createSavedView: view('Open ones') } },
        },
      ],
    });
    await user.click(await screen.findByRole('menuitem', { name: 'Save this query as…' }));
    await user.click(await screen.findByRole('button', { name: 'Save' }));
    expect(sent).toEqual([]);
    await user.type(screen.getByRole('textbox', { name: 'Name' }), ' Open ones ');
    await user.click(screen.getByRole('checkbox', { name: /everybody who can read the project/ }));
    await user.keyboard('{Enter}');
    expect(await screen.findByText('“Open ones” is saved.')).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Views' })));
    expect(sent.at(-1)).toMatchObject({ list: 'TICKETS', projectId: 'project-1', name: 'Open ones', query: 'state:open', shared: true });
  });

  it('are not made of what is no query', async () => {
    await open({ mocks: [finds()], asked: 'colour:red', isQuery: false });
    const item = await screen.findByRole('menuitem', { name: /Save this query as….*Mend the query first/ });
    expect(item.hasAttribute('data-disabled')).toBe(true);
  });

  it('are renamed, and the list says so', async () => {
    const before = view('Mine');
    const after = view('Ours', { version: 4 });
    const app = await open({ mocks: [finds(before), finds(before), updates(before, { name: 'Ours' }, after), finds(after)] });
    await manage(app);
    await actionsOf(app, 'Mine');
    await app.user.click(await screen.findByRole('menuitem', { name: 'Rename' }));
    const name = await screen.findByRole('textbox', { name: 'Name' });
    await app.user.clear(name);
    await app.user.type(name, 'Ours{Enter}');
    expect(await screen.findByRole('button', { name: 'Actions for “Ours”' })).toBeTruthy();
  });

  it('take the query at hand, and are shared and taken back', async () => {
    const before = view('Mine');
    const second = view('Mine', { query: 'state:open', version: 4 });
    const third = view('Mine', { query: 'state:open', version: 5, shared: true });
    const app = await open({
      mocks: [
        finds(before),
        finds(before),
        updates(before, { query: 'state:open' }, second),
        finds(second),
        updates(second, { shared: true }, third),
        finds(third),
      ],
    });
    const dialog = await manage(app);
    await actionsOf(app, 'Mine');
    await app.user.click(await screen.findByRole('menuitem', { name: /current one/ }));
    expect(await within(dialog).findByText('state:open')).toBeTruthy();
    await actionsOf(app, 'Mine');
    expect(screen.queryByRole('menuitem', { name: /current one/ })).toBeNull();
    await app.user.click(await screen.findByRole('menuitem', { name: 'Share' }));
    expect(await within(dialog).findByText('Shared')).toBeTruthy();
    await actionsOf(app, 'Mine');
    expect(await screen.findByRole('menuitem', { name: 'Stop sharing' })).toBeTruthy();
  });

  it('are deleted after a question', async () => {
    const doomed = view('Mine');
    const app = await open({
      mocks: [
        finds(doomed),
        finds(doomed),
        { request: { query: DeleteSavedViewDocument, variables: { id: 'Mine', version: 3 } }, result: { data: { deleteSavedView: true } } },
        finds(),
      ],
    });
    await manage(app);
    await actionsOf(app, 'Mine');
    await app.user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const question = await screen.findByRole('dialog', { name: 'Delete the view?' });
    await app.user.click(within(question).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'Actions for “Mine”' })).toBeNull());
    expect(await screen.findByText(/No views yet/)).toBeTruthy();
  });

  it('let a viewer keep views of their own, and neither share nor change those of others', async () => {
    const shared = view('Bugs', { owner: bo, shared: true });
    const app = await open({ viewer: VIEWER, mocks: [finds(shared, view('Mine')), finds(shared, view('Mine'))] });
    await manage(app);
    await actionsOf(app, 'Mine');
    expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
    expect(screen.queryByRole('menuitem', { name: 'Share' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Actions for “Bugs”' })).toBeNull();
  });
});
