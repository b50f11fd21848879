import fc from 'fast-check';
import type { GraphQLSchema } from 'graphql';
import { signedInAs, buildUser, type BuiltUser } from '../factories/people.ts';
import { memberOf } from '../factories/board.ts';
import { buildRun } from '../factories/training.ts';
import { TestRunner } from '../runner.ts';
import { TestTrainyard } from '../trainyard.ts';
import { DEFAULT_LIMITS } from '../../src/platform/limits.ts';
import { inputs, type Input } from './inputs.ts';

/** `npm run fuzz` sets both; a failure prints what repeats it. */
const RUNS = Number(process.env['TRAINYARD_FUZZ_RUNS'] ?? 2_000);
const SEED = Number(process.env['TRAINYARD_FUZZ_SEED'] ?? 20_261_128);
const MINUTES = 60_000;
/** Of memory that stays after all of it; one kept answer of each would be far more. */
const MOST_KEPT_BYTES = 150 * 1024 ** 2;
/** Words of a stack, and places of this machine. */
const TRACE = /\n\s+at |node_modules|\/src\/|file:\/\//;

describe('whatever anybody sends', () => {
  let trainyard: TestTrainyard;
  let runner: TestRunner;
  const people = new Map<Input['by'], BuiltUser>();
  const headers = new Map<Input['by'], Record<string, string>>();
  let sent = 0;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, strangersPerMinute: 1_000_000 } });
    runner = await TestRunner.online(trainyard, { concurrency: 100 });
    people.set('OWNER', await buildUser(trainyard, { orgRole: 'OWNER' }));
  });
  afterAll(() => trainyard.stop());

  /** A session may have been ended by what was sent: it is opened anew every so often. */
  const headersOf = async (by: Input['by']): Promise<Record<string, string>> => {
    if (by === 'RUNNER') return { authorization: `Bearer ${runner.token}` };
    const person = people.get(by);
    if (!person) return { 'x-trainyard-csrf': '1' };
    if (sent % 200 === 0 || !headers.has(by)) headers.set(by, (await signedInAs(trainyard, person.id)).headers);
    return headers.get(by) ?? {};
  };

  /** What is wrong with the answer; null where nothing is. */
  const fault = async (input: Input): Promise<string | null> => {
    const { 'content-type': _, ...rest } = await headersOf(input.by);
    sent += 1;
    const answer = await fetch(trainyard.url + input.path, { method: input.method, headers: { ...rest, ...(input.type === null || input.type === '' ? {} : { 'content-type': input.type }) }, body: input.body, redirect: 'manual' });
    const text = await answer.text();
    if (answer.status >= 500 && answer.status !== 503) return `${answer.status} ${text}`;
    // What a caller sent may come back to them in an answer; a trace of ours may not.
    if (text.includes('"code":"INTERNAL"') || TRACE.test(text.replaceAll('\\n', '\n'))) return text.slice(0, 500);
    return null;
  };

  it(`is answered with what is wrong with it: ${RUNS} inputs of seed ${SEED}`, async () => {
    const run = await buildRun(trainyard);
    const { claim, project } = { claim: await runner.claim(run.attemptId), project: run.ticket.project };
    expect(claim.epoch).toBe(1);
    people.set('MEMBER', (await memberOf(trainyard, project, 'LEAD')).user);
    const { schema } = (trainyard.app.getHttpAdapter().getInstance() as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
    const known = { ids: [run.id, run.ticket.id, run.datasetId, project.id, project.boardId, project.teamId, ...project.columns, people.get('MEMBER')?.id ?? ''], attemptId: run.attemptId, runnerId: runner.id };
    globalThis.gc?.();
    const before = process.memoryUsage().heapUsed;
    await fc.assert(
      fc.asyncProperty(inputs(schema, known), async (input) => {
        const found = await fault(input);
        if (found !== null) throw new Error(`${input.by} ${input.method} ${input.path} (${input.type})\n${input.body}\nwas answered: ${found}`);
      }),
      { numRuns: RUNS, seed: SEED, endOnFailure: true },
    );
    expect((await fetch(`${trainyard.url}/health`)).status).toBe(200);
    globalThis.gc?.();
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_KEPT_BYTES);
  }, 60 * MINUTES);
});
