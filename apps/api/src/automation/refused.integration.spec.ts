import { randomUUID } from 'node:crypto';
import { buildLabel } from '../../test/factories/board.ts';
import { moved, TestRules } from '../../test/rules.ts';
import { rows } from '../platform/sql/database.ts';

const rules = TestRules.ofFile();

describe('what cannot be done', () => {
  it('is not done in part: the firing says why', async () => {
    const [, doing, done] = rules.project.columns as [string, string, string];
    await rules.trainyard.database.direct.query(`UPDATE board_column SET wip_limit = 1, wip_policy = 'REFUSE' WHERE id = $1`, [done]);
    await rules.ticket({ columnId: done });
    await rules.create('Full', moved(doing), [
      { does: 'MOVE', columnId: done },
      { does: 'COMMENT', text: 'Done.' },
    ]);
    const id = await rules.ticket();
    await rules.move(id, doing);
    await rules.workbench().settle(rules.project.id, 2);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'WIP_LIMIT_REACHED' }, changes: [] }]);
    expect(await rules.now(id)).toMatchObject({ columnId: doing, commentCount: 0 });
  });

  it('is a run of a ticket that has none', async () => {
    await rules.create('Train', { on: 'TICKET_CREATED' }, [{ does: 'QUEUE_RUN' }]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RUN_NOT_REPEATABLE' } }]);
  });

  it('is what names a label that was deleted: the rule is shown as broken, and is not silent', async () => {
    const labelId = await buildLabel(rules.trainyard, rules.project.id, 'doomed');
    const rule = await rules.create('Label', { on: 'TICKET_CREATED' }, [{ does: 'ADD_LABEL', labelId }], { condition: '-label:doomed' });
    expect(rule.faults).toEqual([]);
    await rules.lead.ask('mutation ($id: ID!) { deleteLabel(id: $id, version: 1) }', { id: labelId });
    expect((await rules.rule(rule.id)).faults).toEqual([
      { kind: 'NAME', field: 'label', value: 'doomed' },
      { kind: 'LABEL', field: null, value: labelId },
    ]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([
      { outcome: 'REFUSED', reason: { code: 'RULE_BROKEN', params: { kind: 'NAME', of: 'label', value: 'doomed' } } },
    ]);
  });

  it('is a condition that is no query any more', async () => {
    const rule = await rules.create('Old words', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET condition = 'colour:blue' WHERE id = $1`, [rule.id]);
    expect((await rules.rule(rule.id)).faults).toEqual([{ kind: 'QUERY', field: 'colour', value: 'UNKNOWN_FIELD' }]);
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RULE_BROKEN' } }]);
  });

  it('is refused when it is written down', async () => {
    const create = (trigger: object, actions: object[], condition = ''): Promise<unknown> => rules.create('No', trigger, actions, { condition });
    const comment = [{ does: 'COMMENT', text: 'Hm.' }];
    await expect(create({ on: 'TICKET_CREATED' }, [])).rejects.toThrow('BAD_INPUT');
    await expect(create({ on: 'TICKET_CREATED' }, comment, 'colour:blue')).rejects.toThrow('UNKNOWN_FIELD');
    await expect(create({ on: 'TICKET_CREATED' }, comment, 'sort:points')).rejects.toThrow('NO_CONDITION');
    await expect(create({ on: 'MOVED', columnId: randomUUID() }, comment)).rejects.toThrow('RULE_BROKEN');
    await expect(create({ on: 'SCHEDULE', at: '25:00' }, comment)).rejects.toThrow('NOT_A_TIME');
    await expect(create({ on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, comment)).rejects.toThrow('NEEDS_TICKET');
    await expect(create({ on: 'TICKET_CREATED' }, [{ does: 'SET', field: 'points', value: '1000000000' }])).rejects.toThrow('actions.0.value');
  });
});

describe('what fails', () => {
  it('to the last try is said', async () => {
    const { direct } = rules.trainyard.database;
    const rule = await rules.create('Defect', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.ticket();
    const bench = rules.workbench();
    await bench.read(rules.project.id);
    const [job] = await rows<{ payload: never }>(direct, `DELETE FROM job_outbox WHERE name = 'rule' RETURNING payload`);
    // what this program does not understand
    await direct.query(`UPDATE rule SET actions = '[null]' WHERE id = $1`, [rule.id]);
    await expect(bench.rules.run(job!.payload)).rejects.toThrow(TypeError);
    expect(await rules.firings()).toEqual([]);
    await expect(bench.rules.run(job!.payload, true)).rejects.toThrow(TypeError);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'INTERNAL' } }]);
  });

  it('as long as a rule is broken is said once', async () => {
    const rule = await rules.create('Old words', { on: 'TICKET_CREATED' }, [{ does: 'COMMENT', text: 'Hm.' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET condition = 'colour:blue' WHERE id = $1`, [rule.id]);
    await rules.ticket();
    await rules.ticket();
    await rules.workbench().settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'REFUSED', reason: { code: 'RULE_BROKEN' } }]);
  });
});
