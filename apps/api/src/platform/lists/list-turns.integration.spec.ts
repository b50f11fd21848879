import { buildTickets, memberOf, type BuiltProject } from '../../../test/factories/board.ts';
import { hold, untilWaiting, waiting } from '../../../test/locks.ts';
import { someone } from '../../../test/factories/people.ts';
import type { GraphqlClient } from '../../../test/client.ts';
import { TestTrainyard } from '../../../test/trainyard.ts';
import { LISTS_EACH } from './list-turns.ts';

describe('lists that take long', () => {
  let trainyard: TestTrainyard;
  let project: BuiltProject;
  beforeAll(async () => {
    trainyard = await TestTrainyard.start();
    ({ project } = await buildTickets(trainyard, 2));
  });
  afterAll(() => trainyard.stop());

  const many = async (client: GraphqlClient, asked: string): Promise<number> => {
    const fields = Array.from({ length: 8 }, (_, i) => `a${i}: tickets(${asked}, projectId: "${project.id}") { totalCount }`);
    return Object.keys(await client.ask(`{ ${fields.join(' ')} }`)).length;
  };

  it.each(['query: ""', 'search: "Ticket"'])(
    'are looked for a few at once of each person, and leave half of the connections to all else: %s',
    async (asked) => {
      const people = await Promise.all(Array.from({ length: 4 }, async () => (await memberOf(trainyard, project)).client));
      const other = (await someone(trainyard)).client;
      const half = trainyard.database.connections / 2;
      expect(people.length * LISTS_EACH).toBeGreaterThan(half);
      const release = await hold(trainyard, (tx) => tx.query('LOCK TABLE ticket IN ACCESS EXCLUSIVE MODE'));
      try {
        const [first, ...others] = people;
        const answers = [many(first!, asked)];
        await untilWaiting(trainyard, LISTS_EACH);
        // Whatever would come beyond was asked for before this.
        await other.ask('{ viewer { user { id } } }');
        expect(await waiting(trainyard)).toBe(LISTS_EACH);
        answers.push(...others.map((client) => many(client, asked)));
        await untilWaiting(trainyard, half);
        await Promise.all(Array.from({ length: 3 }, () => other.ask('{ viewer { user { id } } }')));
        expect(await waiting(trainyard)).toBe(half);
        await release();
        expect(await Promise.all(answers)).toEqual([8, 8, 8, 8]);
      } finally {
        await release().catch(() => undefined);
      }
    },
  );
});
