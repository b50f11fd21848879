import { randomUUID } from 'node:crypto';
import { rows } from '../../src/platform/sql/database.ts';
import { Wakeups } from '../../src/platform/log/wakeups.ts';
import type { TestTrainyard } from '../trainyard.ts';
import type { Asker, Person } from './actors.ts';
import { ask, fieldsOf, schemaOf, type Answer, type Variables } from './ask.ts';
import { scopeOf, type ExpectedRow, type MutationCase, type Place } from './case.ts';
import { expectedRefusal, type Refusal } from './expected.ts';

/** Written whoever asks, allowed or not: when somebody was last seen, failures counted. */
const NOISE = { tables: ['sign_in_throttle', 'audit_entry'], columns: ['last_seen_at', 'last_used_at', 'last_used_address'] };
const HEARD_WITHIN_MS = 5_000;

/** A digest of all that is stored: equal before and after what changed nothing. */
export async function fingerprint({ database }: TestTrainyard): Promise<Record<string, string>> {
  const tables = await rows<{ name: string }>(
    database.direct,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL ($1) ORDER BY 1`,
    [NOISE.tables],
  );
  const each = tables.map(
    ({ name }) =>
      `SELECT '${name}' AS name, md5(coalesce(string_agg(r, '' ORDER BY r), '')) AS digest FROM (SELECT (to_jsonb(t) - '{${NOISE.columns.join(',')}}'::text[])::text AS r FROM "${name}" t) r`,
  );
  return Object.fromEntries(
    (await rows<{ name: string; digest: string }>(database.direct, each.join(' UNION ALL '))).map(({ name, digest }) => [name, digest]),
  );
}

/** What is asked by whom, and refused exactly so; nothing is changed by it. */
export async function assertRefused(
  trainyard: TestTrainyard,
  name: string,
  attempts: readonly { asker: Asker; variables: Variables; refusal: Refusal }[],
): Promise<void> {
  const before = await fingerprint(trainyard);
  const wrong: unknown[] = [];
  for (const { asker, variables, refusal } of attempts) {
    const { error } = await ask(trainyard, asker, 'mutation', name, variables);
    if (error?.code !== refusal.code || JSON.stringify(error.params) !== JSON.stringify(refusal.params))
      wrong.push({ asker: asker.name, expected: refusal, told: error });
  }
  expect(wrong).toEqual([]);
  expect(await fingerprint(trainyard)).toEqual(before);
}

export interface MutationTry {
  name: string;
  mutation: MutationCase;
  at: Place;
  /** Somebody who may. */
  by: Person;
  /** Somebody who may not, and is known to the api. */
  notBy: Asker;
  /** Another process on the same database: it must hear of what happened without looking by itself. */
  elsewhere: TestTrainyard;
}

/**
 * What every mutation owes, in one place so that none forgets it: its right is demanded, a stale version is refused and
 * changes nothing, exactly these rows are appended to the log in one go, and whoever watches is woken, here and in other
 * processes. Nothing polls here: a wake-up that is lost is missed.
 */
export async function assertMutation({ name, mutation, at, by, notBy, elsewhere }: MutationTry): Promise<void> {
  const { trainyard } = at;
  const asked = await mutation.try(at, by);

  const refusal = expectedRefusal('mutation', mutation.demands, notBy, scopeOf(mutation.on, at, notBy)) ?? mutation.also?.(notBy, at) ?? null;
  if (refusal) await assertRefused(trainyard, name, [{ asker: notBy, variables: asked, refusal }]);
  else expect([name, mutation.demands]).toEqual([name, ['PUBLIC']]);

  const versioned = fieldsOf(schemaOf(trainyard), 'mutation')[name]?.args.some((arg) => arg.name === 'version') ?? false;
  // A version, or the reason why there is none; never both.
  expect([name, versioned]).toEqual([name, mutation.unversioned === undefined]);
  if (versioned) {
    const version = asked['version'] as number;
    const stale = { ...asked, version: version - 1 };
    await assertRefused(trainyard, name, [{ asker: by, variables: stale, refusal: { code: 'STALE_VERSION', params: { version } } }]);
  }

  const logged = typeof mutation.logs === 'function' ? mutation.logs(asked, at, by) : [];
  if (typeof mutation.logs === 'function') expect(logged.length).toBeGreaterThan(0);
  const topics = new Set([
    ...logged.map((row) => `activity:${row.scope}`).filter((topic) => !topic.endsWith(NEW_SCOPE)),
    ...(mutation.wakes?.(asked, at) ?? []),
  ]);
  await caughtUp(trainyard, elsewhere);
  const heard = listen({ here: trainyard, elsewhere }, [...topics]);
  try {
    const before = await lastRow(trainyard);
    const answer: Answer = await ask(trainyard, by, 'mutation', name, asked);
    expect([name, answer.error]).toEqual([name, null]);
    const appended = await rows<ExpectedRow & { actorId: string }>(
      trainyard.database.direct,
      `SELECT scope, entity, action, entity_id AS "entityId", ticket_id AS "ticketId", changes, actor_id AS "actorId" FROM activity WHERE (scope, seq) NOT IN (SELECT scope, seq FROM unnest($1::uuid[], $2::bigint[]) AS b (scope, seq)) ORDER BY scope, seq`,
      [before.map((row) => row.scope), before.map((row) => row.seq)],
    );
    expect(appended).toEqual(
      logged.map((row) => ({
        ...row,
        scope: row.scope === NEW_SCOPE ? expect.any(String) : row.scope,
        entityId: row.entityId ?? expect.any(String),
        ticketId: row.ticketId ?? null,
        actorId: by.userId,
      })),
    );
    await heard.all(`${name} must wake`);
  } finally {
    heard.stop();
  }
}

const NEW_SCOPE = 'THE_NEW_PROJECT';

const lastRow = ({ database }: TestTrainyard): Promise<{ scope: string; seq: string }[]> => rows(database.direct, 'SELECT scope, seq::text FROM activity');

/** Whatever woke before this has been heard elsewhere too. */
async function caughtUp({ app }: TestTrainyard, elsewhere: TestTrainyard): Promise<void> {
  const probe = `probe:${randomUUID()}`;
  const heard = listen({ elsewhere }, [probe]);
  app.get(Wakeups).wake(probe);
  await heard.all('one process must hear another');
  heard.stop();
}

/** Listens for wake-ups of topics in several processes; `all` resolves once each was heard in each. */
function listen(processes: Record<string, TestTrainyard>, topics: readonly string[]): { all: (what: string) => Promise<void>; stop: () => void } {
  const missing = new Set<string>();
  const { promise, resolve } = Promise.withResolvers<void>();
  const stops = Object.entries(processes).flatMap(([where, { app }]) =>
    topics.map((topic) => {
      missing.add(`${topic} ${where}`);
      return app.get(Wakeups).on(topic, () => {
        missing.delete(`${topic} ${where}`);
        if (missing.size === 0) resolve();
      });
    }),
  );
  if (missing.size === 0) resolve();
  return {
    all: async (what) => {
      const timer = setTimeout(resolve, HEARD_WITHIN_MS);
      await promise;
      clearTimeout(timer);
      expect([what, [...missing]]).toEqual([what, []]);
    },
    stop: () => stops.forEach((stop) => stop()),
  };
}
