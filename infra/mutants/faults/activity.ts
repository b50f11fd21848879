import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const EVENTS = 'apps/api/src/activity/activity.integration.spec.ts';
const FOLLOW = 'apps/api/src/activity/rights-to-follow.integration.spec.ts';
const TAIL = 'apps/api/src/activity/project-tail.spec.ts';
const RIGHTS = 'apps/api/src/activity/rights-live.integration.spec.ts';
const TICKET = 'apps/api/src/ticket/ticket.integration.spec.ts';

const events = faultsOf('apps/api/src/activity/project-events.service.ts', [EVENTS, FOLLOW]);
const tail = faultsOf('apps/api/src/activity/project-tail.ts', [TAIL]);
const read = faultsOf('apps/api/src/activity/events.reader.ts', [EVENTS]);
const liveTickets = faultsOf('apps/api/src/ticket/live-tickets.resolver.ts', [EVENTS]);
const liveColumns = faultsOf('apps/api/src/board/live-columns.resolver.ts', [EVENTS]);
const history = faultsOf('apps/api/src/activity/history.service.ts', [TICKET]);

export const ACTIVITY_FAULTS: readonly Fault[] = [
  events('RIGHTS', 'ProjectEventsService.projectEvents', 'the log of a private project is told to everybody', leaveOut('await this.demandRead(')),
  events('RIGHTS', 'ProjectEventsService.follow', 'the log of a private project is followed by everybody', leaveOut('await this.demandRead(')),
  events(
    'SESSION',
    'ProjectEventsService.follow',
    'rights are not looked at again while a subscription lives',
    leaveOut('demandProject(await this.access.lookAgain(context)'),
    [EVENTS, FOLLOW, RIGHTS],
  ),
  events('WAKE', 'ProjectEventsService.watch', 'a change of rights wakes nobody', leaveOut('this.stopRights ??=')),
  events(
    'WAKE',
    'ProjectEventsService.pump',
    'the log is looked at every two seconds only',
    instead('this.wakeups.on(activityTopic(projectId), () => void look())', '(() => undefined)'),
  ),
  events('DELIVERY', 'ProjectEventsService.follow', 'what came while one joined is not told', instead('stretch.reset ? stretch.seq : since', 'stretch.seq')),
  events('DELIVERY', 'ProjectEventsService.pump', 'what comes while one reads is told at the next wake-up only', instead('again = true', 'again = !reading')),
  events('DELIVERY', 'ProjectEventsService.unwatch', 'the first who leaves stops the tail of all', leaveOut('if (watched.subscribers > 0) return')),

  tail(
    'DELIVERY',
    'ProjectTail.after',
    'who stands between two stretches is told again what they know',
    instead('activities: stretch.activities.filter(({ seq }) => seq > position)', 'activities: stretch.activities'),
  ),
  tail(
    'DELIVERY',
    'ProjectTail.after',
    'who stands at the end of a stretch is told it again',
    instead('stretch.from <= position && position < stretch.seq', 'stretch.from <= position && position <= stretch.seq'),
  ),
  tail('LIMIT', 'ProjectTail.add', 'what was before a reset is kept', leaveOut('if (stretch.reset) this.forget()')),
  tail('LIMIT', 'ProjectTail.add', 'a tail grows for ever', instead('this.keptActivities > KEPT_ACTIVITIES', 'false')),
  tail('LIMIT', 'ProjectTail.add', 'long changes are kept as short ones are', instead('this.keptLetters > KEPT_LETTERS', 'false')),
  tail('LIMIT', 'ProjectTail.add', 'many tails hold what they like', leaveOut('this.budget.heard(this)')),
  tail('LIMIT', 'TailBudget.heard', 'who has news forgets it, for what others hold', instead('tail.drop(1)', 'tail.drop(0)')),
  tail('LIMIT', 'ProjectTail.weigh', 'what a tail forgot counts for ever', leaveOut('this.budget.kept +=')),
  tail('WAKE', 'ProjectTail.add', 'who waits is not woken by news', leaveOut('this.wake()')),
  tail('WAKE', 'ProjectTail.changed', 'who is behind waits for the next news', leaveOut('if (this.position > position ||')),
  tail(
    'FIGURE',
    'joined',
    'of a thing that changed twice the first state is told',
    instead('stretches.flatMap((stretch) => Object.entries(stretch.things))', 'stretches.toReversed().flatMap((stretch) => Object.entries(stretch.things))'),
  ),
  tail('DELIVERY', 'joined', 'who is told what followed a reset is not told of the reset', leaveOut('if (untold) return')),

  read('PAGE', 'EventsReader.read', 'what one knows already is told again', inText('a.seq > (SELECT since FROM head)', 'a.seq >= (SELECT since FROM head)')),
  liveTickets('PAGE', 'LiveTicketsResolver.constructor', 'a deleted ticket is told as one that is there', inText('AND t.deleted_at IS NULL', '')),
  liveColumns(
    'PAGE',
    'LiveColumnsResolver.constructor',
    'the column that a card left is not told',
    inText("changes #>> '{columnId,from}'", "changes #>> '{columnId,to}'"),
  ),
  read(
    'LIMIT',
    'EventsReader.read',
    'who is as far behind as may be replayed loads afresh',
    instead('found.head - since > REPLAY_MAX', 'found.head - since >= REPLAY_MAX'),
  ),
  read(
    'LIMIT',
    'EventsReader.read',
    'changes of any length are replayed',
    inText('SELECT * FROM stretch WHERE (SELECT letters FROM weighed)', 'SELECT * FROM stretch WHERE 0 * (SELECT letters FROM weighed)'),
  ),
  read('DELIVERY', 'EventsReader.read', 'who is not told long changes is not told to load afresh', instead('found.letters > REPLAY_LETTERS', 'false')),
  read(
    'DELIVERY',
    'EventsReader.read',
    'who is ahead of the log is not told to load afresh',
    instead('since > found.head || found.head - since > REPLAY_MAX', 'found.head - since > REPLAY_MAX'),
  ),

  history('PAGE', 'HistoryService.ofTicket', 'a page of a history that is exactly full says there is more', instead('limit + 1', 'limit')),
  history('PAGE', 'HistoryService.ofTicket', 'the last line of a page stands on the next one too', inText('a.seq < $2', 'a.seq <= $2')),
  history('PAGE', 'HistoryService.ofTicket', 'a history begins with its oldest line', inText('ORDER BY a.seq DESC', 'ORDER BY a.seq')),
];
