import { memberOf } from '../../test/factories/board.ts';
import { someone } from '../../test/factories/people.ts';
import { moved, TestRules } from '../../test/rules.ts';

const rules = TestRules.ofFile();

describe('the owner', () => {
  it('who may not do one of its deeds has it refused, though whoever caused it may', async () => {
    const [, doing] = rules.project.columns as [string, string];
    const rule = await rules.create('Mine', moved(doing), [{ does: 'SET', field: 'priority', value: 'LOW' }]);
    expect(rule.owner?.id).toBe(rules.leadId);
    const admin = await memberOf(rules.trainyard, rules.project, 'LEAD');
    const id = await rules.ticket();
    await rules.trainyard.database.direct.query(`UPDATE membership SET team_role = 'MEMBER' WHERE user_id = $1`, [rules.leadId]);
    await rules.move(id, doing, admin.client);
    await rules.workbench().settle(rules.project.id);
    // demoted: switched off, with a row of the log, and both leads and owner are told
    expect(await rules.rule(rule.id)).toMatchObject({ enabled: false, offReason: 'RIGHT_LOST', version: 2 });
    expect((await rules.now(id)).priority).toBeNull();
    expect(await rules.firings()).toEqual([]);
    const bench = rules.workbench();
    await bench.tell(rules.project.id);
    for (const [client, why] of [
      [rules.lead, 'OWNER'],
      [admin.client, 'LEAD'],
    ] as const) {
      const { inbox } = await client.ask<{ inbox: { nodes: object[] } }>('{ inbox(first: 10) { nodes { reason why ruleName ticketKey projectKey } } }');
      expect(inbox.nodes).toContainEqual({ reason: 'RULE_OFF', why, ruleName: 'Mine', ticketKey: null, projectKey: rules.project.key });
    }
    // whoever switches it on again is its owner
    expect(await rules.update({ id: rule.id, version: 2 }, { enabled: true }, admin.client)).toMatchObject({
      enabled: true,
      offReason: null,
      owner: { id: admin.user.id },
    });
  });

  it('whose account is disabled has it switched off by the clock, before it fires', async () => {
    const rule = await rules.create('Gone', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    const other = await memberOf(rules.trainyard, rules.project, 'LEAD');
    await rules.trainyard.database.direct.query('UPDATE app_user SET disabled = true WHERE id = $1', [rules.leadId]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.rules.lookAtClock();
    const { rule: now } = await other.client.ask<{ rule: object }>('query ($id: ID!) { rule(id: $id) { enabled offReason version } }', { id: rule.id });
    expect(now).toEqual({ enabled: false, offReason: 'OWNER_GONE', version: 2 });
  });

  it('is told by a rule of their own, and others only where it names them', async () => {
    const member = await memberOf(rules.trainyard, rules.project);
    await rules.create('Tell', { on: 'TICKET_CREATED' }, [
      { does: 'NOTIFY', who: 'AUTHOR', text: 'It was made.' },
      { does: 'NOTIFY', who: 'PERSON', personId: member.user.id, text: 'Look.' },
    ]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.settle(rules.project.id);
    await bench.tell(rules.project.id);
    for (const [client, text] of [
      [rules.lead, 'It was made.'],
      [member.client, 'Look.'],
    ] as const) {
      const { inbox } = await client.ask<{ inbox: { nodes: object[] } }>('{ inbox(first: 10) { nodes { reason why text ruleName } } }');
      expect(inbox.nodes).toEqual([{ reason: 'RULE', why: 'NAMED', text, ruleName: 'Tell' }]);
    }
  });
});

describe('who is told', () => {
  it('is whoever the rule assigned, and somebody who may not read the project is refused', async () => {
    const [member, stranger] = [await memberOf(rules.trainyard, rules.project), await someone(rules.trainyard)];
    await rules.create('Assign', { on: 'TICKET_CREATED' }, [
      { does: 'SET', field: 'assigneeId', value: member.user.id },
      { does: 'NOTIFY', who: 'ASSIGNEE', text: 'Yours.' },
    ]);
    await rules.create('Stranger', { on: 'TICKET_CREATED' }, [{ does: 'NOTIFY', who: 'PERSON', personId: stranger.user.id, text: 'Look.' }]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.settle(rules.project.id);
    await bench.tell(rules.project.id);
    const { inbox } = await member.client.ask<{ inbox: { nodes: { text: string | null }[] } }>('{ inbox(first: 10) { nodes { text } } }');
    expect(inbox.nodes).toContainEqual({ text: 'Yours.' });
    const found = (await rules.firings()).map(({ ruleName, outcome, reason }) => [ruleName, outcome, reason?.params ?? null]);
    expect(found.toSorted()).toEqual([
      ['Assign', 'DONE', null],
      ['Stranger', 'REFUSED', { field: 'personId', reason: 'UNKNOWN' }],
    ]);
  });
});

it('says nothing of a project that one may not read, and lets who may only read it look', async () => {
  await rules.create('Secret', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
  const stranger = await someone(rules.trainyard);
  const ask = 'query ($id: ID!) { rules(projectId: $id) { name } ruleFirings(projectId: $id, first: 1) { nodes { id } } }';
  await expect(stranger.client.ask(ask, { id: rules.project.id })).rejects.toThrow('NOT_FOUND');
  const viewer = await memberOf(rules.trainyard, rules.project, 'VIEWER');
  expect(await viewer.client.ask(ask, { id: rules.project.id })).toMatchObject({ rules: [{ name: 'Secret' }] });
  await expect(rules.create('No', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }], {}, viewer.client)).rejects.toThrow('FORBIDDEN');
});
