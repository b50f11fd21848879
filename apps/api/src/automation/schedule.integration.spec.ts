import { TestRules } from '../../test/rules.ts';

const rules = TestRules.ofFile();

describe('a schedule', () => {
  it('that was due while no worker ran is done once, for each ticket that it finds, and is due again in the zone of the project', async () => {
    const rule = await rules.create('Nightly', { on: 'SCHEDULE', at: '03:00' }, [{ does: 'SET', field: 'priority', value: 'LOW' }], {
      condition: 'state:open',
    });
    const ids = [await rules.ticket(), await rules.ticket()];
    await rules.ticket({ columnId: rules.project.columns.at(-1) });
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() - interval '3 days' WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    await Promise.all([bench.rules.lookAtClock(), bench.rules.lookAtClock()]);
    await bench.settle(rules.project.id, 2);
    const found = await rules.firings();
    expect(found.map(({ ticketId }) => ticketId).toSorted()).toEqual(ids.toSorted());
    expect(found.map(({ outcome, causedBy }) => [outcome, causedBy])).toEqual([
      ['DONE', null],
      ['DONE', null],
    ]);
    const due = new Date((await rules.rule(rule.id)).dueAt!);
    expect([due.getUTCHours(), due.getTime() > Date.now()]).toEqual([3, true]);
    // the same time of another zone
    await rules.trainyard.database.direct.query(`UPDATE project SET time_zone = 'Asia/Shanghai' WHERE id = $1`, [rules.project.id]);
    await bench.rules.lookAtClock();
    expect(new Date((await rules.rule(rule.id)).dueAt!).getUTCHours()).toBe(19);
    expect(await bench.work()).toBe(0);
  });

  it('that is overdue is done, though it was only called otherwise meanwhile', async () => {
    const rule = await rules.create('Daily', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, [{ does: 'CREATE_TICKET', title: 'Stand-up' }]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() - interval '1 hour' WHERE id = $1`, [rule.id]);
    await rules.update(rule, { name: 'Each day' });
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ outcome: 'DONE', ruleName: 'Each day' }]);
  });

  it('is for all tickets that it finds, in as many jobs as that takes', async () => {
    const rule = await rules.create('All', { on: 'SCHEDULE', at: '03:00' }, [{ does: 'SET', field: 'priority', value: 'LOW' }]);
    const ids: string[] = [];
    for (let i = 0; i < 5; i++) ids.push(await rules.ticket());
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    bench.rules.ticketsEach = 2;
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id, 2);
    const found = await rules.firings();
    expect(found.map(({ ticketId, outcome }) => `${ticketId} ${outcome}`).toSorted()).toEqual(ids.map((id) => `${id} DONE`).toSorted());
  });

  it('misses its times while its project is archived, and one that cannot be counted stops no other', async () => {
    const { direct } = rules.trainyard.database;
    const made = [{ does: 'CREATE_TICKET', title: 'Stand-up' }];
    const rule = await rules.create('Daily', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, made);
    const broken = await rules.create('Broken', { on: 'SCHEDULE', at: '03:00', each: 'PROJECT' }, made);
    await direct.query(
      `UPDATE rule SET trigger = '{"on":"SCHEDULE","each":"PROJECT","weekday":9,"at":"03:00"}', due_at = now() - interval '2 days' WHERE id = $1`,
      [broken.id],
    );
    await direct.query(`UPDATE rule SET due_at = now() - interval '1 day' WHERE id = $1`, [rule.id]);
    await direct.query(`UPDATE project SET state = 'ARCHIVED', archived_at = now() WHERE id = $1`, [rules.project.id]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await direct.query(`UPDATE project SET state = 'ACTIVE', archived_at = NULL WHERE id = $1`, [rules.project.id]);
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toEqual([]);
    await direct.query(`UPDATE rule SET due_at = now() - interval '1 day' WHERE id = $1`, [rule.id]);
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id);
    expect(await rules.firings()).toMatchObject([{ ruleName: 'Daily', outcome: 'DONE' }]);
  });

  it('can be for the project once', async () => {
    const rule = await rules.create('Weekly', { on: 'SCHEDULE', at: '09:00', weekday: 1, each: 'PROJECT' }, [
      { does: 'CREATE_TICKET', title: 'Retrospective' },
    ]);
    await rules.trainyard.database.direct.query(`UPDATE rule SET due_at = now() WHERE id = $1`, [rule.id]);
    const bench = rules.workbench();
    await bench.rules.lookAtClock();
    await bench.settle(rules.project.id, 2);
    expect(await rules.firings()).toMatchObject([{ outcome: 'DONE', ticketId: null, changes: [{ entity: 'TICKET', action: 'CREATED' }] }]);
  });
});
