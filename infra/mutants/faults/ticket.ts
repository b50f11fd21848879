import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const BOARD = 'apps/api/src/board/board.integration.spec.ts';
const TICKET = 'apps/api/src/ticket/ticket.integration.spec.ts';
const PROGRESS = 'apps/api/src/board/progress.integration.spec.ts';
const MOVE = 'apps/api/src/board/move.integration.spec.ts';
const PLACEMENT = 'apps/api/src/board/placement.integration.spec.ts';
const LABEL = 'apps/api/src/project/label.integration.spec.ts';
const AT_ONCE = 'apps/api/src/board/at-once.integration.spec.ts';
const BOARD_STATE = 'apps/api/src/board/board-state.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const FAMILIES = 'apps/api/src/ticket/ticket-families.integration.spec.ts';
const LINKS = 'apps/api/src/ticket/ticket-links.integration.spec.ts';
const LIMITS = 'apps/api/test/operations/limits.integration.spec.ts';

const move = faultsOf('apps/api/src/board/move.service.ts', [MOVE, MUTATIONS]);
const intoLane = faultsOf('apps/api/src/board/move.service.ts', ['apps/api/src/board/lane-moves.integration.spec.ts']);
const written = faultsOf('apps/api/src/ticket/ticket.writes.ts', [PLACEMENT, MOVE, TICKET]);
const moving = faultsOf('apps/api/src/board/card.writes.ts', [MOVE, MUTATIONS]);
const progress = faultsOf('apps/api/src/board/progress-places.ts', [PROGRESS]);
const lying = faultsOf('apps/api/src/board/change-places.ts', [PROGRESS, MUTATIONS]);
const many = faultsOf('apps/api/src/board/change-tickets.service.ts', [PROGRESS]);
const place = faultsOf('apps/api/src/board/placement.ts', [MOVE]);
const ticket = faultsOf('apps/api/src/ticket/ticket.service.ts', [TICKET, MUTATIONS]);
const coming = faultsOf('apps/api/src/board/card-coming.ts', [TICKET, MUTATIONS]);
const card = faultsOf('apps/api/src/board/card.service.ts', [TICKET, MUTATIONS]);
const input = faultsOf('apps/api/src/ticket/ticket-input.ts', [TICKET]);
const locked = faultsOf('apps/api/src/ticket/locked-ticket.ts', [TICKET]);
const reading = faultsOf('apps/api/src/ticket/ticket.reader.ts', [BOARD, TICKET]);
const asked = faultsOf('apps/api/src/board/asked-board.reader.ts', ['apps/api/src/board/asked-board.integration.spec.ts']);
const families = faultsOf('apps/api/src/ticket/ticket-families.ts', [FAMILIES]);
const links = faultsOf('apps/api/src/ticket/ticket-links.service.ts', [LINKS, MUTATIONS]);
const linked = faultsOf('apps/api/src/ticket/ticket-links.resolver.ts', [LINKS]);
const windows = faultsOf('apps/api/src/board/window.reader.ts', [BOARD, TICKET]);

