import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const COURSE = 'apps/api/src/sprint/course.integration.spec.ts';
const MOVES = 'apps/api/src/sprint/sprint-moves.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const POLICIES = ['apps/api/src/sprint/column-policies.integration.spec.ts'];
const CAPACITY = ['apps/api/src/sprint/sprint-capacity.integration.spec.ts'];
const LIMITS = ['apps/api/src/sprint/sprint-limits.integration.spec.ts'];

const through = faultsOf('apps/api/src/board/let-through.ts', POLICIES);
const crowded = faultsOf('apps/api/src/board/stretch.ts', ['apps/api/src/board/crowded-ranks.integration.spec.ts']);
const course = faultsOf('apps/api/src/sprint/course.service.ts', [COURSE, MUTATIONS]);
const many = faultsOf('apps/api/src/board/many-places.ts', [COURSE]);
const rows = faultsOf('apps/api/src/sprint/sprint.rows.ts', [COURSE]);
const retro = faultsOf('apps/api/src/sprint/retro.service.ts', ['apps/api/src/sprint/retro.integration.spec.ts', MUTATIONS]);
const retroRead = faultsOf('apps/api/src/sprint/retro.reader.ts', ['apps/api/src/sprint/retro.integration.spec.ts']);
const done = faultsOf('apps/api/src/flow/done.reader.ts', ['apps/api/src/flow/sprint-day.integration.spec.ts']);
const waits = faultsOf('apps/api/src/flow/wait.reader.ts', ['apps/api/src/flow/flow.integration.spec.ts']);
const pictured = faultsOf('apps/api/src/flow/picture-tickets.ts', ['apps/api/src/flow/flow.integration.spec.ts']);
const counted = faultsOf('apps/api/src/flow/counted-tickets.reader.ts', ['apps/api/src/flow/flow.integration.spec.ts']);
const release = faultsOf('apps/api/src/sprint/release.service.ts', ['apps/api/src/sprint/release.integration.spec.ts']);
const backlog = faultsOf('apps/api/src/board/backlog-places.ts', ['apps/api/src/board/backlog.integration.spec.ts', MOVES]);
const plans = faultsOf('apps/api/src/board/change-plans.ts', [MOVES]);
const checks = faultsOf('apps/api/src/board/change-checks.ts', [MOVES]);
const placed = faultsOf('libs/domain/src/board/placed-sprint.ts', [MOVES]);

