import type { Page } from 'playwright-core';
import { addPerson, addTicket, type Person } from '../../../infra/test/workspace.ts';
import { waitFor } from '../../../infra/test/wait-for.ts';
import { axeViolations, openStage, shot } from './stage.ts';

/** A board that is asked: by people, choice and text, in its address, live, and with moves that are right. */
const { stage, api, board } = await openStage('ASK');
const UPDATE = 'mutation ($id: ID!, $version: Int!, $input: UpdateTicketInput!) { updateTicket(id: $id, version: $version, input: $input) { version } }';
let ida: Person & { id: string };
const ids: string[] = [];

/** Every third card is a bug, every fourth Ida's. */
beforeAll(async () => {
  ida = await addPerson(api, 'Ida Jensen', 'MEMBER');
  for (let i = 0; i < 24; i += 1) {
    const { id } = await addTicket(api, board.columnId(0), `Ticket ${i}`);
    ids.push(id);
    const input = { ...(i % 3 === 0 && { type: 'BUG' }), ...(i % 4 === 0 && { assigneeId: ida.id }) };
    if (Object.keys(input).length > 0) await api.query(UPDATE, { id, version: 1, input });
  }
}, 120_000);

const every = (n: number): string[] => ids.filter((_, i) => i % n === 0);
const queryOf = (page: Page): string | null => new URL(page.url()).searchParams.get('query');
const shows = (page: Page, index: number, wanted: readonly string[]): Promise<unknown> =>
  waitFor(`the cards ${wanted.length}`, async () => (await board.cardsOf(page, index)).join() === wanted.join());
const head = (page: Page, index: number, text: string): Promise<void> => board.column(page, index).locator('header').getByText(text, { exact: true }).waitFor();
const orderOf = async (index: number): Promise<string[]> => {
  const { column } = await api.query<{ column: { tickets: { nodes: { id: string }[] } } }>(
    'query ($id: ID!) { column(id: $id) { tickets(limit: 100) { nodes { id } } } }',
    {
      id: board.columnId(index),
    },
  );
  return column.tickets.nodes.map(({ id }) => id);
};

it('is one person by one click, everybody by a second; the address shows the same in a fresh browser, and Back brings back filter and scroll', async () => {
  const page = await stage.signedIn({ height: 620 });
  await board.open(page);
  await head(page, 0, '24');
  const scroller = board.column(page, 0).locator('[data-scroller]');
  await scroller.evaluate((element) => (element.scrollTop = 700));
  await page.getByRole('button', { name: 'Ida Jensen: 6 cards' }).click();
  await shows(page, 0, every(4));
  await head(page, 0, '6 of 24');
  expect(queryOf(page)).toBe('assignee:"Ida Jensen"');
  await waitFor('the column to begin at its top', async () => (await scroller.evaluate((element) => element.scrollTop)) === 0);

  const fresh = await stage.signedIn();
  await fresh.goto(page.url());
  await shows(fresh, 0, every(4));

  await page.keyboard.press('f');
  await page.keyboard.type(' type:bug');
  await page.keyboard.press('Enter');
  await shows(page, 0, every(12));
  await shot(page, 'board-asked');
  expect(await axeViolations(page)).toEqual([]);
  await page.goBack();
  await shows(page, 0, every(4));
  await page.goBack();
  await head(page, 0, '24');
  await waitFor('the column to be scrolled as it was', async () => Math.abs((await scroller.evaluate((element) => element.scrollTop)) - 700) < 2);
  await page.getByRole('button', { name: 'Ida Jensen: 6 cards' }).click();
  await page.getByRole('button', { name: 'Ida Jensen: 6 cards' }).click();
  await waitFor('nothing to be asked', () => queryOf(page) === null);
  expect(stage.takeComplaints()).toEqual([]);
  await Promise.all([page.context().close(), fresh.context().close()]);
});

