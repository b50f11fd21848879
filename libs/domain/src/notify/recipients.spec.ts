import fc from 'fast-check';
import { ACTIONS, ENTITY_KINDS } from '../activity/activity.ts';
import { INBOX_REASONS, recipients, type Involved, type NotableEntry } from './recipients.ts';

const person = fc.constantFrom('ada', 'bea', 'cyd', 'dan');
const maybe = fc.option(person, { nil: null });
const involved: fc.Arbitrary<Involved> = fc.record({ assigneeId: maybe, creatorId: maybe, commenterIds: fc.array(person), runOwnerId: maybe });
const state = fc.constantFrom('QUEUED', 'RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED');
const entry: fc.Arbitrary<NotableEntry> = fc.record({
  entity: fc.constantFrom(...ENTITY_KINDS),
  action: fc.constantFrom(...ACTIONS),
  changes: fc.record(
    { assigneeId: fc.record({ from: maybe, to: maybe }), state: fc.record({ from: state, to: state }), title: fc.record({ from: person, to: person }) },
    { requiredKeys: [] },
  ),
  actorId: maybe,
});

describe('who is told of an entry', () => {
  it('is never whoever did it, each once, and for one reason', () => {
    fc.assert(
      fc.property(entry, involved, (one, who) => {
        const found = recipients(one, who);
        const ids = found.map(({ userId }) => userId);
        if (one.entity !== 'RULE') expect(ids).not.toContain(one.actorId);
        expect(ids).toEqual([...new Set(ids)]);
        expect(new Set(found.map(({ reason }) => reason)).size).toBeLessThanOrEqual(1);
        for (const { reason } of found) expect(INBOX_REASONS).toContain(reason);
      }),
    );
  });

  it('is whom the ticket is given to, and nobody else', () => {
    fc.assert(
      fc.property(entry, involved, person, (one, who, to) => {
        const given: NotableEntry = { ...one, entity: 'TICKET', changes: { ...one.changes, assigneeId: { from: null, to } } };
        expect(recipients(given, who)).toEqual(to === one.actorId ? [] : [{ userId: to, reason: 'ASSIGNED', why: 'ASSIGNEE' }]);
      }),
    );
  });

  it('is everybody who has to do with a ticket that is commented on, once it is said and not when it is changed', () => {
    fc.assert(
      fc.property(entry, involved, (one, who) => {
        const ids = (action: NotableEntry['action']): string[] =>
          recipients({ ...one, entity: 'COMMENT', action }, who)
            .map(({ userId }) => userId)
            .toSorted();
        const all = new Set([who.assigneeId, who.creatorId, ...who.commenterIds].filter((id) => id !== null && id !== one.actorId));
        expect(ids('CREATED')).toEqual([...all].toSorted());
        expect([...ids('UPDATED'), ...ids('DELETED')]).toEqual([]);
      }),
    );
  });

  it.each<[what: string, who: Involved, whys: string[]]>([
    ['the ticket is theirs', { assigneeId: 'bea', creatorId: 'bea', commenterIds: ['bea'], runOwnerId: null }, ['bea ASSIGNEE']],
    ['they made it', { assigneeId: 'cyd', creatorId: 'bea', commenterIds: ['bea'], runOwnerId: null }, ['cyd ASSIGNEE', 'bea AUTHOR']],
    ['they said something', { assigneeId: null, creatorId: 'ada', commenterIds: ['bea', 'ada'], runOwnerId: 'dan' }, ['bea COMMENTER']],
  ])('is told of a comment because %s', (_, who, whys) => {
    const found = recipients({ entity: 'COMMENT', action: 'CREATED', changes: {}, actorId: 'ada' }, who);
    expect(found.map(({ userId, why }) => `${userId} ${why}`)).toEqual(whys);
  });

  it('is the owner of a run that succeeded or failed, and of no other', () => {
    fc.assert(
      fc.property(entry, involved, state, (one, who, to) => {
        const found = recipients({ ...one, entity: 'RUN', action: 'UPDATED', changes: { state: { from: 'RUNNING', to } } }, who);
        const isTold = (to === 'SUCCEEDED' || to === 'FAILED') && who.runOwnerId !== null && who.runOwnerId !== one.actorId;
        expect(found).toEqual(isTold ? [{ userId: who.runOwnerId, reason: `RUN_${to}`, why: 'QUEUED' }] : []);
      }),
    );
  });

  it('is whom a rule names, even the one in whose name it acts; and owner and leads of one that was switched off', () => {
    const nobody: Involved = { assigneeId: null, creatorId: null, commenterIds: [], runOwnerId: null };
    const rule = (changes: NotableEntry['changes']): string[] =>
      recipients({ entity: 'RULE', action: 'UPDATED', changes, actorId: 'ada' }, nobody).map(({ userId, reason, why }) => `${userId} ${reason} ${why}`);
    expect(rule({ notified: { from: null, to: [{ userId: 'ada' }, { userId: 'bea' }, { userId: 'ada' }] } })).toEqual(['ada RULE NAMED', 'bea RULE NAMED']);
    expect(rule({ warned: { from: null, to: { ownerId: 'bea', leadIds: ['ada', 'bea'] } } })).toEqual(['bea RULE_OFF OWNER', 'ada RULE_OFF LEAD']);
    expect(rule({ enabled: { from: true, to: false } })).toEqual([]);
  });

  it('is nobody where a title is changed', () => {
    fc.assert(
      fc.property(entry, involved, (one, who) => {
        expect(recipients({ ...one, changes: { title: { from: 'a', to: 'b' } }, entity: 'TICKET' }, who)).toEqual([]);
      }),
    );
  });
});
