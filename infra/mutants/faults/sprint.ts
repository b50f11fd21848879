import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const COURSE = 'apps/api/src/sprint/course.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const course = faultsOf('apps/api/src/sprint/course.service.ts', [COURSE, MUTATIONS]);
const many = faultsOf('apps/api/src/board/many-places.ts', [COURSE]);
const rows = faultsOf('apps/api/src/sprint/sprint.rows.ts', [COURSE]);
const backlog = faultsOf('apps/api/src/board/backlog.service.ts', ['apps/api/src/board/backlog.integration.spec.ts', MUTATIONS]);

export const SPRINT_FAULTS: readonly Fault[] = [
  course(
    'RIGHTS',
    'CourseService.plan',
    'sprints: anybody puts tickets into one',
    instead("demandProject(actor, 'ticket.write', locked.get(id) ?? null)", 'locked.get(id)!'),
  ),
  course('VERSION', 'CourseService.start', 'sprints: one is started as somebody saw it before', leaveOut('sameVersion(')),
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
  backlog('RIGHTS', 'BacklogService.rank', 'backlog: tickets of a hidden project are placed', instead('found.projectId !== projectId', 'false')),
  backlog(
    'PLACE',
    'runsOf',
    'backlog: those that go back go behind the first of them',
    instead('after[i] !== null && run.ids.at(-1) === after[i]', 'after[i] !== null'),
  ),
  backlog('LOG', 'BacklogService.rank', 'backlog: the log does not say that the order changed', leaveOut('if (changed.length > 0)')),
];
