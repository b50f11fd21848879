import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const BOARD = 'apps/api/src/board/board.integration.spec.ts';
const TICKET = 'apps/api/src/ticket/ticket.integration.spec.ts';
const MOVE = 'apps/api/src/board/move.integration.spec.ts';
const PLACEMENT = 'apps/api/src/board/placement.integration.spec.ts';
const LABEL = 'apps/api/src/project/label.integration.spec.ts';
const STATE = 'apps/api/src/project/project-state.integration.spec.ts';
const BOARD_STATE = 'apps/api/src/board/board-state.integration.spec.ts';
const EVENTS = 'apps/api/src/activity/activity.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const LIMITS = 'apps/api/test/operations/limits.integration.spec.ts';

const move = faultsOf('apps/api/src/board/move.service.ts', [MOVE, MUTATIONS]);
const written = faultsOf('apps/api/src/ticket/ticket.writes.ts', [PLACEMENT, MOVE, TICKET]);
const place = faultsOf('apps/api/src/board/placement.ts', [MOVE]);
const ticket = faultsOf('apps/api/src/ticket/ticket.service.ts', [TICKET, MUTATIONS]);
const label = faultsOf('apps/api/src/project/label.service.ts', [LABEL, MUTATIONS]);
const column = faultsOf('apps/api/src/board/column.service.ts', [BOARD, MUTATIONS]);
const behind = faultsOf('apps/api/src/board/rank-behind.ts', [BOARD]);
const state = faultsOf('apps/api/src/project/project-state.service.ts', [STATE, MUTATIONS]);
const erasure = faultsOf('apps/api/src/project/project-erasure.ts', [STATE]);
const boardState = faultsOf('apps/api/src/board/board-state.service.ts', [BOARD_STATE, MUTATIONS]);
const project = faultsOf('apps/api/src/project/project.service.ts', [BOARD, MUTATIONS]);
const board = faultsOf('apps/api/src/board/board.service.ts', [BOARD, MUTATIONS]);
const card = faultsOf('apps/api/src/board/card.service.ts', [TICKET, MUTATIONS]);
const input = faultsOf('apps/api/src/ticket/ticket-input.ts', [TICKET]);
const locked = faultsOf('apps/api/src/ticket/locked-ticket.ts', [TICKET]);
const carried = faultsOf('apps/api/src/ticket/ticket-labels.ts', [LABEL]);
const reading = faultsOf('apps/api/src/ticket/ticket.reader.ts', [BOARD, TICKET]);
const windows = faultsOf('apps/api/src/board/window.reader.ts', [BOARD, TICKET]);

