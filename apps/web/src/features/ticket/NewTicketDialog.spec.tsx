import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { GraphQLError } from 'graphql';
import { buildTicketRow } from '../../../test/build-ticket.ts';
import { renderApp, type Rendered, type RenderOptions } from '../../../test/render.tsx';
import { ListNamesDocument } from '../project/list-names.generated.ts';
import { NavigationDocument } from '../project/navigation.generated.ts';
import { drafts } from '../shell/drafts/drafts.ts';
import { closeNewTicket, rememberProject } from './new-ticket.ts';
import { MakeTicketDocument, NewTicketChoicesDocument } from './new-ticket.generated.ts';
import { NewTicket } from './NewTicket.tsx';
import { AllTicketsPage } from './TicketsPage.tsx';
import { TicketsDocument } from './tickets.generated.ts';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const project = (id: string, key: string, teamId: string) => ({
  __typename: 'Project' as const,
  id,
  key,
  name: `Project ${key}`,
  visibility: 'OPEN' as const,
  state: 'ACTIVE' as const,
  team: { __typename: 'Team' as const, id: teamId },
});
const NLP = project('project-1', 'NLP', 'team-1');
const VIS = project('project-2', 'VIS', 'team-2');

/** The same in every answer: they fill one cache. */
const boardOf = (id: string) => ({ __typename: 'Board' as const, id: `board-of-${id}`, name: 'Research', kind: 'KANBAN' as const });
const navigation = (projects: (typeof NLP)[]) => ({
  request: { query: NavigationDocument },
  ...always,
  result: { data: { projects: projects.map((each) => ({ ...each, boards: [boardOf(each.id)] })) } },
});
const choices = {
  request: { query: NewTicketChoicesDocument, variables: () => true },
  ...always,
  result: ({ id }: { id: string }) => ({
    data: {
      project: {
        __typename: 'Project' as const,
        id,
        labels: [{ __typename: 'Label' as const, id: 'label-1', name: 'data quality', color: 'RED' as const }],
        people: [{ __typename: 'Person' as const, id: 'user-2', name: 'Bo Larsen' }],
        boards: [
          {
            ...boardOf(id),
            columns: [{ __typename: 'Column' as const, id: `todo-of-${id}`, name: 'To do' }],
          },
        ],
      },
    },
  }),
};
const names = (projects: (typeof NLP)[]) => ({
  request: { query: ListNamesDocument },
  ...always,
  result: { data: { projects: projects.map((each) => ({ ...each, labels: [] })), users: { __typename: 'UserConnection' as const, nodes: [] } } },
});

/** What the server has been sent. */
let sent: Record<string, unknown>[] = [];
let asked: string[] = [];
const answers = (result: object) => ({
  request: { query: MakeTicketDocument, variables: (variables: { input: Record<string, unknown> }) => Boolean(sent.push(variables.input)) },
  result,
});
const makes = (key: string, delay = 0) => ({ ...answers({ data: { createTicket: { __typename: 'Ticket', id: key, key } } }), delay });
const refuses = (code: string, params: object = {}) => answers({ errors: [new GraphQLError('refused', { extensions: { code, params } })] });
const row = (key: string) => buildTicketRow({ id: key, key, title: `Title of ${key}` });
/** The list holds NLP-1; asked for one ticket by its key, it has it where it is one of these. */
const list = (...found: string[]) => ({
  request: { query: TicketsDocument, variables: ({ query }: { query: string }) => Boolean(asked.push(query)) },
  ...always,
  result: ({ query }: { query: string }) => {
    const key = /key:(\S+)/.exec(query)?.[1];
    const rows = key === undefined ? [row('NLP-1')] : found.includes(key) ? [row(key)] : [];
    return {
      data: {
        tickets: {
          __typename: 'TicketConnection' as const,
          nodes: rows,
          totalCount: rows.length,
          totalCountIsCapped: false,
          pageInfo: { __typename: 'PageInfo' as const, endCursor: null, hasNextPage: false },
        },
      },
    };
  },
});

beforeEach(() => {
  sent = [];
  asked = [];
});
afterEach(() => act(() => closeNewTicket()));