export const TICKET_FAULTS: readonly Fault[] = [
  intoLane('VERSION', 'putInto', 'a move to another lane overwrites what others set since', leaveOut('if (seen && ')),
  move('LOG', 'MoveService.moveTicket', 'a move within or between columns is not logged', leaveOut('if (entries.length > 0) await this.activity.append(')),
  move(
    'LOG',
    'MoveService.moveTicket',
    'the rerank before a move is done and not logged',
    instead('entries.push(await rerank(tx, target, afterId))', 'await rerank(tx, target, afterId)'),
  ),
  intoLane('LOG', 'putInto', 'what a card gets from its lane is not logged', leaveOut('entries.push(')),
  intoLane('RIGHTS', 'putInto', 'a lane gives a card to who may not read the project', leaveOut('await checkReferences(')),
  intoLane('INPUT', 'putInto', 'any text is a stage', instead('LIFECYCLE_STAGES.some((stage) => stage === lane)', 'true')),
  intoLane('INPUT', 'putInto', 'labels are changed that are not of the lane', leaveOut('if (labelIds && (')),
  moving('LOG', 'movedEntry', 'the log says the new column for the old', instead('from.columnId', 'to.columnId')),
  move('PLACE', 'MoveService.moveTicket', 'boards: a card is moved onto an archived one', leaveOut('if (target.archived)'), [BOARD_STATE]),
  move('RIGHTS', 'MoveService.moveTicket', 'whoever reads may move', instead("'ticket.write'", "'project.read'")),
  move(
    'RIGHTS',
    'MoveService.moveTicket',
    'a card is moved out of a project that the actor may not write',
    leaveOut('if (seen?.ticket.projectId !== target.projectId)'),
  ),
  move('PLACE', 'MoveService.moveTicket', 'a used-up gap is not reranked', instead('isFull(gap)', 'false')),
  move('PLACE', 'MoveService.moveTicket', 'the neighbours are not looked at again after a rerank', leaveOut('({ ticket, gap } = (await lockMoving(')),
  move(
    'LOCK',
    'MoveService.moveTicket',
    'the column is looked at without holding it',
    instead(
      'holdColumn(tx, columnId)',
      'row<never>(tx, `SELECT c.id, c.name, c.board_id AS "boardId", c.ticket_count AS count, c.wip_limit AS "wipLimit", c.wip_policy AS "wipPolicy", p.id AS "projectId", p.visibility, p.team_id AS "teamId" FROM board_column c JOIN board b ON b.id = c.board_id JOIN project p ON p.id = b.project_id WHERE c.id = $1`, [columnId])',
    ),
  ),
  moving('FIGURE', 'BETWEEN_COLUMNS', 'the column that a card leaves keeps its count', inText('id IN ($2, $9)', 'id IN ($2)')),
  moving('FIGURE', 'FROM_BACKLOG', 'a card of the backlog counts in no column', inText('ticket_count + 1', 'ticket_count'), [PLACEMENT]),
  moving('FIGURE', 'placing', 'a move within a column changes its count', instead('columnId === moved.columnId', 'false')),
  moving('FIGURE', 'OFF_BOARD', 'a card that left its board counts in its column', inText('ticket_count - 1', 'ticket_count'), [PROGRESS]),
  moving(
    'PLACE',
    'OFF_BOARD',
    'a card stays on the board that it was taken off',
    inText('WHERE ticket_id = $1 AND board_id = $3', 'WHERE ticket_id = $1 AND board_id <> $3'),
    [PROGRESS],
  ),
  move('RIGHTS', 'MoveService.takeOffBoard', 'whoever reads may take a card off', instead("'ticket.write'", "'project.read'")),
  move('LOG', 'MoveService.takeOffBoard', 'a card that is taken off is not logged', UNTOLD),
  lying('LOG', 'put', 'the state of a card is not logged', instead('[movedEntry(ticket, one.ticket)]', '[]')),
  lying(
    'LOG',
    'give',
    'the state of a ticket that stays where it is is not logged',
    instead("[{ entity: 'TICKET', entityId: ticket.id, ticketId: ticket.id, action: 'UPDATED', changes }]", '[]'),
  ),
  many('PLACE', 'aim', 'a card goes into an archived board', instead('target?.archived', 'false')),
  progress('PLACE', 'targetOf', 'a card goes into a column that means another state by now', instead('STATE_OF[column.category] === state', 'true')),
  progress(
    'PLACE',
    'targetOf',
    'a card leaves the column in which it is done already',
    instead('ticket.boardId === null || ticket.state === state', 'ticket.boardId === null'),
  ),
  progress('LOCK', 'targetsOn', 'the column that a card goes into is not held', instead('columnOf(state, columns)?.id ?? []', '[]')),
  written('VERSION', 'setProgress', 'a drag makes an open edit stale', inText('updated_at = now()', 'version = version + 1, updated_at = now()')),
  place('PLACE', 'GAP_JOIN', 'a deleted card is taken for a neighbour', inText('AND NOT n.hidden AND n.ticket_id', 'AND n.ticket_id'), [MOVE, TICKET]),
  place('PLACE', 'GAP_JOIN', 'a deleted card is named as the one to lie behind', inText('AND NOT prev.hidden', ''), [MOVE, TICKET]),
  place(
    'PLACE',
    'GAP_JOIN',
    'the moving card is taken for its own neighbour',
    inText('AND NOT n.hidden AND n.ticket_id <>', 'AND NOT n.hidden AND n.ticket_id IS DISTINCT FROM NULL AND true IS NOT NULL OR false AND n.ticket_id <>'),
    [MOVE],
  ),
  place(
    'PLACE',
    'GAP_JOIN',
    'a card of another column is taken for the one to lie behind',
    inText('AND prev.column_id =', 'AND prev.ticket_id IS NOT NULL OR prev.column_id ='),
    [MOVE],
  ),
  place(
    'LOCK',
    'rerank',
    'a move away says a rank that its card had before the rerank',
    inText('SELECT FROM ticket WHERE id = ANY ($1::uuid[])', 'SELECT FROM ticket WHERE false AND id = ANY ($1::uuid[])'),
    [PLACEMENT],
  ),
  place('LOCK', 'lockCards', 'a column that means something else and a move away wait for each other', inText('FOR NO KEY UPDATE OF t', 'FOR NO KEY UPDATE'), [
    AT_ONCE,
  ]),
  move(
    'LOCK',
    'lockMoving',
    'two moves of one card say the same place that it left',
    inText('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', 'SELECT $1::uuid'),
    [PLACEMENT, MOVE],
  ),
  moving(
    'FIGURE',
    'placing',
    'a card in a column of what is done is not done',
    instead(
      '[id, moved.columnId, moved.boardId, moved.rank, moved.state, moved.resolution, moved.sprintId]',
      "[id, moved.columnId, moved.boardId, moved.rank, 'OPEN', null, moved.sprintId]",
    ),
    [PLACEMENT],
  ),
  moving(
    'LOG',
    'movedEntry',
    'the log does not say that a state changed',
    instead('{ boardId: to.boardId, state: to.state, resolution: to.resolution, sprintId: to.sprintId }', '{ boardId: to.boardId, sprintId: to.sprintId }'),
    [PLACEMENT],
  ),
  card('RIGHTS', 'holdBacklog', 'a ticket is made in a project by a column of another', inText('p.id = (SELECT', 'true OR p.id = (SELECT'), [PLACEMENT]),
  card('INPUT', 'holdBacklog', 'a ticket of no project is made somewhere', leaveOut('if (projectId == null && columnId == null)'), [PLACEMENT]),
  card('LOCK', 'holdBacklog', 'two tickets that are made at once share a place in the backlog', inText(' FOR NO KEY UPDATE', ''), [PLACEMENT]),
  card(
    'FIGURE',
    'CardService.restoreTicket',
    'a restored ticket is as far as when it was deleted',
    instead('progressIn(lay.column.category, before)', '{ state: before.state, resolution: before.resolution }'),
    [PLACEMENT],
  ),
  place('PLACE', 'gapOf', 'a neighbour that has gone is the top of the column', instead("wanted !== null && after === null ? 'gone' : after", 'after')),
  place('PLACE', 'lastUpTo', 'a restored card goes before the last one', inText('ORDER BY rank DESC, ticket_id DESC', 'ORDER BY rank, ticket_id'), [TICKET]),
  place('PLACE', 'lastUpTo', 'deleted cards count as the end of the column', inText('AND NOT hidden', ''), [TICKET]),
  place('PLACE', 'rerank', 'a rerank orders the cards anew', inText('ORDER BY rank', 'ORDER BY ticket_id')),
  place(
    'LOCK',
    'holdColumn',
    'nobody waits for who holds the column',
    inText('SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))', 'SELECT $1::uuid::text'),
  ),
  card('LOG', 'CardService.createIn', 'a new ticket is not logged', UNTOLD),
  ticket('LOG', 'TicketService.updateTicket', 'a changed ticket is not logged', UNTOLD),
  card('LOG', 'CardService.deleteIn', 'a deleted ticket is not logged', UNTOLD),
  card('LOG', 'CardService.restoreTicket', 'a restored ticket is not logged', UNTOLD),
  place(
    'LOG',
    'enter',
    'the rerank before an entry is done and not logged',
    instead('entries.push(await rerank(tx, column, afterId))', 'await rerank(tx, column, afterId)'),
  ),
  ticket('VERSION', 'TicketService.updateTicket', 'an edit from a stale version overwrites', STALE),
  card('VERSION', 'CardService.deleteIn', 'a ticket that changed since is deleted', STALE),
  written('VERSION', 'restoreTicket', 'a restored ticket keeps its version', inText('updated_at = now(), version = version + 1', 'updated_at = now()')),
  card('RIGHTS', 'CardService.createIn', 'whoever reads may create', instead("'ticket.write'", "'project.read'")),
  ticket('RIGHTS', 'TicketService.updateTicket', 'whoever reads may change', instead("'ticket.write'", "'project.read'")),
  card('RIGHTS', 'CardService.deleteIn', 'whoever writes in an open project may delete', instead("'ticket.delete'", "'ticket.write'")),
  card('RIGHTS', 'CardService.deleteIn', 'whoever reads may delete', instead("'ticket.delete'", "'project.read'")),
  card('RIGHTS', 'CardService.restoreTicket', 'whoever reads may restore', instead("'ticket.delete'", "'project.read'")),
  input(
    'RIGHTS',
    'holdLabelsAmong',
    'a label of another project is put on a ticket',
    inText('WHERE project_id = $1 AND id = ANY', 'WHERE $1::uuid IS NOT NULL AND id = ANY'),
  ),
  input('RIGHTS', 'readersAmong', 'a disabled account is assigned', inText('AND NOT u.disabled', ''), [BOARD]),
  input('RIGHTS', 'readersAmong', 'somebody who may not read the private project is assigned', inText("$2 = 'OPEN' OR", '$2 IS NOT NULL OR')),
  place('PLACE', 'enter', 'entry into a used-up gap is not reranked', instead('isFull(gap)', 'false')),
  place('PLACE', 'enter', 'entry looks at the gap of before the rerank', leaveOut('gap = await gapBehind(')),
  card(
    'FIGURE',
    'CardService.createIn',
    'the column does not count a new ticket',
    inText('SET ticket_count = ticket_count + 1', 'SET ticket_count = ticket_count'),
  ),
  coming('FIGURE', 'hide', 'the column counts a deleted ticket', leaveOut("await tx.query('UPDATE board_column")),
  coming('FIGURE', 'show', 'the column does not count a restored ticket', inText('SET ticket_count = ticket_count + 1', 'SET ticket_count = ticket_count')),
  input(
    'LIMIT',
    'checkLabelCount',
    'one label more than the limit is taken',
    instead('labelIds.length > LABELS_EACH_TICKET', 'labelIds.length > LABELS_EACH_TICKET + 1'),
    [LIMITS],
  ),
  input(
    'LIMIT',
    'checkLabelCount',
    'as many labels as the limit are refused',
    instead('labelIds.length > LABELS_EACH_TICKET', 'labelIds.length >= LABELS_EACH_TICKET'),
    [LIMITS],
  ),
  input('LOCK', 'holdLabelsAmong', 'a label that is being deleted is put on a ticket', inText('FOR KEY SHARE', ''), [LABEL]),
  locked('LOCK', 'lockTicket', 'two edits of one version both win, and a card that moved lies where it lay', inText('FOR NO KEY UPDATE', ''), [
    TICKET,
    PLACEMENT,
  ]),
  reading(
    'RIGHTS',
    'TicketReader.ticket',
    'a ticket of a private project is shown to everybody',
    inText('AND t.deleted_at IS NULL AND', 'AND t.deleted_at IS NULL OR false AND'),
  ),
  reading('PAGE', 'TicketReader.ticket', 'a deleted ticket is shown', inText('AND t.deleted_at IS NULL', '')),
  reading('PAGE', 'TicketReader.searched', 'a page of tickets that is exactly full says there is more', instead('limit + 1', 'limit')),
  reading('PAGE', 'TicketReader.searched', 'deleted tickets are listed', inText('AND t.deleted_at IS NULL', '')),
  reading('PAGE', 'TicketReader.searched', 'a percent sign searches for anything', instead('likePart(wanted)', 'wanted')),
  windows('PAGE', 'WindowReader.readWindows', 'a window begins one card late', instead('keys.map((key) => key.offset)', 'keys.map((key) => key.offset + 1)')),
  windows('PAGE', 'WINDOWS', 'a window shows deleted cards', inText('AND NOT k.hidden', '')),
  windows('PAGE', 'windowsOf', 'two windows of one column are swapped', instead('i + 1', 'keys.length - i')),
  windows('LIMIT', 'checkWindow', 'a window may be one larger than the limit', instead('limit > WINDOW_MAX', 'limit > WINDOW_MAX + 1')),
  windows('LIMIT', 'checkWindow', 'the largest window is refused', instead('limit > WINDOW_MAX', 'limit >= WINDOW_MAX')),
  asked(
    'PAGE',
    'AskedBoardReader.statement',
    'a board forgets what it is asked',
    instead('whereOf(TICKET_LIST, query, statement)', 'TICKET_LIST.readable(statement)'),
  ),
  asked(
    'PAGE',
    'AskedBoardReader.readWindows',
    'a window of a lane shows all lanes',
    instead("by ? ` AND ${LANES[by].lane} IS NOT DISTINCT FROM ${statement.param(lane, 'text')}` : ''", "''"),
  ),
  asked(
    'PAGE',
    'AskedBoardReader.readWindows',
    'cards of a filtered window are in no order',
    inText(' ORDER BY hit.rank, hit.ticket_id', ' ORDER BY hit.ticket_id'),
  ),
  asked('PAGE', 'AskedBoardReader.matches', 'cards of other boards are told', instead("statement.param(board.id, 'uuid')", "'k.board_id'")),
  asked('LIMIT', 'AskedBoardReader.matches', 'any number of cards is looked at', leaveOut('if (ids.length > CARDS_MAX)')),
  input('FIGURE', 'CHECKS', 'a label that is named twice stands twice', instead('[...new Set(value)]', '[...value]'), [TICKET]),
  written('INPUT', 'setFrom', 'what is not named is emptied', inText('} ELSE t.${', '} ELSE n.${'), [TICKET]),
  written('FIGURE', 'setFrom', 'who got another parent has the old one back', inText('THEN NULL ELSE t.orphan_of', 'THEN t.orphan_of ELSE t.orphan_of'), [
    FAMILIES,
  ]),
  written('FIGURE', 'LOSE_PARENT', 'a parent that comes back has no children', inText(', orphan_of = $1', ''), [FAMILIES]),
  families('LOCK', 'hold', 'a parent becomes of another kind while it gets a child', inText('FOR NO KEY UPDATE', '')),
  families('INPUT', 'judgeFamilies', 'a parent of any kind is taken', leaveOut('if (!allowed.ok)')),
  families('RIGHTS', 'judgeFamilies', 'a ticket of another project is taken for a parent', instead('parent.projectId !== child.projectId', 'false')),
  families('INPUT', 'misfitsOf', 'children stay that fit their parent no more', leaveOut('if (child.deleted)')),
  families('LOG', 'leaveChildren', 'children that lose their parent are not told of', instead('parentEntry(child.id, id, null)', 'parentEntry(id, id, null)')),
  links('RIGHTS', 'TicketLinksService.change', 'whoever reads may link', instead("'ticket.write'", "'project.read'")),
  links(
    'RIGHTS',
    'TicketLinksService.change',
    'a ticket is linked to one that may not be read',
    instead("demandProject(actor, 'project.read', there(otherId))", 'there(otherId)!'),
  ),
  links('LOCK', 'LINKING', 'four links that are made at once close a ring', inText('SELECT pg_advisory_xact_lock(', 'SELECT (')),
  links('INPUT', 'TicketLinksService.demandNoRing', 'tickets block each other in a ring', leaveOut('throw new DomainError(')),
  links('RIGHTS', 'TicketLinksService.demandNoRing', 'a ring names what one may not read', inText('AND t.deleted_at IS NULL AND', 'OR')),
  links('LOG', 'TicketLinksService.change', 'a link is not logged', leaveOut('for (const [scope, entries] of')),
  linked('RIGHTS', 'linked', 'links to what one may not read are told', inText('WHERE t.deleted_at IS NULL AND', 'WHERE t.deleted_at IS NULL OR')),
  written('DELIVERY', 'insertTicket', 'the words of a new ticket are lost', inText("->> 'description' <> ''", "->> 'description' = ''"), [TICKET]),
  written(
    'DELIVERY',
    'SET_VALUES',
    'the words of a ticket that had none are lost',
    inText("WHERE $2::jsonb ? 'description' ON", "WHERE $2::jsonb ? 'nothing' ON"),
    [TICKET],
  ),
  written('DELIVERY', 'SET_VALUES', 'the words of a ticket stay what they were', inText('DO UPDATE SET description = excluded.description', 'DO NOTHING'), [
    TICKET,
  ]),
  written(
    'DELIVERY',
    'SET_VALUES',
    'a ticket loses its words with any other change',
    inText("SELECT $1, $2::jsonb ->> 'description' WHERE $2::jsonb ? 'description'", "SELECT $1, COALESCE($2::jsonb ->> 'description', '')"),
    [TICKET],
  ),
  card(
    'FIGURE',
    'CardService.createIn',
    'a new ticket is answered without its words',
    instead('ticketOf({ ...ticket, description: values.description })', 'ticketOf(ticket)'),
  ),
  ticket('FIGURE', 'TicketService.updateTicket', 'the words of before are answered', instead('after.description ?? before.description', 'before.description')),
  ticket(
    'FIGURE',
    'TicketService.updateTicket',
    'a change of other things is answered without words',
    instead('after.description ?? before.description', "after.description ?? ''"),
  ),
];
