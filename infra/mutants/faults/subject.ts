import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const TICKET = 'apps/api/src/ticket/ticket.integration.spec.ts';
const ATTACHMENT = 'apps/api/src/subject/attachment.integration.spec.ts';
const EVENTS = 'apps/api/src/activity/activity.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';

const comment = faultsOf('apps/api/src/subject/comment.service.ts', [TICKET, MUTATIONS]);
const attachment = faultsOf('apps/api/src/subject/attachment.service.ts', [ATTACHMENT, MUTATIONS]);
const download = faultsOf('apps/api/src/subject/attachment.controller.ts', [ATTACHMENT]);
const kept = faultsOf('apps/api/src/subject/attachment.housekeeping.ts', [ATTACHMENT]);
const contents = faultsOf('apps/api/src/subject/subject.writes.ts', [ATTACHMENT]);

export const SUBJECT_FAULTS: readonly Fault[] = [
  comment('LOG', 'CommentService.addIn', 'a comment is not logged', UNTOLD, [TICKET, EVENTS]),
  comment('LOG', 'CommentService.updateComment', 'an edited comment is not logged', UNTOLD),
  comment('LOG', 'CommentService.deleteIn', 'a deleted comment is not logged', UNTOLD),
  comment('VERSION', 'CommentService.updateComment', 'a comment is edited from a stale version', STALE),
  comment('VERSION', 'CommentService.deleteIn', 'a comment that changed since is deleted', STALE),
  comment('RIGHTS', 'CommentService.addIn', 'whoever reads may comment', instead("'comment.write'", "'project.read'")),
  comment('RIGHTS', 'CommentService.updateComment', "somebody else's words are edited", instead("'comment.edit'", "'comment.write'")),
  comment('RIGHTS', 'CommentService.deleteIn', 'a member deletes what others said', instead("'comment.delete'", "'comment.write'")),
  comment('FIGURE', 'CommentService.addIn', 'a ticket does not count its comment', instead("noun.countComments('$2', '1')", "noun.countComments('$2', '0')")),
  comment('FIGURE', 'CommentService.deleteIn', 'a ticket counts a deleted comment', leaveOut('await tx.query(noun.countComments(')),
  comment('PAGE', 'CommentService.comments', 'a page of comments that is exactly full says there is more', instead('limit + 1', 'limit')),
  comment(
    'PAGE',
    'CommentService.comments',
    'a page begins again with the last comment of the one before',
    inText('(c.created_at, c.id) > ($2', '(c.created_at, c.id) >= ($2'),
  ),
  comment('PAGE', 'CommentService.comments', 'deleted comments are shown', inText('AND c.deleted_at IS NULL', '')),

  attachment('RIGHTS', 'AttachmentService.lockForMore', 'whoever reads may attach', instead("'attachment.write'", "'project.read'")),
  attachment('RIGHTS', 'AttachmentService.addAttachment', 'bytes are taken in of whoever may not attach them', leaveOut('await this.lockForMore(')),
  attachment('RIGHTS', 'AttachmentService.deleteAttachment', 'a member deletes what others attached', instead("'attachment.delete'", "'attachment.write'")),
  attachment(
    'RIGHTS',
    'AttachmentService.restoreAttachment',
    'a member brings back what others attached',
    instead("'attachment.delete'", "'attachment.write'"),
  ),
  attachment(
    'RIGHTS',
    'AttachmentService.stored',
    'a file of a private project is sent to everybody',
    instead('!(await this.subjects.of(found.kind).readable(direct, actor, found.subjectId))', 'false'),
  ),
  attachment('LOG', 'AttachmentService.attach', 'an attached file is not logged', UNTOLD),
  attachment('LOG', 'AttachmentService.deleteAttachment', 'a deleted file is not logged', UNTOLD),
  attachment('LOG', 'AttachmentService.restoreAttachment', 'a file that came back is not logged', UNTOLD),
  attachment(
    'FIGURE',
    'AttachmentService.attach',
    'a ticket does not count its file',
    instead("noun.countAttachments('$2', '1')", "noun.countAttachments('$2', '0')"),
  ),
  attachment('FIGURE', 'AttachmentService.deleteAttachment', 'a ticket counts a deleted file', leaveOut('await tx.query(noun.countAttachments(')),
  attachment('INPUT', 'AttachmentService.deleteAttachment', 'a deleted file is deleted and counted again', leaveOut('if (attachment.deleted)')),
  attachment('LIMIT', 'AttachmentService.attach', 'more files are attached at once than may be', leaveOut('await demandRoom(')),
  attachment('LIMIT', 'AttachmentService.restoreAttachment', 'a file comes back where there is no room', leaveOut('await demandRoom(')),
  attachment(
    'LIMIT',
    'demandRoom',
    'as many files as may be are refused',
    instead('(held?.count ?? 0) >= ATTACHMENTS_EACH', '(held?.count ?? 0) >= ATTACHMENTS_EACH - 1'),
  ),
  attachment('LIMIT', 'AttachmentService.deleteAttachment', 'deleted files fill the disk for a day', leaveOut('await forgetOldest(')),
  attachment('LIMIT', 'forgetOldest', 'the last deleted file cannot come back', inText('ORDER BY deleted_at DESC', 'ORDER BY deleted_at')),
  attachment(
    'LIMIT',
    'forgetOldest',
    'who deletes many files takes those of others with them',
    inText('AND author_id IS NOT DISTINCT FROM $2', 'AND $2::uuid IS NOT NULL'),
  ),
  attachment('LIMIT', 'forgetOldest', 'files that nobody deleted are gone', inText('AND deleted_at IS NOT NULL', '')),
  attachment('LIMIT', 'forgetOldest', 'files of another ticket are gone', inText('subject_id = $1 AND', '$1::uuid IS NOT NULL AND')),
  attachment('INPUT', 'AttachmentService.addAttachment', 'an empty file is attached', leaveOut('if (size === 0)')),
  attachment('PAGE', 'AttachmentService.attachments', 'deleted files are shown', inText('AND a.deleted_at IS NULL', '')),
  attachment('RIGHTS', 'AttachmentService.stored', 'a deleted file is sent', inText('AND a.deleted_at IS NULL', '')),
  download('RIGHTS', 'AttachmentController.download', 'what others attached runs in a browser', leaveOut('void reply')),
  download(
    'RIGHTS',
    'AttachmentController.download',
    'a page that somebody attached is shown in place',
    instead("isShownImage(mediaType) ? 'inline' : 'attachment'", "'inline'"),
  ),
  kept('LIMIT', 'AttachmentHousekeeping.tidy', 'a file that was just deleted cannot come back', inText("now() - interval '", "now() - 0 * interval '")),
  contents(
    'DELIVERY',
    'ERASE_CONTENTS',
    'the files of an erased project stay',
    inText('DELETE FROM attachment WHERE id IN', 'DELETE FROM attachment WHERE false AND id IN'),
  ),
];
