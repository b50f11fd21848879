import type { RuleAction } from '@trainyard/domain';
import { countingSql } from '../../test/count-sql.ts';
import { someone } from '../../test/factories/people.ts';
import { moved, TestRules } from '../../test/rules.ts';
import { ColumnGates } from '../board/column-gates.ts';
import { GatesModule } from '../board/gates.module.ts';
import { row, rows } from '../platform/sql/database.ts';
import { WorkerModule } from '../worker.module.ts';
import { worldOf } from './rule-world.ts';

const rules = TestRules.ofFile();

it('of a firing follows what the rule names: of all people those alone', async () => {
  const { direct } = rules.trainyard.database;
  const [ada, bob] = [(await someone(rules.trainyard)).user, (await someone(rules.trainyard)).user];
  await direct.query('UPDATE app_user SET name = $2, name_key = $3 WHERE id = $1', [ada.id, 'Ada Œ', 'ada œ']);
  const trigger = { on: 'TICKET_CREATED' } as const;
  const people = async (condition: string, actions: RuleAction[] = []): Promise<string[]> => [
    ...(await worldOf(direct, rules.project.id, [{ trigger, condition, actions }])).people.keys(),
  ];
  expect(await people('is:unfinished')).toEqual([]);
  expect(await people('assignee:"ADA Œ"')).toEqual([ada.id]);
  expect((await people(`author:${bob.id}`, [{ does: 'NOTIFY', who: 'PERSON', personId: ada.id, text: 'x' }])).toSorted()).toEqual([ada.id, bob.id].toSorted());
  await direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [ada.id]);
  expect(await people('assignee:"Ada Œ"')).toEqual([]);
});

it('of the feed is one statement for all jobs of what it has read', async () => {
  const [, doing] = rules.project.columns as [string, string];
  for (const name of ['One', 'Two']) await rules.create(name, moved(doing), [{ does: 'SET', field: 'points', value: '1' }]);
  const ids: string[] = [];
  for (let i = 0; i < 4; i++) ids.push(await rules.ticket());
  for (const id of ids) await rules.move(id, doing);
  const counting = countingSql(rules.trainyard);
  await rules.workbench().read(rules.project.id);
  counting.stop();
  expect(counting.statements.filter((sql) => sql.includes('INSERT INTO job_outbox'))).toHaveLength(1);
  const due = await rows<{ key: string }>(rules.trainyard.database.direct, `SELECT key FROM job_outbox WHERE name = 'rule' ORDER BY id`);
  expect(due).toHaveLength(8);
});

it('of the log and of firings by their age is that of what is found', async () => {
  const plan = async (sql: string): Promise<string> =>
    rules.trainyard.database.transaction(async (tx) => {
      await tx.query('SET LOCAL enable_seqscan = off');
      return JSON.stringify(await row(tx, `EXPLAIN (FORMAT JSON) ${sql}`));
    });
  expect(await plan(`SELECT id FROM rule_firing WHERE outcome <> 'DONE' AND at < now() - interval '90 days' LIMIT 500`)).toContain('rule_firing_idle');
  expect(
    await plan(`SELECT a.seq FROM activity a WHERE a.scope = '${rules.project.id}' AND a.at >= now() - interval '30 days' ORDER BY a.at, a.seq LIMIT 1`),
  ).toContain('activity_at');
});

it('there is one provider of gates, in the worker process too', () => {
  const { imports, providers } = WorkerModule.with(rules.trainyard.config);
  expect(imports).toContain(GatesModule);
  expect(providers).not.toContain(ColumnGates);
  expect(rules.trainyard.app.get(ColumnGates, { strict: false })).toBe(rules.trainyard.app.select(GatesModule).get(ColumnGates));
});
