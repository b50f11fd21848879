import { readFileSync } from 'node:fs';
import { addPerson, addTicket, type Person } from '../../../infra/test/workspace.ts';
import { openStage } from './stage.ts';

const { stage, api, board } = await openStage('HOM');

type Made = Person & { id: string };

/** Somebody of the project's team, with a profession. */
async function join(name: string, professionKey: string): Promise<Made> {
  const person = await addPerson(api, name, 'MEMBER');
  const { roles } = await api.query<{ roles: { id: string; key: string }[] }>('{ roles { id key } }');
  await api.query('mutation ($input: AddMembershipInput!) { addMembership(input: $input) { id } }', {
    input: { teamId: board.project.teamId, userId: person.id, roleId: roles.find(({ key }) => key === professionKey)?.id, teamRole: 'MEMBER', allocation: 60 },
  });
  return person;
}
const give = async (columnIndex: number, title: string, to: Made): Promise<string> => {
  const ticket = await addTicket(api, board.columnId(columnIndex), title);
  await api.query('mutation ($id: ID!, $to: ID!) { updateTicket(id: $id, version: 1, input: { assigneeId: $to }) { id } }', { id: ticket.id, to: to.id });
  return ticket.key;
};

it('an engineer sees what needs doing, and what is given to them while they look', async () => {
  const ada = await join('Ada Engineer', 'ML_ENGINEER');
  const first = await give(0, 'Ask the newest data', ada);
  const page = await stage.throughTheForm(ada);
  expect(new URL(page.url()).pathname).toBe('/');
  const next = page.locator('[data-block=NEXT]');
  await next.getByRole('link', { name: `${first} Ask the newest data` }).waitFor();
  const second = await give(2, 'Look at the outliers', ada);
  await next.getByRole('link', { name: `${second} Look at the outliers` }).waitFor();
  expect(await next.locator('li a').allInnerTexts()).toEqual([`${second} Look at the outliers`, `${first} Ask the newest data`]);
  await next.getByRole('link', { name: 'Show all 2' }).click();
  // what was shown stays until the next page is there
  await page.getByRole('heading', { name: 'Tickets', exact: true }).waitFor();
  await page.locator('tbody tr').nth(1).waitFor();
  expect(await page.locator('tbody tr').count()).toBe(2);
  await page.context().close();
}, 60_000);

it('a project manager walks the team person by person, by the keyboard alone', async () => {
  const [pia, bob] = [await join('Pia Manager', 'PROJECT_MANAGER'), await join('Bob Builder', 'DATA_SCIENTIST')];
  const key = await give(2, 'Find the leak', bob);
  const page = await stage.signedIn({ who: pia });
  await page.goto(stage.url);
  await page.locator('[data-block=PEOPLE]').getByRole('link', { name: 'Start stand-up' }).focus();
  await page.keyboard.press('Enter');
  const name = page.locator('main h2[aria-live]');
  await name.waitFor();
  const seen = [await name.innerText()];
  const people = await page.getByRole('navigation', { name: 'People' }).getByRole('button').count();
  for (let i = 1; i < people; i++) {
    await page.keyboard.press('j');
    seen.push(await name.innerText());
  }
  expect(seen).toHaveLength(new Set(seen).size);
  expect(seen).toEqual(expect.arrayContaining(['Bob Builder', 'Pia Manager']));
  for (let i = people; i-- > 1 && (await name.innerText()) !== 'Bob Builder';) await page.keyboard.press('k');
  await page.getByRole('link', { name: `${key} Find the leak` }).waitFor();
  await page.keyboard.press('Escape');
  await page.waitForURL((url) => url.pathname === '/');
  await page.context().close();
}, 60_000);