async function open(mocks: NonNullable<RenderOptions['mocks']>, { projects = [NLP], ...options }: RenderOptions & { projects?: (typeof NLP)[] } = {}) {
  const rendered = await renderApp(
    <>
      <AllTicketsPage />
      <NewTicket />
    </>,
    { at: '/tickets', ...options, mocks: [navigation(projects), choices, names(projects), list('NLP-9'), ...mocks] },
  );
  await screen.findByText('Title of NLP-1');
  return rendered;
}
const dialog = () => screen.findByRole('dialog', { name: 'New ticket' });
const gone = () => waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
const title = () => screen.getByRole<HTMLInputElement>('textbox', { name: 'Title' });
const select = (name: string) => screen.getByRole<HTMLInputElement>('combobox', { name });
const button = () => screen.findByRole('button', { name: 'New ticket' });

async function openByKey({ user }: Rendered): Promise<void> {
  await button();
  await user.keyboard('c');
  await dialog();
  await waitFor(() => expect(document.activeElement).toBe(title()));
}
async function choose({ user }: Rendered, name: string, option: string): Promise<void> {
  await user.click(select(name));
  await user.click(await screen.findByRole('option', { name: option }));
}

describe('a new ticket from anywhere', () => {
  it('is made by C, a title and Enter: a task in the backlog of the only project, on top of the list', async () => {
    const rendered = await open([makes('NLP-9')]);
    await openByKey(rendered);
    await rendered.user.keyboard('Clean the crawl{Enter}');
    await gone();
    expect(sent).toEqual([
      expect.objectContaining({
        title: 'Clean the crawl',
        projectId: 'project-1',
        columnId: null,
        type: 'TASK',
        assigneeId: null,
        labelIds: [],
        description: '',
      }),
    ]);
    const rows = (await screen.findByText('Title of NLP-9')).closest('tbody')!.querySelectorAll('tr');
    expect([...rows].map((each) => each.querySelector('th')?.textContent)).toEqual(['NLP-9', 'NLP-1']);
    const told = await screen.findByText('NLP-9 created');
    await rendered.user.click(within(told.parentElement!).getByRole('button', { name: 'Open' }));
    await waitFor(() => expect(rendered.address()).toBe('/tickets/NLP-9'));
  });

  it('is said not to be in the list that does not ask for it', async () => {
    const rendered = await open([makes('NLP-8')], { at: '/tickets?query=state%3Adone' });
    await openByKey(rendered);
    await rendered.user.keyboard('Clean the crawl{Enter}');
    await screen.findByText('NLP-8 created. This list does not show it.');
    expect(asked).toContain('state:done key:NLP-8');
    expect(screen.queryByText('Title of NLP-8')).toBeNull();
  });

  it('takes what is chosen, and Ctrl+Enter in its description', async () => {
    const rendered = await open([makes('VIS-3')], { projects: [NLP, VIS] });
    const { user } = rendered;
    rememberProject('project-1');
    await user.click(await button());
    await dialog();
    await waitFor(() => expect(select('Project').value).toBe('NLP · Project NLP'));
    await choose(rendered, 'Goes to', 'To do');
    expect(select('Goes to').value).toBe('Research · To do');
    // of the project that is left
    await choose(rendered, 'Project', 'VIS · Project VIS');
    expect(select('Goes to').value).toBe('Backlog (on no board)');
    await choose(rendered, 'Goes to', 'To do');
    await choose(rendered, 'Type', 'Bug');
    await choose(rendered, 'Assignee', 'Bo Larsen');
    await choose(rendered, 'Labels', 'data quality');
    await user.type(title(), 'Crops are mirrored');
    await user.type(screen.getByRole('textbox', { name: 'Description' }), 'Twice.{Enter}Always.{Control>}{Enter}{/Control}');
    await gone();
    const [input] = sent;
    expect(input).toMatchObject({ projectId: 'project-2', columnId: 'todo-of-project-2', type: 'BUG', assigneeId: 'user-2', labelIds: ['label-1'] });
    expect(input).toMatchObject({ title: 'Crops are mirrored', description: 'Twice.\nAlways.' });
    // the next one begins where this one was made
    await openByKey(rendered);
    await waitFor(() => expect(select('Project').value).toBe('VIS · Project VIS'));
  });

  it('asks for a project where several may be meant, and for a title', async () => {
    const rendered = await open([], { projects: [NLP, VIS] });
    await openByKey(rendered);
    await rendered.user.keyboard('{Enter}');
    await waitFor(() => expect(title().getAttribute('aria-invalid')).toBe('true'));
    await rendered.user.keyboard('Clean{Enter}');
    await waitFor(() => expect(document.activeElement).toBe(select('Project')));
    expect([select('Project').getAttribute('aria-invalid'), sent]).toEqual(['true', []]);
  });

  it('says how much too long a title is, and is not sent', async () => {
    const rendered = await open([]);
    await openByKey(rendered);
    await rendered.user.click(title());
    await rendered.user.paste('x'.repeat(253));
    expect(await screen.findByText('250 characters at most: 3 too many')).toBeTruthy();
    await rendered.user.keyboard('{Enter}');
    await waitFor(() => expect(title().getAttribute('aria-invalid')).toBe('true'));
    expect(sent).toEqual([]);
  });

  it('is refused by a full column at that field, with its words kept', async () => {
    const rendered = await open([refuses('WIP_LIMIT_REACHED', { column: 'To do', limit: 3 }), makes('NLP-9')]);
    await openByKey(rendered);
    await choose(rendered, 'Goes to', 'To do');
    await rendered.user.type(title(), 'One too many{Enter}');
    expect(await screen.findByText(/“To do” is full: its limit is 3\./)).toBeTruthy();
    await waitFor(() => expect(document.activeElement).toBe(select('Goes to')));
    expect(title().value).toBe('One too many');
    await choose(rendered, 'Goes to', 'Backlog (on no board)');
    await rendered.user.type(title(), '{Enter}');
    await gone();
    expect(sent.map(({ columnId }) => columnId)).toEqual(['todo-of-project-1', null]);
  });

  it('is kept by Esc with the project it was written for, offered again, and ends when it is sent', async () => {
    const rendered = await open([makes('VIS-3')], { projects: [NLP, VIS] });
    const { user } = rendered;
    rememberProject('project-2');
    await openByKey(rendered);
    await user.keyboard('Half a thought{Escape}');
    await gone();
    rememberProject('project-1');
    await openByKey(rendered);
    expect(title().value).toBe('Half a thought');
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    await waitFor(() => expect(select('Project').value).toBe('VIS · Project VIS'));
    await user.keyboard('{Enter}');
    await gone();
    expect([drafts.keys(), sent.map(({ projectId }) => projectId)]).toEqual([[], ['project-2']]);
    await openByKey(rendered);
    expect(title().value).toBe('');
  });

  it('is thrown away by its note alone, and begins in its project again', async () => {
    const rendered = await open([]);
    await openByKey(rendered);
    await rendered.user.keyboard('Half a thought{Escape}');
    await gone();
    await openByKey(rendered);
    await rendered.user.click(screen.getByRole('button', { name: 'Discard' }));
    expect(title().value).toBe('');
    await waitFor(() => expect(select('Project').value).toBe('NLP · Project NLP'));
    expect(drafts.keys()).toEqual([]);
  });

  it('is followed by another of its kind and place', async () => {
    const rendered = await open([makes('NLP-9'), makes('NLP-10', 100)]);
    const { user } = rendered;
    await openByKey(rendered);
    await choose(rendered, 'Type', 'Bug');
    await choose(rendered, 'Goes to', 'To do');
    await user.click(screen.getByRole('checkbox', { name: 'Create another' }));
    await user.type(title(), 'First{Enter}');
    await waitFor(() => expect(title().value).toBe(''));
    expect(document.activeElement).toBe(title());
    expect([select('Type').value, select('Goes to').value, drafts.keys()]).toEqual(['Bug', 'Research · To do', []]);
    // the answer takes a moment, and its writer goes on
    await user.keyboard('Second{Enter}Thi');
    await waitFor(() => expect(title().value).toBe('Thi'));
    expect(sent[1]).toMatchObject({ title: 'Second', type: 'BUG', columnId: 'todo-of-project-1' });
    drafts.flush();
    expect(drafts.get('ticket:new')?.words).toMatchObject({ title: 'Thi', type: 'BUG' });
  });

  it('is offered neither to who may write nowhere nor while something is typed', async () => {
    // what it takes as its own is not done by the browser too
    const isTaken = (element: Element): boolean => !fireEvent.keyDown(element, { key: 'c', code: 'KeyC' });
    const { unmount } = await open([], { viewer: { orgRole: 'VIEWER' } });
    expect(screen.queryByRole('button', { name: 'New ticket' })).toBeNull();
    expect(isTaken(document.body)).toBe(false);
    unmount();
    await open([]);
    await button();
    expect(isTaken(screen.getByRole('combobox', { name: 'Filter' }))).toBe(false);
    expect(isTaken(document.body)).toBe(true);
    await dialog();
  });
});
