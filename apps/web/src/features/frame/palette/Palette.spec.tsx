import type { MockLink } from '@apollo/client/testing';
import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import { renderApp, type RenderOptions } from '../../../../test/render.tsx';
import { NavigationDocument } from '../../project/navigation.generated.ts';
import { ROOMS } from '../../../rooms.ts';
import type { KnownThing } from '../../../schema.generated.ts';
import { FindThingsDocument, KnownThingsDocument } from '../../shell/palette.generated.ts';
import type { Thing } from '../../shell/palette-part.ts';
import { holdTickets, type TicketAtHand } from '../../ticket/ticket-at-hand.ts';
import { loadPalette } from './load-palette.tsx';
import { OpenedThings } from './opened-things.ts';

const always = { maxUsageCount: Number.POSITIVE_INFINITY };
const NOTHING = {
  ...{ __typename: 'Thing' as const, key: null, number: null, of: null, projectKey: null, boardId: null, person: null, ticketType: null, ticketState: null },
  ...{ resolution: null, runState: null, datasetState: null, sprintState: null, online: null },
};
const thing = (kind: Thing['kind'], title: string, more: Partial<Thing> = {}): Thing => ({ ...NOTHING, kind, id: `${kind}-${title}`, title, ...more });
const ticket = (key: string, title: string, more: Partial<Thing> = {}): Thing =>
  thing('TICKET', title, {
    key,
    number: Number(key.split('-')[1]),
    projectKey: 'ATL',
    boardId: 'board-1',
    ticketType: 'TASK',
    ticketState: 'IN_PROGRESS',
    ...more,
  });

const ALL = [
  ticket('ATL-1', 'Atlas begins', { person: { __typename: 'Person', id: 'person-1', name: 'Mei Lin' } }),
  ticket('ATL-2', 'Atlas ends', { ticketState: 'DONE', resolution: 'CANCELLED' }),
  ticket('ATL-12', 'Twelfth'),
  ticket('ATL-13', '训练手写数字'),
  thing('RUN', 'Twelfth', { id: 'run-1', key: 'ATL-12', number: 4, runState: 'FAILED' }),
  thing('RUNNER', 'gpu-1', { online: false, of: 'machine' }),
];

interface Server {
  /** What it finds for a text. */
  find?: (text: string) => readonly Thing[];
  fails?: boolean;
  delay?: (text: string) => number;
  known?: (things: readonly KnownThing[]) => readonly Thing[];
}

/** A palette over one project; the server takes a moment, and says what it was asked for. */
async function openPalette({ find, delay = () => 20, known = () => [], fails = false }: Server = {}, options: RenderOptions = {}) {
  const asked: string[] = [];
  const found = find ?? ((text: string) => ALL.filter(({ title, key }) => `${key} ${title}`.toLowerCase().includes(text)));
  const mocks: MockLink.MockedResponse[] = [
    {
      request: { query: NavigationDocument },
      ...always,
      result: {
        data: {
          projects: [
            {
              ...{ __typename: 'Project', id: 'project-1', key: 'ATL', name: 'Atlas', visibility: 'OPEN', state: 'ACTIVE', isPinned: false, liveRuns: 0 },
              team: { __typename: 'Team' as const, id: 'team-1' },
              boards: [{ __typename: 'Board', id: 'board-1', name: 'Board', kind: 'KANBAN' }],
            },
          ],
        },
      },
    },
    {
      request: { query: FindThingsDocument, variables: ({ text }) => Boolean(asked.push(text as string)) },
      ...always,
      delay: ({ variables: { text } }) => delay(text as string),
      ...(fails ? { error: new TypeError('Failed to fetch') } : { result: ({ text }) => ({ data: { find: found(text as string) } }) }),
    },
    {
      request: { query: KnownThingsDocument, variables: () => true },
      ...always,
      result: ({ things }) => ({ data: { knownThings: known(things as KnownThing[]) } }),
    },
  ];
  const { default: Palette } = await loadPalette(ROOMS);
  const rendered = await renderApp(<Palette opened onClose={() => undefined} />, { mocks, ...options });
  return { ...rendered, asked, field: await screen.findByRole('combobox', { name: 'Search and commands' }) };
}
const option = (name: RegExp) => screen.findByRole('option', { name });
const options = (): string[] => screen.queryAllByRole('option').map(({ textContent }) => textContent ?? '');
const isActive = (line: HTMLElement): boolean => line.getAttribute('aria-selected') === 'true';

