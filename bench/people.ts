import { setTimeout as delay } from 'node:timers/promises';
import { chromium } from 'playwright-core';
import { withClient } from '../infra/local/connection.ts';
import { ApiClient, ApiRefusal } from '../infra/test/api-client.ts';
import { BROWSER_ARGUMENTS, findBrowser, HOW_TO_GET_A_BROWSER } from '../infra/test/browser.ts';
import { waitFor } from '../infra/test/wait-for.ts';
import { boardQuery } from './board-open.ts';
import { BoardScreen } from './browser/board-screen.ts';
import { residentMiB } from './machine.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

const PEOPLE = 50;
const MINUTES = 5;
const TICKETS = 400;
/** Between two acts of a person. */
const PAUSE_MS = { least: 1_000, more: 3_000 };
/** What people are told when somebody else was quicker: no error of ours. */
const TOO_LATE = new Set(['STALE_VERSION', 'NEIGHBOUR_GONE']);
const PASSWORD = 'long words for a simulated person';

interface Place {
  projectId: string;
  boardId: string;
  columnIds: string[];
  running: string;
  planned: string;
  ticketIds: string[];
}
interface Told {
  ms: number[];
  late: number;
  failures: string[];
  comments: number;
}

/** Fifty people move, edit, plan, comment and read in one project; two browsers look on. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const executablePath = findBrowser();
  if (executablePath === null) throw new Error(HOW_TO_GET_A_BROWSER);
  const trainyard = await stage.trainyard();
  if (trainyard.signIn === null) throw new Error('The bench needs the demonstration workspace');
  const owner = await stage.owner();
  const place = await makePlace(owner);
  const people = await invite(owner, trainyard.url);
  const browser = await chromium.launch({ executablePath, args: BROWSER_ARGUMENTS });
  try {
    const address = { baseUrl: trainyard.url, ...trainyard.signIn, projectKey: 'PPL', boardId: place.boardId };
    const screens = [await BoardScreen.prepare(browser, address), await BoardScreen.prepare(browser, address)];
    for (const screen of screens) await screen.page.goto(`${trainyard.url}/projects/PPL/board/${place.boardId}`);
    const memory = (): number => residentMiB(trainyard.supervisor.pid('api') ?? 0);
    const told: Told = { ms: [], late: 0, failures: [], comments: 0 };
    const until = Date.now() + MINUTES * 60_000;
    const working = Promise.all(people.map((person) => work(person, place, until, told)));
    await delay((MINUTES * 60_000) / 3);
    const early = memory();
    await working;
    const late = memory();
    const differences = await faults(trainyard.databaseUrl, place, told);
    const shown = (): Promise<string[]> => Promise.all(screens.map(({ page }) => page.locator('main').innerText()));
    const equal = await waitFor('two browsers to show the same', async () => new Set(await shown()).size === 1, 20_000, 500).then(
      () => 0,
      () => 1,
    );
    return [
      atMost(
        `errors that ${PEOPLE} people saw in ${MINUTES} minutes`,
        '',
        0,
        told.failures.length,
        told.failures.slice(0, 3).join('; ') || `${told.ms.length} acts, ${told.late} too late`,
      ),
      atMost('  an act', 'ms p95', null, percentile(told.ms, 0.95), spread(told.ms)),
      atMost('  things lost, doubled or told otherwise', '', 0, differences.length, differences.join('; ')),
      atMost('  browsers that show something else at the end', '', 0, equal),
      atMost('  memory of the api at the end, by that after a third', 'times', 1.25, late / early, `${early.toFixed(0)} MiB, ${late.toFixed(0)} MiB`),
    ];
  } finally {
    await browser.close();
  }
}

async function makePlace(owner: ApiClient): Promise<Place> {
  const { teams } = await owner.query<{ teams: { id: string }[] }>('{ teams { id } }');
  const { createProject: project } = await owner.query<{ createProject: { id: string; boards: { id: string; columns: { id: string }[] }[] } }>(
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id boards { id columns { id } } } }',
    { input: { key: 'PPL', name: 'Fifty people', visibility: 'OPEN', teamId: teams[0]?.id, boardKind: 'SCRUM' } },
  );
  const [board] = project.boards;
  if (!board) throw new Error('A new project has no board');
  const ticketIds: string[] = [];
  for (let n = 1; n <= TICKETS; n++) {
    const { createTicket } = await owner.query<{ createTicket: { id: string } }>(
      'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }',
      {
        input: { projectId: project.id, title: `Ticket ${n} of fifty people`, type: 'TASK', points: n % 8 },
      },
    );
    ticketIds.push(createTicket.id);
  }
  const sprint = async (name: string): Promise<{ id: string; version: number }> =>
    (
      await owner.query<{ createSprint: { id: string; version: number } }>(
        'mutation ($input: CreateSprintInput!) { createSprint(input: $input) { id version } }',
        {
          input: { boardId: board.id, name, startsOn: '2026-01-05', endsOn: '2026-01-16' },
        },
      )
    ).createSprint;
  const [running, planned] = [await sprint('Runs'), await sprint('Is planned')];
  await owner.query('mutation ($ids: [ID!]!, $id: ID) { planTickets(ids: $ids, sprintId: $id) { id } }', { ids: ticketIds.slice(0, 60), id: running.id });
  await owner.query('mutation ($id: ID!, $version: Int!) { startSprint(id: $id, version: $version) { id } }', { ...running });
  return { projectId: project.id, boardId: board.id, columnIds: board.columns.map(({ id }) => id), running: running.id, planned: planned.id, ticketIds };
}

async function invite(owner: ApiClient, url: string): Promise<ApiClient[]> {
  const people: ApiClient[] = [];
  for (let n = 1; n <= PEOPLE; n++) {
    const email = `person-${n}@bench.example`;
    await owner.query('mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }', {
      input: { name: `Person ${n}`, email, password: PASSWORD, orgRole: 'MEMBER' },
    });
    people.push(await ApiClient.signIn(url, email, PASSWORD));
  }
  return people;
}

const some = <T>(of: readonly T[]): T => of[Math.floor(Math.random() * of.length)] as T;

/** What a person does, the often done more often. */
const ACTS: readonly ((person: ApiClient, place: Place, told: Told) => Promise<unknown>)[] = [
  ...Array.from(
    { length: 4 },
    () =>
      (person: ApiClient, { ticketIds, columnIds }: Place) =>
        person.query('mutation ($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId, afterId: null) { id } }', {
          id: some(ticketIds),
          columnId: some(columnIds),
        }),
  ),
  ...Array.from({ length: 3 }, () => edit),
  (person, { boardId }) => person.query(boardQuery(), { id: boardId, limit: 20 }),
  (person, { projectId, planned }) =>
    person.query('query ($p: ID!, $q: String!) { tickets(projectId: $p, query: $q, first: 50) { nodes { id title } } }', {
      p: projectId,
      q: `sprint:${planned} sort:backlog`,
    }),
  (person, { running }) => person.query('query ($id: ID!) { sprintReport(sprintId: $id) { days { day burn { remaining } } } }', { id: running }),
  (person, { ticketIds, running, planned }) =>
    person.query('mutation ($ids: [ID!]!, $s: ID) { planTickets(ids: $ids, sprintId: $s) { id } }', {
      ids: [some(ticketIds), some(ticketIds)],
      s: some([running, planned, null]),
    }),
  (person, { ticketIds }) => person.query('mutation ($id: ID!) { changeTickets(changes: [{ id: $id, backlog: {} }]) { id } }', { id: some(ticketIds) }),
  async (person, { ticketIds }, told) => {
    await person.query('mutation ($id: ID!, $body: String!) { addComment(ticketId: $id, body: $body) { id } }', {
      id: some(ticketIds),
      body: 'Said by fifty.',
    });
    told.comments += 1;
  },
];

