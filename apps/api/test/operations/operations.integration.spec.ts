import { PERMISSIONS } from '@trainyard/domain';
import type { FastifyInstance, InjectOptions, RouteOptions } from 'fastify';
import { GraphqlClient } from '../client.ts';
import { buildTeam, signedInAs } from '../factories/people.ts';
import { Subscriber } from '../subscriber.ts';
import { TestTrainyard } from '../trainyard.ts';
import { everybody, proveLongAgo, type Asker } from './actors.ts';
import { ask, documentFor, fieldsOf, schemaOf, type Kind, type Variables } from './ask.ts';
import { assertRefused } from './assert-mutation.ts';
import { scopeOf, type Case, type MutationCase, type Place } from './case.ts';
import { expectedRefusal, type Refusal } from './expected.ts';
import { MUTATIONS } from './mutations.ts';
import { buildPlace } from './place.ts';
import { QUERIES } from './queries.ts';
import { ROUTES, RUNNER_ROUTES } from './routes.ts';
import { SUBSCRIPTIONS } from './subscriptions.ts';

let trainyard: TestTrainyard;
let askers: Asker[];
let places: Place[];
const routes: string[] = [];
const inject = (options: InjectOptions) => (trainyard.app.getHttpAdapter().getInstance() as unknown as FastifyInstance).inject(options);

beforeAll(async () => {
  trainyard = await TestTrainyard.start({}, (fastify) => {
    fastify.addHook('onRoute', (route: RouteOptions) => {
      for (const method of [route.method].flat()) if (method !== 'HEAD' && method !== 'OPTIONS') routes.push(`${method} ${route.url}`);
    });
  });
  const { id: teamId } = await buildTeam(trainyard);
  const people = await everybody(trainyard, teamId, (await buildTeam(trainyard)).id);
  askers = people.askers;
  places = [
    await buildPlace(trainyard, teamId, 'OPEN', people.maker),
    await buildPlace(trainyard, teamId, 'PRIVATE', people.insider),
    await buildPlace(trainyard, teamId, 'OPEN', people.demoted),
  ];
});
afterAll(() => trainyard.stop());

const casesOf = <C extends Case>(all: Record<string, C | C[]>): [string, C][] =>
  Object.entries(all).flatMap(([name, cases]) => (Array.isArray(cases) ? cases : [cases]).map((each): [string, C] => [name, each]));
/** In an open and a private project, and where it matters who made a thing, also on that of somebody who may now only read. */
const placesOf = ({ on, demands }: Case): Place[] => {
  const own = demands.some((demand) => OWN_RIGHTS.has(demand));
  return places.filter((_, i) => i === 0 || (i === 1 && on === 'PROJECT') || (i === 2 && own && on !== 'SELF'));
};
const OWN_RIGHTS = new Set(
  Object.values(PERMISSIONS).flatMap((table) => Object.entries(table).flatMap(([permission, grant]) => ('own' in grant ? [permission] : []))),
);
const refusalOf = (kind: Kind | 'route', each: Case, at: Place, asker: Asker): Refusal | null =>
  expectedRefusal(kind, each.demands, asker, scopeOf(each.on, at, asker)) ?? each.also?.(asker, at) ?? null;

describe('whatever can be asked has an expectation here:', () => {
  it.each([
    ['query', QUERIES],
    ['mutation', MUTATIONS],
    ['subscription', SUBSCRIPTIONS],
  ] as const)('each %s', (kind, cases) => {
    expect(Object.keys(cases).toSorted()).toEqual(Object.keys(fieldsOf(schemaOf(trainyard), kind)).toSorted());
  });

  it('each route', () => {
    expect(routes.filter((route) => !RUNNER_ROUTES.test(route) && !route.endsWith(' /graphql')).toSorted()).toEqual(Object.keys(ROUTES).toSorted());
  });
});