export const SPRINT_FAULTS: readonly Fault[] = [
  course(
    'RIGHTS',
    'CourseService.plan',
    'sprints: anybody puts tickets into one',
    instead("demandProject(actor, 'ticket.write', locked.get(id) ?? null)", 'locked.get(id)!'),
  ),
  course('VERSION', 'CourseService.start', 'sprints: one is started as somebody saw it before', leaveOut('sameVersion(')),
  course(
    'VERSION',
    'CourseService.complete',
    'sprints: one that was opened again is completed as it was seen before',
    leaveOut('if (version !== null) sameVersion('),
  ),
  course('INPUT', 'CourseService.plan', 'sprints: what is planned passes what columns ask for', leaveOut('if (sprint) await demandThrough('), POLICIES),
  through('PLACE', 'letThrough', 'sprints: what starts passes what columns ask for', instead('!refusal', 'true')),
  course('FIGURE', 'CourseService.complete', 'sprints: the capacity of one that ended is that of now', leaveOut('await keepCapacity('), CAPACITY),
  course('INPUT', 'CourseService.complete', 'sprints: more is carried to one than it may have', leaveOut('if (next && carried.length > 0)'), LIMITS),
  retro('LOCK', 'RetroService.begun', 'retrospectives: two notes that come at once are one too many', inText('CHANGE', 'PLAN'), LIMITS),
  crowded('FIGURE', 'BESIDE', 'ranks: a crowded place costs the whole order', instead('32', '32_000')),
  course('FENCE', 'CourseService.complete', 'sprints: one is completed twice', leaveOut("if (sprint.state !== 'RUNNING') throw")),
  course('LOG', 'CourseService.told', 'sprints: what is carried has no row of its own', instead('entriesOf(changes)', '[]')),
  course(
    'FIGURE',
    'CourseService.complete',
    'sprints: what was cancelled is carried',
    instead("outcomeOf(ticket) !== 'CARRIED'", "ticket.resolution === 'DONE'"),
  ),
  course('FIGURE', 'CourseService.complete', 'sprints: a deleted ticket keeps a sprint that has ended', leaveOut('await tx.query(LEAVE_SPRINT, [id])')),
  many('FIGURE', 'writePlaces', 'sprints: what leaves keeps its place on the board', inText('n.board_id IS DISTINCT FROM n.board_before', 'false')),
  rows(
    'FIGURE',
    'totalsOf',
    'sprints: what a closed one tells follows its tickets',
    inText('SELECT k.points_at_end, k.outcome', 'SELECT (SELECT t.points FROM ticket t WHERE t.id = k.ticket_id), k.outcome'),
  ),
  checks('RIGHTS', 'checkSprint', 'backlog: a sprint of a hidden project is planned into', instead('sprint?.projectId !== ticket.projectId', '!sprint')),
  checks('VERSION', 'checkSprint', 'backlog: a move is taken back that somebody has planned otherwise', instead('seenSprintId !== ticket.sprintId', 'false')),
  plans(
    'VERSION',
    'checkRanks',
    'backlog: a move is taken back that somebody has ranked since',
    instead('ranks.get(ticket.id) !== change.backlog!.seenRank', 'false'),
  ),
  placed('FIGURE', 'fitsSprint', 'sprints: what lies on a board is in another sprint than runs there', instead('running.length > 0', 'false')),
  backlog(
    'PLACE',
    'runsOf',
    'backlog: those that go back go behind the first of them',
    instead('run && afterId !== null && run.ids.at(-1) === afterId', 'run && afterId !== null'),
  ),
  backlog('LOG', 'rankIn', 'backlog: the log does not say that the order changed', instead('Object.keys(changes).length === 0', 'true')),
  release('RIGHTS', 'ReleaseService.update', 'releases: readers change them', instead("'sprint.manage'", "'project.read'")),
  release('VERSION', 'ReleaseService.update', 'releases: one is changed as somebody saw it before', leaveOut('sameVersion(')),
  release('LOG', 'ReleaseService.restore', 'releases: one comes back without a word', leaveOut('await this.activity.append(')),
  release('FENCE', 'ReleaseService.create', 'releases: one is out before its day', leaveOut('decided(releaseDays(')),
  retro('RIGHTS', 'RetroService.vote', 'retrospectives: a note that is hidden is voted for', leaveOut('if (!revealed && note.authorId !== actor.userId)')),
  retro('FENCE', 'RetroService.vote', 'retrospectives: a fourth vote is taken', leaveOut('if (retro.votesLeft < 0)')),
  retro('RIGHTS', 'RetroService.own', "retrospectives: one's words are changed by another", leaveOut("demandProject(actor, 'retro.own'")),
  retro('VERSION', 'RetroService.changeNote', 'retrospectives: a note is changed as it was before', leaveOut('sameVersion(')),
  retro('LOG', 'RetroService.tell', 'retrospectives: the log is not told', leaveOut('await this.activity.append(')),
  retroRead('RIGHTS', 'RetroReader.read', 'retrospectives: notes are read before they are revealed', inText('($3 OR n.author_id = $2)', 'true OR $3')),
  counted(
    'RIGHTS',
    'CountedTicketsReader.atStage',
    'flow: anybody is told which tickets a number counts',
    leaveOut('await this.flow.readable(actor, asked.projectId)'),
  ),
  counted(
    'RIGHTS',
    'CountedTicketsReader.tickets',
    'flow: anybody is told what tickets of a report are called',
    leaveOut('await this.flow.readable(actor, projectId)'),
  ),
  counted(
    'RIGHTS',
    'CountedTicketsReader.tickets',
    'flow: tickets of another project are told by their ids',
    inText('AND t.project_id = $1', 'AND $1::uuid IS NOT NULL'),
  ),
  counted('FIGURE', 'CountedTicketsReader.counted', 'flow: a stage counts those behind it, too', instead('SINCE[place + 1]', 'undefined')),
  done(
    'FIGURE',
    'DONE_THEN',
    'flow: what goes on being done is done again',
    inText("WHERE b.state = 'DONE' AND b.resolution = 'DONE' AND NOT b.deleted", 'WHERE false'),
  ),
  pictured('FIGURE', 'ENDED_BEFORE', 'flow: a past picture counts what was opened again by then', inText('s.to_at >= $3', 's.to_at > $2')),
  pictured('FIGURE', 'isOtherSince', 'flow: a past picture knows what came later', inText('AND l.from_at >=', 'AND false AND l.from_at >=')),
  waits('FIGURE', 'WaitReader.daysOff', 'flow: days off that were booked later are known then', leaveOut('if (was === null) known.delete(id)')),
];
