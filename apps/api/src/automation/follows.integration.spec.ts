import { randomUUID } from 'node:crypto';
import { FOLLOWS_EACH_MAX, FOLLOWS_MAX } from '@trainyard/domain';
import { row } from '../platform/sql/database.ts';
import { TestRules } from '../../test/rules.ts';

const rules = TestRules.ofFile();
const RULES = 4;

const done = async (): Promise<number> =>
  (await row<{ count: number }>(rules.trainyard.database.direct, `SELECT count(*)::int AS count FROM rule_firing WHERE project_id = $1 AND outcome = 'DONE'`, [
    rules.project.id,
  ]))!.count;

describe('what one cause leads to is bounded, however rules lead to each other', () => {
  it('about one ticket', async () => {
    for (let i = 0; i < RULES; i++) await rules.create(`Rule ${i}`, { on: 'COMMENT_ADDED' }, [{ does: 'COMMENT', text: 'Thanks' }]);
    const id = await rules.ticket();
    await rules.lead.ask('mutation ($id: ID!) { addComment(ticketId: $id, body: "Hello") { id } }', { id });
    await rules.workbench().settle(rules.project.id);
    // In every order it would be 4 + 12 + 24 + 24.
    expect(await done()).toBe(RULES * FOLLOWS_EACH_MAX);
    const stopped = (await rules.firings()).filter(({ outcome }) => outcome === 'LOOP');
    expect(new Set(stopped.map(({ ruleName }) => ruleName)).size).toBe(RULES);
    // One says so for each cause, and why: it would have begun again, or it had followed often enough.
    for (const { chain, stopped: why } of stopped) expect(why).toBe(new Set(chain).size < chain.length ? 'AGAIN' : 'OFTEN');
  });

  it('in all', async () => {
    const rule = await rules.create('Reply', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Thanks' }]);
    const ticketId = await rules.ticket();
    const { direct } = rules.trainyard.database;
    const { seq } = (await row<{ seq: number }>(direct, 'SELECT seq::int AS seq FROM activity_scope WHERE id = $1', [rules.project.id]))!;
    const follow = (key: string) =>
      rules.workbench().firing.fire({
        ...{ ruleId: rule.id, key, causedBy: seq, dueAt: null, since: null, ticketId },
        chain: { rules: [randomUUID()], root: String(seq) },
      });
    const fill = (count: number) =>
      direct.query(
        `INSERT INTO rule_firing (id, project_id, rule_id, rule_version, key, ticket_id, outcome, chain, root)
          SELECT gen_random_uuid(), $1, $2, 1, 'x' || gen_random_uuid(), gen_random_uuid(), 'DONE', '{}', $3 FROM generate_series(1, $4)`,
        [rules.project.id, rule.id, String(seq), count],
      );
    await fill(FOLLOWS_MAX - 1);
    expect(await follow('1')).toBe('DONE');
    expect(await follow('2')).toBe('LOOP');
    expect((await rules.firings()).map(({ stopped }) => stopped)).toContain('OFTEN');
  });
});