it('shows at once what begins to match and loses what ceases to, and a card put between two that are shown lies there', async () => {
  const page = await stage.signedIn({ height: 900 });
  await page.goto(`${board.url}?query=type:bug`);
  await shows(page, 0, every(3));
  const [late = '', gone = ''] = [ids[1], ids[3]];
  await api.query(UPDATE, { id: late, version: 1, input: { type: 'BUG' } });
  await shows(page, 0, [ids[0] ?? '', late, ...every(3).slice(1)]);
  await head(page, 0, '9 of 24');
  await api.query(UPDATE, { id: gone, version: 2, input: { type: 'TASK' } });
  await shows(page, 0, [ids[0] ?? '', late, ...every(3).slice(2)]);
  await head(page, 0, '8 of 24');

  // down by one among those that are shown: behind the next of them, whatever lies between
  await board.card(page, late).locator('a').first().focus();
  await page.keyboard.press('m');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const [third = ''] = every(3).slice(2);
  await waitFor('the server to have it', async () => {
    const order = await orderOf(0);
    return order.indexOf(late) === order.indexOf(third) + 1;
  });
  await page.keyboard.press('Control+z');
  await waitFor('the exact order to be back', async () => (await orderOf(0)).join() === ids.join());

  // what is made and does not match is not lost
  await board.column(page, 0).getByRole('button', { name: 'New ticket' }).click();
  await page.keyboard.type('Made in a filtered board');
  await page.keyboard.press('Enter');
  await page.getByText(/is made\. The filter does not show it/).waitFor();
  await head(page, 0, '8 of 25');

  await page.goto(`${board.url}?query=nothing-like-this`);
  await page.getByText('None of 25 cards matches.').waitFor();
  await page.getByRole('button', { name: 'Clear the filter' }).filter({ hasText: 'Clear' }).click();
  await head(page, 0, '25');
  expect(stage.takeComplaints()).toEqual([]);
  await page.context().close();
});

it('keeps a folded column folded, and says during a drag and at the column that it is full', async () => {
  const page = await stage.signedIn();
  const there = (await addTicket(api, board.columnId(2), 'Already there')).id;
  const { board: read } = await api.query<{ board: { columns: { id: string; version: number }[] } }>(
    'query ($id: ID!) { board(id: $id) { columns { id version } } }',
    {
      id: board.project.boardId,
    },
  );
  await api.query('mutation ($id: ID!, $version: Int!) { updateColumn(id: $id, version: $version, input: { wipLimit: 1, wipPolicy: REFUSE }) { id } }', {
    id: read.columns[2]?.id,
    version: read.columns[2]?.version,
  });
  await board.open(page);
  await board
    .card(page, ids[0] ?? '')
    .locator('a')
    .first()
    .focus();
  await page.keyboard.press('h');
  await page.getByRole('button', { name: `Show ${board.project.columns[0]?.name}` }).waitFor();
  await page.reload();
  await page.getByRole('button', { name: `Show ${board.project.columns[0]?.name}` }).click();
  await board.card(page, ids[0] ?? '').waitFor();

  const card = await board.card(page, ids[0] ?? '').boundingBox();
  const target = await board.column(page, 2).boundingBox();
  if (!card || !target) throw new Error('the card and the column are there');
  await page.mouse.move(card.x + 40, card.y + 20);
  await page.mouse.down();
  await page.mouse.move(target.x + 80, target.y + 120, { steps: 12 });
  await board.column(page, 2).getByText('Full: takes 1 at most').waitFor();
  await shot(page, 'column-full-while-dragged');
  await page.mouse.up();
  await board.column(page, 2).getByRole('alert').waitFor();
  await board.column(page, 2).getByRole('button', { name: 'Raise the limit to 2' }).click();
  await waitFor('the card to be where it was to go', async () => (await board.cardsOf(page, 2)).toSorted().join() === [ids[0] ?? '', there].toSorted().join());
  expect(stage.takeComplaints()).toEqual([]);
  await page.context().close();
});

