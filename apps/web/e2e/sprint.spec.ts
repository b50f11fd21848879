import type { Page } from 'playwright-core';
import { addPerson, addProject, type ProjectInfo } from '../../../infra/test/workspace.ts';
import { axeViolations, shot, Stage } from './stage.ts';

const stage = await Stage.open();
afterAll(() => stage.close(), 60_000);
const api = await stage.api();
let project: ProjectInfo;
beforeAll(async () => {
  project = await addProject(api, 'SPR', 'OPEN', 'SCRUM');
});

const go = (page: Page, path: string): Promise<void> => stage.goOn(page, `/projects/${project.key}${path}`);
/** As a person pastes: the browser's own event, with what the clipboard holds. */
const paste = (page: Page, label: string, text: string): Promise<void> =>
  page.getByRole('textbox', { name: label }).evaluate((field, pasted) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', pasted);
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, text);

it('a sprint is planned, run, completed and looked back on by two people', async () => {
  const mia = await addPerson(api, 'Mia Member', 'MEMBER');
  const { roles } = await api.query<{ roles: { id: string; key: string }[] }>('{ roles { id key } }');
  await api.query('mutation ($input: AddMembershipInput!) { addMembership(input: $input) { id } }', {
    input: { teamId: project.teamId, userId: mia.id, roleId: roles.find(({ key }) => key === 'ML_ENGINEER')?.id, teamRole: 'MEMBER', allocation: 60 },
  });
  const manager = await stage.signedIn();
  const member = await stage.signedIn({ who: mia });

  // Plans: lines that are pasted become tickets, two of which go into a new sprint, which starts.
  await go(manager, '/backlog');
  await paste(manager, 'New ticket at the end of the backlog', 'Warm the cache\nAsk for fewer rows\nWrite it down');
  await manager.getByRole('button', { name: 'Add 3 tickets' }).click();
  await manager.getByRole('link', { name: 'Write it down' }).waitFor();
  await manager.getByRole('button', { name: 'New sprint' }).click();
  await manager.getByRole('button', { name: 'Plan sprint' }).click();
  await manager
    .getByRole('button', { name: /^Sprint 1/ })
    .first()
    .waitFor();
  for (const title of ['Warm the cache', 'Ask for fewer rows'])
    await manager.getByRole('row').filter({ hasText: title }).getByRole('checkbox', { name: 'Select' }).check();
  await manager.getByRole('button', { name: 'Move to…' }).click();
  await manager.getByRole('menuitem', { name: /^Sprint 1/ }).click();
  await manager.getByText('2 tickets moved to Sprint 1.').first().waitFor();
  await manager.getByRole('button', { name: 'Start sprint' }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Start sprint' }).click();
  await manager.getByRole('button', { name: 'Complete sprint' }).waitFor();

  // Somebody else has them on the board, and brings one to its end there.
  await go(member, `/board/${project.boardId}`);
  await member.getByRole('link', { name: /Warm the cache/ }).focus();
  for (const key of ['m', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'Enter']) await member.keyboard.press(key);
  const done = member.locator(`[data-column-id="${project.columns.at(-1)?.id}"]`);
  await done.getByRole('link', { name: /Warm the cache/ }).waitFor();

  // The day says so to whoever looks.
  const { project: of } = await api.query<{ project: { sprints: { id: string }[] } }>('query ($key: String!) { project(key: $key) { sprints { id } } }', {
    key: project.key,
  });
  const sprint = `/sprints/${of.sprints[0]?.id}`;
  await go(manager, `${sprint}/daily`);
  await manager.getByText(/by Mia Member/).waitFor();
  await shot(manager, 'daily');
  expect(await axeViolations(manager)).toEqual([]);

  // It is completed: what is not done goes back.
  await go(manager, '/backlog');
  await manager.getByRole('button', { name: 'Complete sprint' }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Complete sprint' }).click();
  await manager.getByText('Sprint 1 is complete.').first().waitFor();

  // Notes are their writer's own until they are revealed; then they are voted for, and what is decided is a ticket.
  await go(manager, `${sprint}/retrospective`);
  await go(member, `${sprint}/retrospective`);
  await member.getByRole('textbox', { name: 'Add a note to “Went badly”' }).fill('The cache was cold each morning');
  await member.keyboard.press('Enter');
  await member.getByText('Only you see your notes until they are revealed.').waitFor();
  await manager.getByText('1 note of others is hidden.', { exact: false }).waitFor();
  expect(await manager.getByText('The cache was cold each morning').count()).toBe(0);
  await manager.getByRole('button', { name: 'Reveal notes' }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Reveal notes' }).click();
  await member.getByText('You have 3 votes left.').waitFor();
  await manager.getByRole('button', { name: /^Vote for “The cache was cold each morning”, 0/ }).click();
  await member.getByRole('button', { name: /^Vote for “The cache was cold each morning”, 1/ }).waitFor();
  await member.getByRole('textbox', { name: 'What is to be done?' }).fill('Warm it at night');
  await member.keyboard.press('Enter');
  await manager.getByRole('link', { name: /Warm it at night/ }).waitFor();
  await shot(manager, 'retro');
  expect(await axeViolations(manager)).toEqual([]);
  expect(stage.takeComplaints()).toEqual([]);
  await Promise.all([manager, member].map((page) => page.context().close()));
}, 120_000);

it('a rule is tried on the past, does what it says, and is taken back', async () => {
  const page = await stage.signedIn();
  await go(page, '/rules/new');
  await page.getByRole('textbox', { name: 'Name' }).fill('Say that it waits');
  await page.getByRole('combobox', { name: 'Event' }).click();
  await page.getByRole('option', { name: 'A ticket is made' }).click();
  await page.getByRole('textbox', { name: 'Text' }).fill('Who looks at it?');
  await page.getByRole('button', { name: 'Try it on the last 30 days' }).click();
  await page.getByText(/Nothing was written\./).waitFor();
  await shot(page, 'rule');
  expect(await axeViolations(page)).toEqual([]);
  await page.getByRole('button', { name: 'Create', exact: true }).click();
  await page.getByRole('button', { name: 'Switch on' }).click();
  await page.getByRole('button', { name: 'Switch off' }).waitFor();
  const { createTicket } = await api.query<{ createTicket: { key: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { key } }', {
    input: { projectId: project.id, type: 'TASK', title: 'Look at this' },
  });
  await go(page, '/rules');
  await page.getByRole('button', { name: `Take back Say that it waits ${createTicket.key}` }).click();
  await page.getByText('Taken back').first().waitFor();
  expect(stage.takeComplaints()).toEqual([]);
  await page.context().close();
}, 60_000);

it('an epic is carried on the timeline by keys and by hand, and has the same days wherever they are read', async () => {
  const { createTicket } = await api.query<{ createTicket: { id: string; key: string } }>(
    'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id key } }',
    { input: { projectId: project.id, type: 'EPIC', title: 'Fast answers', startDate: '2027-01-04', dueDate: '2027-02-05' } },
  );
  const days = async (): Promise<object> =>
    (await api.query<{ ticket: object }>('query ($key: String!) { ticket(key: $key) { startDate dueDate } }', { key: createTicket.key })).ticket;
  // The first and the last place of the earth where a day begins, and one without summer time.
  const pages = await Promise.all(['Pacific/Kiritimati', 'Asia/Shanghai', 'America/Los_Angeles'].map((timeZone) => stage.signedIn({ timeZone })));
  const [east, china, west] = pages as [Page, Page, Page];
  for (const page of pages) await go(page, '/timeline');
  const bar = (page: Page) => page.getByRole('slider', { name: /Fast answers/ });
  await bar(west).focus();
  for (const key of ['ArrowRight', 'PageDown', 'Enter']) await west.keyboard.press(key);
  for (const page of pages) await page.getByText('Jan 12, 2027 to Feb 13, 2027').first().waitFor();
  expect(await days()).toEqual({ startDate: '2027-01-12', dueDate: '2027-02-13' });

  // Let go three days on, it has moved by three days.
  const box = await bar(china).boundingBox();
  if (box === null) throw new Error('the bar is not shown');
  const [x, y, day] = [box.x + box.width / 2, box.y + box.height / 2, box.width / 33];
  await china.mouse.move(x, y);
  await china.mouse.down();
  await china.mouse.move(x + 3 * day, y, { steps: 5 });
  await china.mouse.up();
  for (const page of pages) await page.getByText('Jan 15, 2027 to Feb 16, 2027').first().waitFor();
  expect(await days()).toEqual({ startDate: '2027-01-15', dueDate: '2027-02-16' });
  await shot(east, 'timeline');
  expect(await axeViolations(east)).toEqual([]);

  // A sprint has the days that were chosen for it, wherever they were chosen.
  await go(east, '/backlog');
  await east.getByRole('button', { name: 'New sprint' }).click();
  await east.getByLabel('Name').fill('Of the east');
  await east.getByLabel('First day').fill('2027-11-20');
  await east.getByLabel('Last day').fill('2027-11-26');
  await east.getByRole('button', { name: 'Plan sprint' }).click();
  for (const page of pages) {
    await go(page, '/sprints');
    await page.getByRole('row').filter({ hasText: 'Of the east' }).getByText('Nov 20, 2027 to Nov 26, 2027').waitFor();
  }
  expect(stage.takeComplaints()).toEqual([]);
  await Promise.all(pages.map((one) => one.context().close()));
}, 90_000);
