import { Logger } from '@nestjs/common';
import { someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { publicError } from '../http/errors.filter.ts';
import { SparingLog } from '../sparing-log.ts';

describe('a database that is away', () => {
  let trainyard: TestTrainyard;
  let client: GraphqlClient;
  const lines: string[] = [];
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    ({ client } = await someone(trainyard));
    trainyard.app.useLogger({ log: () => undefined, warn: (line: string) => lines.push(line), error: (line: string) => lines.push(`ERROR ${line}`) });
  });
  afterAll(() => trainyard.stop());
  afterEach(() => Logger.overrideLogger(false));

  it.each([
    ['has no connection left', Object.assign(new Error('sorry, too many clients already'), { code: '53300' })],
    [
      'keeps its last connections for others',
      Object.assign(new Error('remaining connection slots are reserved for roles with the SUPERUSER attribute'), { code: '53300' }),
    ],
    [
      'is not there',
      Object.assign(
        new AggregateError([
          Object.assign(new Error('connect ECONNREFUSED ::1:5432'), { code: 'ECONNREFUSED' }),
          Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' }),
        ]),
        { code: 'ECONNREFUSED' },
      ),
    ],
    ['does not answer in time', new Error('timeout exceeded when trying to connect')],
    ['starts', Object.assign(new Error('the database system is starting up'), { code: '57P03' })],
    ['hung up', new Error('Connection terminated unexpectedly')],
  ])('is UNAVAILABLE, and no stack, when it %s', async (_, error) => {
    expect(publicError(error)).toMatchObject({ code: 'UNAVAILABLE', status: 503 });
    const { source } = trainyard.database;
    const original = source.createQueryRunner.bind(source);
    source.createQueryRunner = (mode) => {
      const runner = original(mode);
      runner.query = () => Promise.reject(error);
      runner.connect = () => Promise.reject(error);
      return runner;
    };
    lines.length = 0;
    const from = performance.now();
    const codes = await Promise.all(Array.from({ length: 100 }, () => client.send('{ viewer { locale } }').then((answer) => answer.codes[0])));
    source.createQueryRunner = original;
    expect(new Set(codes)).toEqual(new Set(['UNAVAILABLE']));
    expect(lines.filter((line) => line.includes('ERROR'))).toEqual([]);
    // Of a hundred: the first, and then one a second.
    expect(lines.length).toBeLessThanOrEqual(2 + (performance.now() - from) / 1_000);
    expect((await client.send('{ viewer { locale } }')).codes).toEqual([]);
  });
});

describe('a sparing log', () => {
  it('says the first at once, and in the next turn how many there were', async () => {
    const said: string[] = [];
    let heard = (): void => undefined;
    const log = new SparingLog((line) => {
      said.push(line);
      heard();
    }, 50);
    for (let i = 1; i <= 100; i++) log.tell('away', `line ${i}`);
    log.tell('host', 'another');
    expect(said).toEqual(['line 1', 'another']);
    await new Promise<void>((resolve) => (heard = resolve));
    expect(said.slice(2)).toEqual(['line 100 (99 times in the last second)']);
  });
});