describe('everybody is answered, or refused, exactly as the permission table says:', () => {
  it.each(casesOf(QUERIES))('query %s', async (name, each) => {
    const wrong: unknown[] = [];
    for (const at of placesOf(each)) {
      const variables = await each.try(at);
      for (const asker of askers) {
        const { value, error } = await ask(trainyard, asker, 'query', name, variables);
        const expected = refusalOf('query', each, at, asker);
        const told = error ?? (value === null ? 'NULL' : null);
        if (JSON.stringify(told) !== JSON.stringify(expected?.code === 'NOT_FOUND' && each.nullable ? 'NULL' : expected))
          wrong.push({ asker: asker.name, on: at.visibility, expected, told });
      }
    }
    expect(wrong).toEqual([]);
  });

  const tryMutation = async (name: string, each: MutationCase): Promise<void> => {
    for (const at of placesOf(each)) {
      const refused: Parameters<typeof assertRefused>[2][number][] = [];
      const allowed: { asker: Asker; variables: Variables }[] = [];
      let asked = await each.try(at);
      if (each.endsSessions) await signInAgain();
      await proveLongAgo(trainyard, askers);
      for (const asker of askers) {
        const refusal = refusalOf('mutation', each, at, asker);
        // Where only oneself is concerned, everybody tries with their own.
        if (each.on === 'SELF') asked = await each.try(at, asker);
        if (refusal) refused.push({ asker, variables: asked, refusal });
        else allowed.push({ asker, variables: asked });
      }
      // Rights come before the version: whoever may not is told that, of a version that is stale, too.
      const versioned = 'version' in asked;
      if (versioned) refused.push(...refused.map((one) => ({ ...one, variables: { ...one.variables, version: -1 } })));
      await assertRefused(trainyard, name, refused);
      const wrong: unknown[] = [];
      for (const { asker, variables } of allowed) {
        // Of an older version nothing comes but this refusal: it is told to nobody without the right.
        const { error } = await ask(trainyard, asker, 'mutation', name, versioned ? { ...variables, version: -1 } : variables);
        const fine = versioned ? error?.code === 'STALE_VERSION' : error === null || (each.usedUp as string[] | undefined)?.includes(error.code);
        if (!fine) wrong.push({ asker: asker.name, on: at.visibility, expected: null, told: error });
        if (!versioned && each.on !== 'SELF') Object.assign(asked, await each.try(at));
      }
      expect(wrong).toEqual([]);
    }
  };
  const mutations = casesOf(MUTATIONS);
  it.each(mutations.filter(([, each]) => !each.endsSessions))('mutation %s', tryMutation);

  it.each(casesOf(SUBSCRIPTIONS))('subscription %s', async (name, each) => {
    const wrong: unknown[] = [];
    for (const at of placesOf(each)) {
      const variables = await each.try(at);
      await Promise.all(
        askers.map(async (asker) => {
          const expected = refusalOf('subscription', each, at, asker)?.code ?? null;
          const told = await subscribed(asker, name, variables);
          // An invalid token does not even get a socket.
          const socketRefused = expected === 'UNAUTHENTICATED' && asker.headers['authorization'] !== undefined && told !== null;
          if (told !== expected && !socketRefused) wrong.push({ asker: asker.name, on: at.visibility, expected, told });
        }),
      );
    }
    expect(wrong).toEqual([]);
  });

  it('routes', async () => {
    const wrong: unknown[] = [];
    for (const [route, { demands, on, url }] of Object.entries(ROUTES)) {
      const each: Case = { demands: demands.filter((demand) => demand !== 'RUNNER'), on, try: () => ({}) };
      for (const at of placesOf(each)) {
        const address = typeof url === 'string' ? url : await url(at);
        for (const asker of askers) {
          const expected = refusalOf('route', each, at, asker);
          const method = route.split(' ')[0] as 'GET' | 'POST';
          const response = await inject({
            method,
            url: address,
            headers: { ...asker.headers, 'content-type': method === 'POST' ? 'application/octet-stream' : undefined },
            ...(method === 'POST' && { payload: 'a,b\n1,2\n' }),
          });
          const told = response.statusCode === 200 ? null : response.json<Refusal>();
          // What was never stored is gone for those who may ask for it.
          const fine =
            expected === null
              ? told === null || told.code === 'ARTIFACT_GONE'
              : told?.code === expected.code && JSON.stringify(told.params) === JSON.stringify(expected.params);
          if (!fine) wrong.push({ asker: asker.name, route, on: at.visibility, expected, told });
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it("the runners' routes refuse whoever is no runner, the organisation's owner too", async () => {
    const open: string[] = [];
    const theirs = routes.filter((route) => RUNNER_ROUTES.test(route));
    for (const route of theirs) {
      const [method, url] = route.split(' ') as ['GET' | 'POST' | 'PUT', string];
      for (const asker of askers) {
        const response = await inject({
          method,
          url: url.replaceAll(/:\w+/g, places[0]?.project.id ?? ''),
          headers: asker.headers,
          ...(method !== 'GET' && { payload: '{}' }),
        });
        if (response.statusCode !== 401) open.push(`${route} to ${asker.name}`);
      }
    }
    expect(open).toEqual([]);
    expect(theirs.length).toBeGreaterThan(3);
  });

  // Last: whoever asks is signed in no more.
  it.each(mutations.filter(([, each]) => each.endsSessions))('mutation %s', tryMutation);
});

/** A new session for whoever asks at a browser. */
async function signInAgain(): Promise<void> {
  for (const asker of askers) if (asker.actor && asker.actor.scopes === null) asker.headers = (await signedInAs(trainyard, asker.actor.userId)).headers;
}

/** The code a subscription was refused with; null: it began. */
async function subscribed({ headers }: Asker, name: string, variables: Variables): Promise<string | null> {
  const client = new GraphqlClient(trainyard.url);
  client.cookie = headers['cookie'] ?? null;
  client.token = headers['authorization']?.replace('Bearer ', '') ?? null;
  const subscriber = new Subscriber(client, documentFor(schemaOf(trainyard), 'subscription', name, variables), variables);
  await subscriber.until(({ ended, events }) => ended !== null || events.length > 0);
  await subscriber.stop();
  return subscriber.events.length > 0 ? null : (subscriber.ended?.[0] ?? 'no answer');
}
