import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const ROOM = 'apps/api/src/automation';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const FIRING = `${ROOM}/firing.integration.spec.ts`;
const SCHEDULE = `${ROOM}/schedule.integration.spec.ts`;
const OWNER = `${ROOM}/owner.integration.spec.ts`;
const REFUSED = `${ROOM}/refused.integration.spec.ts`;
const UNDO = `${ROOM}/undo.integration.spec.ts`;
const POLICY = 'apps/api/src/board/policy.integration.spec.ts';
const RULE = 'libs/domain/src/automation/rule.spec.ts';

const service = faultsOf(`${ROOM}/automation.service.ts`, [MUTATIONS]);
const firing = faultsOf(`${ROOM}/firing.service.ts`, [FIRING]);
const feed = faultsOf(`${ROOM}/rule-feed.ts`, [FIRING, UNDO]);
const jobs = faultsOf(`${ROOM}/rule.jobs.ts`, [SCHEDULE]);
const owner = faultsOf(`${ROOM}/owner.ts`, [OWNER]);
const switches = faultsOf(`${ROOM}/rule-switch.ts`, [OWNER]);
const undo = faultsOf(`${ROOM}/undo.service.ts`, [UNDO]);
const rehearsal = faultsOf(`${ROOM}/rehearsal.reader.ts`, [`${ROOM}/rehearsal.integration.spec.ts`]);
const log = faultsOf('apps/api/src/platform/log/cause.ts', [FIRING]);
const policy = faultsOf('apps/api/src/board/policy.service.ts', [MUTATIONS, POLICY]);
const move = faultsOf('apps/api/src/board/move.service.ts', [POLICY]);
const cards = faultsOf('apps/api/src/board/card.service.ts', [POLICY]);
const many = faultsOf('apps/api/src/board/change-tickets.service.ts', [POLICY]);
const lying = faultsOf('apps/api/src/board/change-places.ts', [POLICY]);
const chain = faultsOf('libs/domain/src/automation/chain.ts', [RULE]);
const due = faultsOf('libs/domain/src/automation/due.ts', [RULE]);

