import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const BOARD = 'apps/api/src/board/board.integration.spec.ts';
const TICKET = 'apps/api/src/ticket/ticket.integration.spec.ts';
const PLACEMENT = 'apps/api/src/board/placement.integration.spec.ts';
const LABEL = 'apps/api/src/project/label.integration.spec.ts';
const PIN = 'apps/api/src/project/pin.integration.spec.ts';
const STATE = 'apps/api/src/project/project-state.integration.spec.ts';
const BOARD_STATE = 'apps/api/src/board/board-state.integration.spec.ts';
const AT_ONCE = 'apps/api/src/board/at-once.integration.spec.ts';
const EVENTS = 'apps/api/src/activity/activity.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const LIMITS = 'apps/api/test/operations/limits.integration.spec.ts';

const label = faultsOf('apps/api/src/project/label.service.ts', [LABEL, MUTATIONS]);
const column = faultsOf('apps/api/src/board/column.service.ts', [BOARD, MUTATIONS]);
const behind = faultsOf('apps/api/src/board/rank-behind.ts', [BOARD]);
const state = faultsOf('apps/api/src/project/project-state.service.ts', [STATE, MUTATIONS]);
const erasure = faultsOf('apps/api/src/project/project-erasure.ts', [STATE]);
const boardState = faultsOf('apps/api/src/board/board-state.service.ts', [BOARD_STATE, MUTATIONS]);
const project = faultsOf('apps/api/src/project/project.service.ts', [BOARD, MUTATIONS]);
const board = faultsOf('apps/api/src/board/board.service.ts', [BOARD, MUTATIONS]);
const carried = faultsOf('apps/api/src/ticket/ticket-labels.ts', [LABEL]);

const backlogColumn = faultsOf('apps/api/src/board/backlog-column.service.ts', ['apps/api/src/board/backlog-column.integration.spec.ts', MUTATIONS]);

export const BOARD_FAULTS: readonly Fault[] = [
  backlogColumn('RIGHTS', 'BacklogColumnService.retire', 'column "Backlog": whoever reads removes it', instead("'board.manage'", "'project.read'")),
  backlogColumn('RIGHTS', 'BacklogColumnService.keep', 'column "Backlog": whoever reads says that it stays', instead("'board.manage'", "'project.read'")),
  backlogColumn('VERSION', 'BacklogColumnService.retire', 'column "Backlog": a stale version is removed', leaveOut('sameVersion(')),
  backlogColumn('LOG', 'BacklogColumnService.retire', 'column "Backlog": the log is not told', leaveOut('await this.activity.append(')),
  backlogColumn('INPUT', 'BacklogColumnService.retire', 'column "Backlog": any column is removed', leaveOut('if (offered?.id')),
  backlogColumn('PLACE', 'BacklogColumnService.retire', 'column "Backlog": its cards keep their places in the backlog', leaveOut('await placeInBacklog(')),
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
  boardState('LOCK', 'BoardStateService.delete', 'boards: a card that moves away from a deleted one is lost', leaveOut('await lockCards('), [AT_ONCE]),
  column('LOCK', 'ColumnService.updateColumn', 'a card that moved away follows the column that it left', leaveOut('await lockCards('), [AT_ONCE]),
  column(
    'LOG',
    'carry',
    'tickets change their state with their column, and the log does not say so',
    instead('changesBetween(before, progress)', 'changesBetween(progress, progress)'),
    [PLACEMENT],
  ),
  column('FIGURE', 'carry', 'deleted tickets are told as carried by their column', inText('AND NOT k.hidden', ''), [PLACEMENT]),
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
    'removeColumn',
    'a card restored into the first column lies where it lay in the deleted one',
    inText('rank = COALESCE((SELECT max(last.rank) FROM placement last WHERE last.column_id = $2 AND NOT last.hidden), rank)', 'rank = rank'),
  ),
  column('INPUT', 'ColumnService.deleteColumn', 'a column with cards is deleted', leaveOut('if (before.ticketCount > 0)')),
  column('INPUT', 'removeColumn', 'the last column is deleted', leaveOut("if (!heir) throw new DomainError('LAST_COLUMN')")),
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
  project(
    'RIGHTS',
    'ProjectService.pin',
    'a hidden project can be pinned',
    instead(
      "demandProject(actor, 'project.read', await row<ProjectType>(tx, `${PROJECT} WHERE p.id = $1`, [id]))",
      '(await row<ProjectType>(tx, `${PROJECT} WHERE p.id = $1`, [id]))!',
    ),
    [PIN],
  ),
  project('RIGHTS', 'ProjectService.pinned', 'what others pinned is pinned for all', inText('user_id = $1 AND', '$1::uuid IS NOT NULL AND'), [PIN]),
  board('LOG', 'BoardService.createBoard', 'a new board is not logged', UNTOLD),
  board('RIGHTS', 'BoardService.createBoard', 'a member makes boards', instead("'board.manage'", "'ticket.write'")),
  board('RIGHTS', 'BoardService.board', 'the board of a private project is shown to everybody', inText('WHERE b.id = $3 AND', 'WHERE b.id = $3 OR')),
  board('PAGE', 'BoardService.board', 'columns are shown in no order', inText('ORDER BY c.rank, c.id', '')),
];