describe('the palette', () => {
  afterEach(() => localStorage.clear());

  it.each(['ATL-12', 'atl-12', '12', '#12', 'ＡＴＬ－１２'])('opens the ticket of %s with Enter, even before the server has answered', async (typed) => {
    const { user, field, address } = await openPalette({
      find: (text) =>
        ALL.filter(({ key }) => key?.endsWith(text.replace(/.*\D/, '')))
          .toReversed()
          .toSorted((a) => (a.kind === 'TICKET' ? -1 : 1)),
    });
    await user.type(field, `${typed}{Enter}`);
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-12'));
  });

  it('makes the first answer active when answers come, and goes round by the arrows', async () => {
    const { user, field, address } = await openPalette();
    await user.type(field, 'atlas');
    const first = await option(/Atlas begins/);
    await waitFor(() => expect(isActive(first)).toBe(true));
    expect(field.getAttribute('aria-activedescendant')).toBe(first.id);
    await user.keyboard('{ArrowUp}');
    expect(isActive(first)).toBe(false);
    await user.keyboard('{ArrowDown}{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-2'));
  });

  it('goes nowhere for a key that is no ticket', async () => {
    const { user, field, address } = await openPalette();
    await user.type(field, 'atlas');
    await option(/Atlas begins/);
    await user.clear(field);
    await user.type(field, 'ATL-99{Enter}');
    expect(await screen.findByText('Nothing found for “ATL-99”')).toBeTruthy();
    await user.keyboard('{Enter}');
    expect(address()).toBe('/');
    // nor does the Enter that found nothing take what is found later
    await user.clear(field);
    await user.type(field, 'ATL-12');
    await option(/Twelfth.*In progress/);
    expect(address()).toBe('/');
  });

  it('shows of each how it stands and whose it is', async () => {
    const { user, field } = await openPalette();
    await user.type(field, 'atlas');
    const first = within(await option(/Atlas begins/));
    for (const name of ['Task', 'In progress', 'Mei Lin']) expect(first.getByRole('img', { name })).toBeTruthy();
    expect(within(await option(/Atlas ends/)).getByRole('img', { name: 'Cancelled' })).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'twelfth');
    expect(within(await option(/Run 4/)).getByText('Failed')).toBeTruthy();
    await user.clear(field);
    await user.type(field, 'gpu');
    expect(within(await option(/gpu-1/)).getByText('Offline')).toBeTruthy();
  });

  it('never shows a late answer in the place of a newer one', async () => {
    const { user, field, asked } = await openPalette({
      find: (text) => [ticket('ATL-7', `found for ${text}`)],
      delay: (text) => ({ f: 150, fo: 10 })[text] ?? 300,
    });
    const shown = new Set<string>();
    const watcher = new MutationObserver(() => options().forEach((line) => shown.add(line)));
    watcher.observe(document.body, { subtree: true, childList: true, characterData: true });
    await user.type(field, 'f');
    await waitFor(() => expect(asked).toEqual(['f']));
    await user.type(field, 'o');
    await option(/found for fo/);
    // by then the first answer would have come
    await user.type(field, 'o');
    await option(/found for foo/);
    watcher.disconnect();
    expect([...shown].filter((line) => line.includes('found for'))).toEqual(['ATL-7found for fo', 'ATL-7found for foo']);
    expect(asked).toEqual(['f', 'fo', 'foo']);
  });

  it('narrows what it has at once, until the answer comes', async () => {
    const { user, field } = await openPalette({ delay: (text) => (text === 'atlas' ? 10 : 100_000) });
    await user.type(field, 'atlas');
    await option(/Atlas ends/);
    await user.type(field, ' end');
    expect(options()).toEqual([expect.stringContaining('Atlas ends')]);
  });

  it('waits for the end of a word that is composed, and finds it by its characters', async () => {
    const { user, field, asked } = await openPalette();
    fireEvent.compositionStart(field);
    await user.type(field, 'shou xie');
    expect(asked).toEqual([]);
    fireEvent.change(field, { target: { value: '手写' } });
    fireEvent.compositionEnd(field);
    await option(/训练手写数字/);
    expect(asked).toEqual(['手写']);
  });

  it('begins with what was opened last, without what is gone and what is on the screen', async () => {
    const opened = new OpenedThings('user-1');
    for (const id of ['ATL-1', 'ATL-3', 'ATL-2']) opened.remember({ kind: 'TICKET', id });
    opened.remember({ kind: 'RUN', id: 'run-1' });
    new OpenedThings('somebody else').remember({ kind: 'TICKET', id: 'ATL-12' });
    const { user, address } = await openPalette(
      { known: (things) => things.flatMap(({ kind, id }) => ALL.filter((one) => one.kind === kind && (one.key === id || one.id === id))) },
      { at: '/tickets/ATL-2' },
    );
    await option(/Run 4/);
    const recent = within(screen.getByRole('group', { name: 'Recent' })).getAllByRole('option');
    expect(recent.map(({ textContent }) => textContent)).toEqual([expect.stringContaining('Run 4'), expect.stringContaining('ATL-1')]);
    expect(opened.all().map(({ id }) => id)).toEqual(['run-1', 'ATL-2', 'ATL-1']);
    await user.keyboard('{ArrowDown}{Enter}');
    await waitFor(() => expect(address()).toBe('/projects/ATL/board/board-1?ticket=ATL-1'));
  });

  it('offers what can be done with the ticket at hand, named with its key, each with its shortcut', async () => {
    const done: string[] = [];
    const held: TicketAtHand = { key: 'ATL-12', acts: { ASSIGN: () => done.push('assign'), QUEUE_RUN: () => done.push('queue') } };
    const leave = holdTickets({ area: () => null, ticket: () => held });
    const { user, field } = await openPalette();
    leave();
    const group = within(await screen.findByRole('group', { name: 'This ticket' }));
    expect(group.getAllByRole('option').map(({ textContent }) => textContent)).toEqual(['Assign ATL-12A', 'Queue a run on ATL-12']);
    await user.type(field, 'owner{Enter}');
    await waitFor(() => expect(done).toEqual(['assign']));
    await user.clear(field);
    await user.type(field, 'queue run');
    await user.click(await option(/Queue a run on ATL-12/));
    expect(done).toEqual(['assign', 'queue']);
  });

  it('does what it can without the server, and says that it cannot search', async () => {
    const { user, field, address } = await openPalette({ fails: true });
    await user.type(field, 'runs');
    expect(await screen.findByRole('alert')).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(address()).toBe('/runs'));
  });
});