it('parts the cards into lanes, between which they are dragged and carried: in one request, undone exactly, seen by others, the same after a reload', async () => {
  const { data, gpu, zero, one, two } = await lanesOfLabels();
  const [mine, theirs] = [await stage.signedIn({ height: 900 }), await stage.signedIn({ height: 900 })];
  await board.open(mine);
  await mine.getByRole('button', { name: 'Group by' }).click();
  await mine.getByRole('menuitemradio', { name: 'Label' }).click();
  await theirs.goto(mine.url());
  expect(queryOf(mine)).toBe('group:label');
  const cell = (page: Page, lane: string, index: number) => page.locator(`[data-lane="${lane}"] [data-column-id^="${board.columnId(index)}"]`);
  const inCell = (page: Page, lane: string, index: number, wanted: readonly string[]) =>
    waitFor(`${wanted.length} cards in a cell`, async () => {
      const found = await cell(page, lane, index)
        .locator('[data-ticket-id]')
        .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-ticket-id')));
      return found.toSorted().join() === wanted.toSorted().join();
    });
  await inCell(mine, data, 0, [zero, one]);
  const before = await facts();

  const sent: string[] = [];
  mine.on('request', (request) => sent.push(...(/"operationName":"(Move\w+|Undo\w+|Change\w+|Update\w+)"/.exec(request.postData() ?? '')?.slice(1) ?? [])));
  await board.card(mine, zero).dragTo(cell(mine, gpu, 1).locator('ul'), { targetPosition: { x: 60, y: 4 } });
  await inCell(theirs, gpu, 1, [zero]);
  await inCell(theirs, data, 0, [one]);
  expect(sent).toEqual(['MoveIntoLane']);
  expect(await facts()).toMatchObject({ [zero]: { columnId: board.columnId(1), labelIds: [gpu] } });
  await shot(mine, 'board-lanes');
  expect(await axeViolations(mine)).toEqual([]);
  await mine.keyboard.press('Control+z');
  await inCell(theirs, data, 0, [zero, one]);
  expect(sent).toEqual(['MoveIntoLane', 'MoveIntoLane']);
  expect(await facts()).toEqual(before);

  // by keys: down beyond the end of its cell is the lane below
  await board.card(mine, one).locator('a').first().focus();
  await mine.keyboard.press('m');
  await mine.keyboard.press('ArrowDown');
  await mine.keyboard.press('Enter');
  await inCell(theirs, gpu, 0, [one, two]);
  await mine.keyboard.press('k');
  await waitFor('the lane above', () =>
    mine.evaluate((id) => document.activeElement?.closest('[data-ticket-id]')?.getAttribute('data-ticket-id') === id, zero),
  );
  await mine.reload();
  await inCell(mine, gpu, 0, [one, two]);
  await inCell(mine, data, 0, [zero]);

  // with a filter on, and what is made in a lane gets what it stands for
  await mine.goto(`${board.url}?query=${encodeURIComponent('type:bug group:label')}`);
  await inCell(mine, data, 0, [zero]);
  await mine.goto(`${board.url}?query=group:label`);
  await cell(mine, gpu, 1).getByRole('button', { name: 'New ticket' }).click();
  await mine.keyboard.type('Made in a lane');
  await mine.keyboard.press('Enter');
  await cell(theirs, gpu, 1).getByText('Made in a lane').waitFor();
  await mine.keyboard.press('Escape');
  await mine.getByRole('button', { name: /^gpu/ }).click();
  await waitFor('the lane to be folded', async () => (await cell(mine, gpu, 1).count()) === 0);
  expect(stage.takeComplaints()).toEqual([]);
  await Promise.all([mine.context().close(), theirs.context().close()]);
});

/** Two labels: two cards carry the first of them, one of these (a bug) also the other, which a third one has alone. */
async function lanesOfLabels(): Promise<{ data: string; gpu: string; zero: string; one: string; two: string }> {
  const label = async (name: string): Promise<string> => {
    const { createLabel } = await api.query<{ createLabel: { id: string } }>(
      'mutation ($p: ID!, $n: String!) { createLabel(projectId: $p, name: $n, color: BLUE) { id } }',
      { p: board.project.id, n: name },
    );
    return createLabel.id;
  };
  const [data, gpu] = [await label('data'), await label('gpu')];
  const [zero = '', one = '', two = ''] = ids.slice(6);
  for (const [id, labelIds] of [
    [zero, [data, gpu]],
    [one, [data]],
    [two, [gpu]],
  ] as const) {
    const { ticket } = await api.query<{ ticket: { version: number } }>('query ($id: ID!) { ticket(id: $id) { version } }', { id });
    await api.query(UPDATE, { id, version: ticket.version, input: { labelIds } });
  }
  return { data, gpu, zero, one, two };
}

/** Where each card lies in its column, and its labels. */
async function facts(): Promise<Record<string, { columnId: string; at: number; labelIds: string[] }>> {
  const { board: read } = await api.query<{ board: { columns: { id: string; tickets: { nodes: { id: string; labelIds: string[] }[] } }[] } }>(
    'query ($id: ID!) { board(id: $id) { columns { id tickets(limit: 100) { nodes { id labelIds } } } } }',
    { id: board.project.boardId },
  );
  return Object.fromEntries(read.columns.flatMap(({ id: columnId, tickets }) => tickets.nodes.map(({ id, labelIds }, at) => [id, { columnId, at, labelIds }])));
}
