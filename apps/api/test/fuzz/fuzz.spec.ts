import { Logger } from '@nestjs/common';
import fc from 'fast-check';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { WebSocket } from 'ws';
import { signedInAs, buildUser, type BuiltUser } from '../factories/people.ts';
import { memberOf } from '../factories/board.ts';
import { buildRun } from '../factories/training.ts';
import { TestRunner } from '../runner.ts';
import { TestTrainyard } from '../trainyard.ts';
import { DEFAULT_LIMITS } from '../../src/platform/http/limits.ts';
import { inputs, type Input, type RequestInput, type Sender, type SocketInput } from './inputs.ts';

/** `npm run fuzz` sets both; a failure prints what repeats it. */
const RUNS = Number(process.env['TRAINYARD_FUZZ_RUNS'] ?? 2_000);
const SEED = Number(process.env['TRAINYARD_FUZZ_SEED'] ?? 20_261_128);
/** Sent side by side: the server waits for its database most of the time. */
const AT_ONCE = 20;
const MINUTES = 60_000;
/** Of memory that stays after all of it; one kept answer of each would be far more. */
const MOST_KEPT_BYTES = 150 * 1024 ** 2;
/** Words of a stack, and places of this machine. */
const TRACE = /\n\s+at |node_modules|\/src\/|file:\/\//;
/** The last word over a socket: its answer comes after those to all before it. */
const LAST = JSON.stringify({ type: 'ping', payload: { last: true } });

describe('whatever anybody sends', () => {
  let trainyard: TestTrainyard;
  let fastify: FastifyInstance;
  let runner: TestRunner;
  const people = new Map<Sender, BuiltUser>();
  const headers = new Map<Sender, Record<string, string>>();
  /** What the log says is our fault. */
  const complaints: string[] = [];
  const logged = Logger.prototype.error;
  beforeAll(async () => {
    Logger.prototype.error = (message: unknown) => void complaints.push(String(message));
    trainyard = await TestTrainyard.start({ limits: { ...DEFAULT_LIMITS, strangersPerMinute: 1_000_000 } });
    fastify = trainyard.app.getHttpAdapter().getInstance();
    runner = await TestRunner.online(trainyard, { concurrency: 100 });
    people.set('OWNER', await buildUser(trainyard, { orgRole: 'OWNER' }));
  });
  afterAll(async () => {
    Logger.prototype.error = logged;
    await trainyard.stop();
  });

  /** A session may have been ended by what was sent: each batch begins with new ones. */
  const signIn = async (): Promise<void> => {
    for (const [by, { id }] of people) {
      const { 'content-type': _, ...rest } = (await signedInAs(trainyard, id)).headers;
      headers.set(by, rest);
    }
  };

  const answerTo = async ({ by, method, path, type, body }: RequestInput): Promise<string | null> => {
    const answer = await fastify.inject({
      method,
      url: path,
      headers: { host: 'localhost', ...headers.get(by), ...(type === null || type === '' ? {} : { 'content-type': type }) },
      ...(body === null ? {} : { payload: body }),
    });
    return answer.statusCode >= 500 ? `${answer.statusCode} ${answer.body}` : ours(answer.body);
  };

  const answersTo = async ({ by, messages }: SocketInput): Promise<string | null> => {
    const socket = new WebSocket(`${trainyard.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers: headers.get(by) });
    const told: string[] = [];
    await new Promise<void>((resolve, reject) => {
      socket.on('open', () => {
        for (const message of [...messages, LAST]) socket.send(message);
      });
      socket.on('message', (data) => {
        told.push(String(data));
        if (told.at(-1) === JSON.stringify({ type: 'pong', payload: { last: true } })) resolve();
      });
      socket.on('close', resolve);
      socket.on('error', reject);
    });
    socket.terminate();
    return ours(told.join('\n'));
  };

  /** What a caller sent may come back to them in an answer; a fault or a trace of ours may not. */
  const ours = (text: string): string | null =>
    /"code":"(INTERNAL|UNAVAILABLE)"/.test(text) || TRACE.test(text.replaceAll('\\n', '\n')) ? text.slice(0, 500) : null;

  const demandAnswer = async (input: Input): Promise<void> => {
    const fault = 'messages' in input ? await answersTo(input) : await answerTo(input);
    if (fault !== null) throw new Error(`${JSON.stringify(input)}\nwas answered: ${fault}`);
  };

  it(
    `is answered with what is wrong with it: ${RUNS} inputs of seed ${SEED}`,
    async () => {
      const run = await buildRun(trainyard);
      const { claim, project } = { claim: await runner.claim(run.attemptId), project: run.ticket.project };
      expect(claim.claim).toBe(1);
      people.set('MEMBER', (await memberOf(trainyard, project, 'LEAD')).user);
      headers.set('STRANGER', { 'x-trainyard-csrf': '1' });
      headers.set('RUNNER', { authorization: `Bearer ${runner.token}` });
      const { schema } = (fastify as unknown as { graphql: { schema: GraphQLSchema } }).graphql;
      const known = {
        ids: [run.id, run.ticket.id, run.datasetId, project.id, project.boardId, project.teamId, ...project.columns, people.get('MEMBER')?.id ?? ''],
        attemptId: run.attemptId,
        runnerId: runner.id,
      };
      globalThis.gc?.();
      const before = process.memoryUsage().heapUsed;
      await fc.assert(
        fc.asyncProperty(fc.array(inputs(schema, known), { minLength: AT_ONCE, maxLength: AT_ONCE, size: 'max' }), async (batch) => {
          await signIn();
          await Promise.all(batch.map(demandAnswer));
          if (complaints.length > 0)
            throw new Error(`the log says of one of these: ${complaints.join('\n')}\n${batch.map((input) => JSON.stringify(input)).join('\n')}`);
        }),
        { numRuns: RUNS / AT_ONCE, seed: SEED, endOnFailure: true, verbose: 0 },
      );
      expect((await fetch(`${trainyard.url}/health`)).status).toBe(200);
      globalThis.gc?.();
      expect(process.memoryUsage().heapUsed - before).toBeLessThan(MOST_KEPT_BYTES);
    },
    60 * MINUTES,
  );
});
