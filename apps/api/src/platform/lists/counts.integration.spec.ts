import { buildTickets, memberOf } from '../../../test/factories/board.ts';
import { someone } from '../../../test/factories/people.ts';
import { buildDataset, buildRun } from '../../../test/factories/training.ts';
import { hold, untilWaiting, waiting } from '../../../test/locks.ts';
import { CPU_ENGINE, TestRunner } from '../../../test/runner.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { LISTS_EACH } from './list-turns.ts';

let trainyard: TestTrainyard;
beforeAll(async () => {
  trainyard = await TestTrainyard.start();
});
afterAll(() => trainyard.stop());

/** More often than there are connections. */
const often = (field: string): string => Array.from({ length: 12 }, (_, i) => `a${i}: ${field}`).join(' ');

it.each([
  ['what needs attention', () => often('attention { count }')],
  ['a day', () => often('sinceYesterday { numbers { count } changes { ticketKey } }')],
  ['a week', () => often('week { numbers { count } }')],
  ['what machines did', () => often('compute { trainedMs numbers { count } }')],
  ['health and the best run', (id: string) => often(`project(id: "${id}") { health { level } progress { open } best { value } }`)],
])('what is counted over all there is takes the turns of lists: %s', async (_, fields) => {
  const { project } = await buildTickets(trainyard, 1);
  const { client } = await memberOf(trainyard, project);
  const other = (await someone(trainyard)).client;
  const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE ticket, run, activity IN ACCESS EXCLUSIVE MODE'));
  try {
    const answers = [1, 2].map(() => client.ask(`{ ${fields(project.id)} }`));
    await untilWaiting(trainyard, LISTS_EACH);
    // Whatever would come beyond was asked for before this.
    for (let i = 0; i < 3; i++) await other.ask('{ viewer { user { id } } }');
    expect(await waiting(trainyard)).toBe(LISTS_EACH);
    await release();
    expect((await Promise.all(answers)).map((answer) => Object.keys(answer).length)).toEqual([12, 12]);
  } finally {
    await release().catch(() => undefined);
  }
});

it('what a run meets in the queue takes them, too', async () => {
  const { project, ids } = await buildTickets(trainyard, 1);
  const { client } = await memberOf(trainyard, project);
  const other = (await someone(trainyard)).client;
  await TestRunner.online(trainyard, { engines: [CPU_ENGINE] });
  const outlook = `queueOutlook(ticketId: "${ids[0]}", datasetId: "${await buildDataset(trainyard)}", template: NET_2_3_1, engine: AUTO, dropout: false) { waiting }`;
  const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE run IN ACCESS EXCLUSIVE MODE'));
  try {
    const answers = [1, 2].map(() => client.ask(`{ ${often(outlook)} }`));
    await untilWaiting(trainyard, LISTS_EACH);
    for (let i = 0; i < 3; i++) await other.ask('{ viewer { user { id } } }');
    expect(await waiting(trainyard)).toBe(LISTS_EACH);
    await release();
    await Promise.all(answers);
  } finally {
    await release().catch(() => undefined);
  }
});

it('the best run like another is looked for in them, and waits where all are taken', async () => {
  const { id, member } = await buildRun(trainyard);
  const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE dataset IN ACCESS EXCLUSIVE MODE'));
  try {
    const lists = member.ask(`{ ${Array.from({ length: LISTS_EACH }, (_, i) => `a${i}: datasets(query: "") { totalCount }`).join(' ')} }`);
    await untilWaiting(trainyard, LISTS_EACH);
    let found = false;
    const best = member.ask(`{ run(id: "${id}") { bestLike { id } } }`).then(() => (found = true));
    for (let i = 0; i < 10; i++) await member.ask(`{ run(id: "${id}") { before { id } } }`);
    expect(found).toBe(false);
    await release();
    await Promise.all([lists, best]);
  } finally {
    await release().catch(() => undefined);
  }
});