async function edit(person: ApiClient, { ticketIds }: Place): Promise<unknown> {
  const id = some(ticketIds);
  const { ticket } = await person.query<{ ticket: { version: number } }>('query ($id: ID!) { ticket(id: $id) { version } }', { id });
  return person.query('mutation ($id: ID!, $version: Int!, $input: UpdateTicketInput!) { updateTicket(id: $id, version: $version, input: $input) { id } }', {
    id,
    version: ticket.version,
    input: { points: Math.floor(Math.random() * 13) },
  });
}

async function work(person: ApiClient, place: Place, until: number, told: Told): Promise<void> {
  await delay(Math.random() * PAUSE_MS.more);
  while (Date.now() < until) {
    const began = performance.now();
    try {
      await some(ACTS)(person, place, told);
      told.ms.push(performance.now() - began);
    } catch (error) {
      if (error instanceof ApiRefusal && TOO_LATE.has(error.code)) told.late += 1;
      else told.failures.push(error instanceof Error ? error.message : String(error));
    }
    await delay(PAUSE_MS.least + Math.random() * PAUSE_MS.more);
  }
}

/** What the database says against itself: tickets against their log, columns against their cards, comments against what was said. */
async function faults(databaseUrl: string, { projectId, boardId }: Place, told: Told): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const last = (field: string): string =>
      `(SELECT a.changes #>> '{${field},to}' FROM activity a WHERE a.ticket_id = t.id AND a.entity = 'TICKET' AND a.changes ? '${field}' ORDER BY a.seq DESC LIMIT 1)`;
    const counts: Record<string, string> = {
      'points against the log': `SELECT count(*) FROM ticket t WHERE t.project_id = $1 AND t.points IS DISTINCT FROM ${last('points')}::float8`,
      'sprints against the log': `SELECT count(*) FROM ticket t WHERE t.project_id = $1 AND t.sprint_id::text IS DISTINCT FROM ${last('sprintId')}`,
      'columns against the log': `SELECT count(*) FROM ticket t LEFT JOIN placement k ON k.ticket_id = t.id WHERE t.project_id = $1 AND k.column_id::text IS DISTINCT FROM ${last('columnId')}`,
      'states against the log': `SELECT count(*) FROM ticket t WHERE t.project_id = $1 AND t.state IS DISTINCT FROM ${last('state')}`,
      'counts of columns': `SELECT count(*) FROM board_column c WHERE c.board_id = $2 AND $1::uuid IS NOT NULL AND c.ticket_count <> (SELECT count(*) FROM placement k WHERE k.column_id = c.id AND NOT k.hidden)`,
      'ranks of one column that are the same': `SELECT count(*) FROM (SELECT FROM placement k WHERE k.board_id = $2 AND $1::uuid IS NOT NULL GROUP BY k.column_id, k.rank HAVING count(*) > 1) same`,
      'gaps in the log': `SELECT s.seq - count(a.seq) FROM activity_scope s LEFT JOIN activity a ON a.scope = s.id WHERE s.id = $1 GROUP BY s.seq`,
    };
    const found: string[] = [];
    for (const [what, sql] of Object.entries(counts)) {
      const { rows } = await client.query<{ count: string }>(
        `SELECT n::int AS count FROM (${sql}) q (n)`,
        sql.includes('$2') ? [projectId, boardId] : [projectId],
      );
      if (Number(rows[0]?.count) !== 0) found.push(`${what}: ${rows[0]?.count}`);
    }
    const { rows } = await client.query<{ count: number }>(
      'SELECT count(*)::int AS count FROM comment c JOIN ticket t ON t.id = c.subject_id WHERE t.project_id = $1 AND c.deleted_at IS NULL',
      [projectId],
    );
    if (rows[0]?.count !== told.comments) found.push(`comments: ${rows[0]?.count} of ${told.comments}`);
    return found;
  });
}