it('a director reads the week and the health of projects, and each number leads to as many', async () => {
  await addTicket(api, board.columnId(board.project.columns.length - 1), 'Done already');
  await addTicket(api, board.columnId(2), 'Whose is this?');
  const page = await stage.signedIn();
  await page.goto(stage.url);
  const week = page.locator('[data-block=WEEK]');
  const link = week.getByRole('link', { name: /tickets? (was|were)$/ });
  const finished = Number.parseInt(await link.innerText(), 10);
  expect(finished).toBeGreaterThan(0);
  const row = page.locator('[data-block=PROJECTS] tbody tr').filter({ hasText: board.project.key });
  await row.getByRole('link', { name: /nobody’s$/ }).waitFor();
  await link.click();
  // what was shown stays until the next page is there
  await page.getByRole('heading', { name: 'Tickets', exact: true }).waitFor();
  await page.locator('tbody tr').first().waitFor();
  // other files of this suite finish tickets, too
  expect(await page.locator('tbody tr').count()).toBeGreaterThanOrEqual(Math.min(finished, 50));
  await page.goBack();
  await row.getByRole('link', { name: /nobody’s$/ }).click();
  await page.waitForURL((url) => url.pathname === `/projects/${board.project.key}/tickets`);
  await page.getByRole('link', { name: 'Whose is this?' }).waitFor();
  await page.context().close();
}, 60_000);

it('a project manager reads a sprint in its reports: live, of a past moment, as files, and each number leads to its tickets', async () => {
  const send = <Data>(mutation: string, variables: Record<string, unknown>): Promise<Data> => api.query<Data>(mutation, variables);
  const { createBoard } = await send<{ createBoard: { id: string } }>('mutation ($p: ID!) { createBoard(projectId: $p, name: "Scrum", kind: SCRUM) { id } }', {
    p: board.project.id,
  });
  const tickets: { id: string; key: string }[] = [];
  for (const points of [5, 3]) {
    const input = { projectId: board.project.id, title: `Work of ${points}`, type: 'TASK', points };
    tickets.push(
      (await send<{ createTicket: { id: string; key: string } }>('mutation ($i: CreateTicketInput!) { createTicket(input: $i) { id key } }', { i: input }))
        .createTicket,
    );
  }
  const [first, second] = tickets as [{ id: string; key: string }, { id: string; key: string }];
  const { createSprint } = await send<{ createSprint: { id: string; version: number } }>(
    'mutation ($i: CreateSprintInput!) { createSprint(input: $i) { id version } }',
    {
      i: {
        boardId: createBoard.id,
        name: 'Sprint 1',
        startsOn: new Date().toISOString().slice(0, 10),
        endsOn: new Date(Date.now() + 9 * 86_400_000).toISOString().slice(0, 10),
      },
    },
  );
  await send('mutation ($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', { ids: tickets.map(({ id }) => id), s: createSprint.id });
  await send('mutation ($id: ID!, $v: Int!) { startSprint(id: $id, version: $v) { id } }', { id: createSprint.id, v: createSprint.version });

  const page = await stage.signedIn();
  await page.goto(`${stage.url}/projects/HOM/reports`);
  await page.getByRole('link', { name: /^Burndown\s*8 pts/ }).click();
  const remaining = page.locator('dl > div', { hasText: 'Remaining' });
  await remaining.getByText('8 pts').waitFor();
  const before = new Date();
  // a moment is told by its minute: what is done in this one is later than it
  await send('mutation ($id: ID!) { setTicketState(id: $id, state: DONE, resolution: DONE) { id } }', { id: first.id });
  await remaining.getByText('3 pts').waitFor();

  const chart = page.getByRole('group', { name: /^Burndown of Sprint 1/ });
  await chart.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  const panel = page.getByRole('dialog');
  await panel.getByRole('link', { name: `${second.key} Work of 3` }).waitFor();
  expect(await panel.getByRole('link', { name: `${first.key} Work of 5` }).count()).toBe(0);
  await page.keyboard.press('Escape');
  await panel.waitFor({ state: 'hidden' });

  for (const [what, begins] of [
    ['Numbers as CSV', '\uFEFFDay,Scope,Done,Remaining'],
    ['Picture as PNG', '\x89PNG'],
  ] as const) {
    await page.getByRole('button', { name: 'Save' }).click();
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('menuitem', { name: what }).click()]);
    const saved = readFileSync(await file.path());
    expect(saved.toString(begins.startsWith('\x89') ? 'latin1' : 'utf8').slice(0, begins.length)).toBe(begins);
  }

  await page.goto(`${stage.url}/projects/HOM/reports/burndown?asOf=${before.toISOString().slice(0, 16)}Z`);
  // the minute may have begun before the sprint did
  await page.getByText('At this moment the sprint had not begun.').or(remaining.getByText('8 pts')).first().waitFor();
  await page.getByRole('button', { name: 'Back to now' }).click();
  await remaining.getByText('3 pts').waitFor();
  await page.context().close();
}, 90_000);
