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
  const page = await stage.signedIn({ who: ada });
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