export const AUTOMATION_FAULTS: readonly Fault[] = [
  service('VERSION', 'AutomationService.update', 'rules: one is changed as somebody saw it before', STALE),
  service('VERSION', 'AutomationService.delete', 'rules: one is deleted as somebody saw it before', STALE),
  service('LOG', 'AutomationService.create', 'rules: the log does not say that one was made', UNTOLD),
  service('LOG', 'AutomationService.update', 'rules: the log does not say that one was changed', UNTOLD),
  service('LOG', 'AutomationService.delete', 'rules: the log does not say that one was deleted', UNTOLD),
  service(
    'RIGHTS',
    'AutomationService.update',
    'rules: whoever changes one has it act in the name of another',
    instead('empowers ? actor.userId : before.ownerId', 'before.ownerId'),
    [OWNER],
  ),
  service('INPUT', 'AutomationService.create', 'rules: one that names what is not there is kept', leaveOut('demandWhole(rule, world)'), [REFUSED]),
  service('DELIVERY', 'AutomationService.update', 'rules: one that is switched on fires on what was before', inText('THEN $9 ELSE', 'THEN $9 - $9 ELSE'), [
    FIRING,
  ]),
  firing(
    'RIGHTS',
    'FiringService.fireIn',
    'rules: one fires for an owner who may not any more',
    leaveOut("if (lostOwner(rule, rule) !== null) return 'OWNER_LOST'"),
    [OWNER],
  ),
  firing('FENCE', 'FiringService.fireIn', 'rules: one that leads to itself goes on', instead('isLoop(rule.id, due.chain)', 'false')),
  firing('DELIVERY', 'FiringService.fireIn', 'rules: what was done is done again', leaveOut('if (outcome === null) return null')),
  firing('FIGURE', 'FiringService.fireIn', 'rules: the condition is not asked', instead('query: rule.condition', "query: ''")),
  firing(
    'DELIVERY',
    'FiringService.fireIn',
    'rules: an event of before it was changed is done as it is now',
    instead('!rule || isOfBefore(due, rule)', '!rule'),
  ),
  service(
    'DELIVERY',
    'AutomationService.update',
    'rules: a schedule that is overdue is lost when its rule is renamed',
    instead("!after.enabled || begins || changes['trigger'] !== undefined", 'true'),
    [SCHEDULE],
  ),
  firing('LOG', 'FiringService.end', 'rules: the log does not say what led to what a rule did', leaveOut('setCause(tx,')),
  firing('INPUT', 'FiringService.fireIn', 'rules: a broken one is silent', leaveOut('if (fault) throw'), [REFUSED]),
  owner('RIGHTS', 'lostOwner', 'rules: one acts for somebody who is disabled', instead('owner.ownerId === null || owner.disabled', 'owner.ownerId === null')),
  switches('LOG', 'RuleSwitch.off', 'rules: nobody is told that one was switched off', UNTOLD),
  feed('DELIVERY', 'isFor', 'rules: what takes a firing back starts rules', instead('!(entry.firingId !== null && entry.depth === 0)', 'true')),
  feed('DELIVERY', 'RuleFeed.take', 'rules: what happened while one was off fires it', instead('entry.seq > rule.since', 'true')),
  feed('FENCE', 'chainsOf', 'rules: a run that a rule queued begins a chain of its own', instead("firingId !== null || entity === 'RUN'", 'firingId !== null')),
  jobs('DELIVERY', 'RuleJobs.lookAtRule', 'rules: what was due once is due each minute', leaveOut("await tx.query('UPDATE rule SET due_at")),
  jobs('DELIVERY', 'RuleJobs.spread', 'rules: of many tickets the last are left out', instead('ids.length === this.ticketsEach', 'false')),
  jobs('DELIVERY', 'RuleJobs.run', 'rules: what fails to the last try is silent', leaveOut('if (isLast)'), [REFUSED]),
  jobs(
    'DELIVERY',
    'RuleJobs.lookAtRule',
    'rules: a project that comes back does what it was due while it was archived',
    instead("rule.dueAt > rule.now || rule.projectState !== 'ACTIVE'", 'rule.dueAt > rule.now'),
  ),
  firing('RIGHTS', 'FiringService.fireIn', 'rules: somebody is told of a project that they may not read', leaveOut('if (stranger !== undefined)'), [OWNER]),
  firing('FIGURE', 'FiringService.fireIn', 'rules: whoever was assigned before is told', instead('told(action, after)', 'told(action, ticket)'), [OWNER]),
  firing('LIMIT', 'FiringService.fire', 'rules: a broken one says so for each event', instead('await isTold(tx, error)', 'false'), [REFUSED]),
  undo('FENCE', 'UndoService.undoIn', 'rules: a firing is taken back twice', leaveOut('if (firing.undoneAt !== null')),
  undo('RIGHTS', 'UndoService.undoIn', 'rules: readers take firings back', instead("'ticket.write'", "'project.read'")),
  undo(
    'FIGURE',
    'inverseOf',
    'rules: what somebody changed since is overwritten',
    instead('JSON.stringify(is[field] ?? null) !== JSON.stringify(to ?? null)', 'false'),
  ),
  undo(
    'FENCE',
    'UndoService.takeBack',
    'rules: a ticket that one made goes with the work that others did on it',
    instead('ticket.version !== 1 || since.length > 0', 'ticket.version !== 1'),
  ),
  undo('FENCE', 'UndoService.takeBack', 'rules: a run that somebody has taken over is cancelled', leaveOut('if (since.some(')),
  undo('FENCE', 'UndoService.takeBack', 'rules: a ticket that is put back is in no sprint any more', instead('sprintId !== undefined', 'false')),
  undo('END', 'UndoService.undoIn', 'rules: what could not be taken back never can be', instead('refused.size === 0', 'true')),
  undo('LOG', 'UndoService.undoIn', 'rules: what is taken back is not linked to the firing', leaveOut('setCause(tx,')),
  rehearsal('RIGHTS', 'RehearsalReader.rehearse', 'rules: readers rehearse them', instead("'rule.manage'", "'project.read'")),
  log('LOG', 'causeOf', 'log: no entry says what caused it', instead('causes.get(tx) ?? null', 'null')),
  policy('VERSION', 'PolicyService.setPolicy', 'policies: one is changed as somebody saw it before', leaveOut('sameVersion(now, version)')),
  policy('LOG', 'PolicyService.setPolicy', 'policies: the log does not say what a column asks for', UNTOLD),
  policy('LOG', 'PolicyService.tick', 'policies: the log does not say what was ticked', UNTOLD),
  policy('RIGHTS', 'PolicyService.tick', 'policies: readers tick', instead("'ticket.write'", "'project.read'")),
  move('FENCE', 'MoveService.moveTicket', 'policies: a drag passes them', leaveOut('if (ticket.columnId !== columnId) await this.gates')),
  lying(
    'FENCE',
    'goalOf',
    'policies: a state that is given passes them',
    instead('change.place?.columnId ?? target?.id ?? null', 'change.place?.columnId ?? null'),
  ),
  cards('FENCE', 'CardService.createIn', 'policies: a ticket that is made passes them', leaveOut('if (column) await this.gates')),
  many('FENCE', 'ChangeTicketsService.changeIn', 'policies: a change of many passes them', leaveOut('await this.checkGates(')),
  chain(
    'FENCE',
    'isLoop',
    'rules: a chain of different rules never ends',
    instead('before.rules.includes(ruleId) || before.rules.length >= CHAIN_MAX', 'before.rules.includes(ruleId)'),
  ),
  due('FIGURE', 'nextDue', 'rules: a weekday is not kept', leaveOut('if (weekday !== null')),
];