export const BOARD_FAULTS: readonly Fault[] = [
  state('LOCK', 'ProjectStateService.change', 'archived: the log is left open for who looked before', leaveOut('await this.activity.close(')),
  state('LOG', 'ProjectStateService.change', 'archived: nobody is told', UNTOLD),
  state('VERSION', 'ProjectStateService.change', 'archived: a stale version is accepted', STALE),
  state('LOG', 'ProjectStateService.change', 'archived: the audit trail is not told', leaveOut('await this.audit.by(')),
  state('RIGHTS', 'ProjectStateService.restore', 'archived: leads take back a deletion', instead("'project.undelete'", "'project.archive'")),
  erasure(
    'LIMIT',
    'ProjectErasure.tidy',
    'erased: the waiting time is ignored',
    inText(
      "WHERE state = 'DELETED' AND deleted_at <= now() - make_interval(days => ",
      "WHERE state = 'DELETED' AND deleted_at <= now() - 0 * make_interval(days => ",
    ),
  ),
  erasure(
    'ATOMIC',
    'ProjectErasure.tidy',
    'erased: one can be restored while it is being erased',
    inText("SET state = 'ERASING', version = version + 1", 'SET version = version + 1'),
  ),
  erasure('LOG', 'ProjectErasure.erase', 'erased: the audit trail is not told', leaveOut('await this.audit.write(')),
  erasure('INPUT', 'ProjectErasure.erase', 'erased: the key is given to another project', leaveOut("await tx.query('INSERT INTO retired_project_key")),
  boardState('LIMIT', 'BoardStateService.archive', 'boards: the last one is archived', leaveOut('if (!siblings.some(')),
  boardState('LOCK', 'BoardStateService.archive', 'boards: a card slips in beside the archiving', leaveOut('await holdColumns(tx, id)')),
  boardState('LOCK', 'siblingsOf', 'boards: two archived at once leave none', leaveOut('await tx.query(')),
  boardState('LOG', 'BoardStateService.archive', 'boards: nobody is told of an archived one', UNTOLD),
  boardState('LOG', 'BoardStateService.delete', 'boards: nobody is told of a deleted one', UNTOLD),
  boardState('VERSION', 'BoardStateService.update', 'boards: a stale name is accepted', STALE),
  boardState('INPUT', 'BoardStateService.delete', 'boards: one that is in use is deleted', leaveOut('if (!before.archived)')),
  move('LOG', 'MoveService.moveTicket', 'a move within or between columns is not logged', leaveOut('if (entries.length > 0) await this.activity.append(')),
  move(
    'LOG',
    'MoveService.moveTicket',
    'the rerank before a move is done and not logged',
    instead('entries.push(await rerank(tx, target))', 'await rerank(tx, target)'),
  ),
  move('LOG', 'movedEntry', 'the log says the new column for the old', instead('from.columnId', 'to.columnId')),
  move('PLACE', 'MoveService.moveTicket', 'boards: a card is moved onto an archived one', leaveOut('if (target.archived)'), [BOARD_STATE]),
  move('RIGHTS', 'MoveService.moveTicket', 'whoever reads may move', instead("'ticket.write'", "'project.read'")),
  move(
    'RIGHTS',
    'MoveService.moveTicket',
    'a card is moved out of a project that the actor may not write',
    leaveOut('if (seen?.ticket.projectId !== target.projectId)'),
  ),
  move(
    'PLACE',
    'MoveService.moveTicket',
    'a used-up gap is not reranked',
    instead("gap.after !== 'gone' && !hasRoomBetween(gap.after?.rank ?? null, gap.next?.rank ?? null)", 'false'),
  ),
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
  move('FIGURE', 'BETWEEN_COLUMNS', 'the column that a card leaves keeps its count', inText('id IN ($2, $8)', 'id IN ($2)')),
  move('FIGURE', 'FROM_BACKLOG', 'a card of the backlog counts in no column', inText('ticket_count + 1', 'ticket_count'), [PLACEMENT]),
  move('FIGURE', 'place', 'a move within a column changes its count', instead('columnId === moved.columnId', 'false')),
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
  place('LOCK', 'rerank', 'a move away says a rank that its card had before the rerank', inText('FOR NO KEY UPDATE', 'FOR NO KEY UPDATE OF k'), [PLACEMENT]),
  move(
    'LOCK',
    'lockMoving',
    'two moves of one card say the same place that it left',
    inText('SELECT FROM ticket WHERE id = $1 FOR NO KEY UPDATE', 'SELECT $1::uuid'),
    [PLACEMENT, MOVE],
  ),
  move(
    'FIGURE',
    'place',
    'a card in a column of what is done is not done',
    instead('[id, moved.columnId, moved.boardId, moved.rank, moved.state, moved.resolution]', "[id, moved.columnId, moved.boardId, moved.rank, 'OPEN', null]"),
  ),
  move(
    'LOG',
    'movedEntry',
    'the log does not say that a state changed',
    instead('{ boardId: to.boardId, state: to.state, resolution: to.resolution }', '{ boardId: to.boardId }'),
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
  column(
    'LOG',
    'carry',
    'tickets change their state with their column, and the log does not say so',
    instead('changesBetween(before, progress)', 'changesBetween(progress, progress)'),
    [PLACEMENT],
  ),
  column('FIGURE', 'carry', 'deleted tickets are told as carried by their column', inText('AND NOT k.hidden', ''), [PLACEMENT]),
  place('PLACE', 'gapOf', 'a neighbour that has gone is the top of the column', instead("wanted !== null && after === null ? 'gone' : after", 'after')),
  place('PLACE', 'lastUpTo', 'a restored card goes before the last one', inText('ORDER BY rank DESC, ticket_id DESC', 'ORDER BY rank, ticket_id'), [TICKET]),
  place('PLACE', 'lastUpTo', 'deleted cards count as the end of the column', inText('AND NOT hidden', ''), [TICKET]),
  place('PLACE', 'rerank', 'a rerank orders the cards anew', inText('ORDER BY k.rank, k.ticket_id', 'ORDER BY k.ticket_id')),
  place(
    'LOCK',
    'holdColumn',
    'nobody waits for who holds the column',
    inText('SELECT pg_advisory_xact_lock(hashtextextended($1::uuid::text, 0))', 'SELECT $1::uuid::text'),
  ),

  card('LOG', 'CardService.createTicket', 'a new ticket is not logged', UNTOLD),
  ticket('LOG', 'TicketService.updateTicket', 'a changed ticket is not logged', UNTOLD),
  card('LOG', 'CardService.deleteTicket', 'a deleted ticket is not logged', UNTOLD),
  card('LOG', 'CardService.restoreTicket', 'a restored ticket is not logged', UNTOLD),
  card('LOG', 'enter', 'the rerank before an entry is done and not logged', instead('entries.push(await rerank(tx, column))', 'await rerank(tx, column)')),
  ticket('VERSION', 'TicketService.updateTicket', 'an edit from a stale version overwrites', STALE),
  card('VERSION', 'CardService.deleteTicket', 'a ticket that changed since is deleted', STALE),
  written('VERSION', 'restoreTicket', 'a restored ticket keeps its version', inText('updated_at = now(), version = version + 1', 'updated_at = now()')),
  card('RIGHTS', 'CardService.createTicket', 'whoever reads may create', instead("'ticket.write'", "'project.read'")),
  ticket('RIGHTS', 'TicketService.updateTicket', 'whoever reads may change', instead("'ticket.write'", "'project.read'")),
  card('RIGHTS', 'CardService.deleteTicket', 'whoever writes in an open project may delete', instead("'ticket.delete'", "'ticket.write'")),
  card('RIGHTS', 'CardService.deleteTicket', 'whoever reads may delete', instead("'ticket.delete'", "'project.read'")),
  card('RIGHTS', 'CardService.restoreTicket', 'whoever reads may restore', instead("'ticket.delete'", "'project.read'")),
  input(
    'RIGHTS',
    'checkReferences',
    'a label of another project is put on a ticket',
    inText('WHERE project_id = $1 AND id = ANY', 'WHERE $1::uuid IS NOT NULL AND id = ANY'),
  ),
  input('RIGHTS', 'checkReferences', 'a disabled account is assigned', inText('AND NOT u.disabled', ''), [BOARD]),
  input('RIGHTS', 'checkReferences', 'somebody who may not read the private project is assigned', inText("$2 = 'OPEN' OR", '$2 IS NOT NULL OR')),
  card(
    'PLACE',
    'enter',
    'entry into a used-up gap is not reranked',
    instead("gap.after !== 'gone' && !hasRoomBetween(gap.after?.rank ?? null, gap.next?.rank ?? null)", 'false'),
  ),
  card('PLACE', 'enter', 'entry looks at the gap of before the rerank', leaveOut('gap = await gapBehind(')),
  card(
    'FIGURE',
    'CardService.createTicket',
    'the column does not count a new ticket',
    inText('SET ticket_count = ticket_count + 1', 'SET ticket_count = ticket_count'),
  ),
  card('FIGURE', 'CardService.deleteTicket', 'the column counts a deleted ticket', leaveOut("await tx.query('UPDATE board_column")),
  card(
    'FIGURE',
    'CardService.restoreTicket',
    'the column does not count a restored ticket',
    inText('SET ticket_count = ticket_count + 1', 'SET ticket_count = ticket_count'),
  ),
  input(
    'LIMIT',
    'checkReferences',
    'one label more than the limit is taken',
    instead('fields.labelIds.length > LABELS_EACH_TICKET', 'fields.labelIds.length > LABELS_EACH_TICKET + 1'),
    [LIMITS],
  ),
  input(
    'LIMIT',
    'checkReferences',
    'as many labels as the limit are refused',
    instead('fields.labelIds.length > LABELS_EACH_TICKET', 'fields.labelIds.length >= LABELS_EACH_TICKET'),
    [LIMITS],
  ),
  input('LOCK', 'checkReferences', 'a label that is being deleted is put on a ticket', inText('FOR KEY SHARE', ''), [LABEL]),
  locked('LOCK', 'lockTicket', 'two edits of one version both win', inText('FOR NO KEY UPDATE OF t', '')),

  label('LOG', 'LabelService.createLabel', 'a new label is not logged', UNTOLD, [LABEL, EVENTS]),
  label('LOG', 'LabelService.updateLabel', 'a changed label is not logged', UNTOLD),
  label('LOG', 'LabelService.deleteLabel', 'a deleted label is not logged', UNTOLD),
  label('VERSION', 'LabelService.updateLabel', 'a label is changed from a stale version', STALE),
  label('VERSION', 'LabelService.deleteLabel', 'a label that changed since is deleted', STALE),
  label('RIGHTS', 'LabelService.createLabel', 'whoever reads may make labels', instead("'ticket.write'", "'project.read'")),
  label('RIGHTS', 'LabelService.updateLabel', 'a member renames a label', instead("'project.manage'", "'ticket.write'")),
  label('RIGHTS', 'LabelService.deleteLabel', 'a member deletes a label', instead("'project.manage'", "'ticket.write'")),
  label(
    'LIMIT',
    'LabelService.createLabel',
    'one label more than the limit is made',
    instead('(held?.count ?? 0) >= LABELS_EACH_PROJECT', '(held?.count ?? 0) > LABELS_EACH_PROJECT'),
    [LIMITS],
  ),
  carried(
    'FIGURE',
    'TicketLabels.clear',
    'tickets carry a label that is gone',
    inText('SET label_ids = array_remove(label_ids, $2::uuid)', 'SET label_ids = label_ids'),
  ),
  carried('FIGURE', 'TicketLabels.counts', 'deleted tickets are counted under their labels', inText('AND t.deleted_at IS NULL AND carried', 'AND carried')),

  column('LOG', 'ColumnService.createColumn', 'a new column is not logged', UNTOLD),
  column('LOG', 'ColumnService.updateColumn', 'a changed column is not logged', UNTOLD, [BOARD, EVENTS]),
  column('LOG', 'ColumnService.deleteColumn', 'a deleted column is not logged', UNTOLD),
  column('VERSION', 'ColumnService.updateColumn', 'a column is changed from a stale version', STALE),
  column('VERSION', 'ColumnService.deleteColumn', 'a column that changed since is deleted', STALE),
  column('RIGHTS', 'ColumnService.createColumn', 'a member makes columns', instead("'board.manage'", "'ticket.write'")),
  column('RIGHTS', 'ColumnService.updateColumn', 'a member changes columns', instead("'board.manage'", "'ticket.write'")),
  column('RIGHTS', 'ColumnService.deleteColumn', 'a member deletes columns', instead("'board.manage'", "'ticket.write'")),
  column(
    'LIMIT',
    'ColumnService.createColumn',
    'one column more than the limit is made',
    instead('siblings.length >= COLUMNS_MAX', 'siblings.length > COLUMNS_MAX'),
    [LIMITS],
  ),
  column('LIMIT', 'ColumnService.updateColumn', 'a limit of no card at all is taken', instead('after.wipLimit < 1', 'after.wipLimit < 0')),
  behind('PLACE', 'rankBehind', 'a column goes before the one it was put behind', instead('siblings[at + 1]?.rank ?? null', 'siblings[at]?.rank ?? null')),
  column(
    'PLACE',
    'ColumnService.deleteColumn',
    'a card restored into the first column lies where it lay in the deleted one',
    inText('rank = COALESCE((SELECT max(last.rank) FROM placement last WHERE last.column_id = $2 AND NOT last.hidden), rank)', 'rank = rank'),
  ),
  column('INPUT', 'ColumnService.deleteColumn', 'a column with cards is deleted', leaveOut('if (before.ticketCount > 0)')),
  column('INPUT', 'ColumnService.deleteColumn', 'the last column is deleted', leaveOut("if (!heir) throw new DomainError('LAST_COLUMN')")),
  column('LOCK', 'ColumnService.deleteColumn', 'a column is deleted while a card is on its way into it', leaveOut('await holdColumn(tx, id)'), [TICKET]),

  board('LOG', 'BoardService.createProject', 'a new project is not logged', UNTOLD),
  project('LOG', 'ProjectService.updateProject', 'a changed project is not logged', UNTOLD, [BOARD, EVENTS]),
  project('VERSION', 'ProjectService.updateProject', 'a project is changed from a stale version', STALE),
  project('RIGHTS', 'ProjectService.checked', 'a project is made for a team one is not in', leaveOut("if (!can(actor, 'ticket.write'")),
  project(
    'RIGHTS',
    'ProjectService.updateProject',
    'a member changes the project',
    instead("demandProject(actor, 'project.manage', await lockProject(tx, id))", "demandProject(actor, 'ticket.write', await lockProject(tx, id))"),
  ),
  project('RIGHTS', 'ProjectService.updateProject', 'a project is given to a team whose projects one does not manage', leaveOut('if (after.teamId && !can(')),
  project('RIGHTS', 'ProjectService.projects', 'private projects are listed for everybody', inText('WHERE', 'WHERE true OR')),
  project('RIGHTS', 'ProjectService.projectsByIds', 'private projects are reached through a reference', inText('WHERE', 'WHERE true OR')),

  board('LOG', 'BoardService.createBoard', 'a new board is not logged', UNTOLD),
  board('RIGHTS', 'BoardService.createBoard', 'a member makes boards', instead("'board.manage'", "'ticket.write'")),
  board('RIGHTS', 'BoardService.board', 'the board of a private project is shown to everybody', inText('WHERE b.id = $3 AND', 'WHERE b.id = $3 OR')),
  board('PAGE', 'BoardService.board', 'columns are shown in no order', inText('ORDER BY c.rank, c.id', '')),

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
  windows('PAGE', 'WindowReader.readWindows', 'a window shows deleted cards', inText('AND NOT k.hidden', '')),
  windows('PAGE', 'WindowReader.readWindows', 'two windows of one column are swapped', instead('i + 1', 'keys.length - i')),
  windows('LIMIT', 'WindowReader.window', 'a window may be one larger than the limit', instead('limit > WINDOW_MAX', 'limit > WINDOW_MAX + 1')),
  windows('LIMIT', 'WindowReader.window', 'the largest window is refused', instead('limit > WINDOW_MAX', 'limit >= WINDOW_MAX')),

  input('FIGURE', 'CHECKS', 'a label that is named twice stands twice', instead('[...new Set(value)]', '[...value]'), [TICKET]),
  written('INPUT', 'SET', 'what is not named is emptied', inText('ELSE t.', 'ELSE n.'), [TICKET]),

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
    'CardService.createTicket',
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
