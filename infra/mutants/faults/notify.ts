import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const INBOX = 'apps/api/src/notify/inbox.integration.spec.ts';

const service = faultsOf('apps/api/src/notify/inbox.service.ts', [INBOX]);
const feed = faultsOf('apps/api/src/notify/inbox-feed.ts', [INBOX]);
const housekeeping = faultsOf('apps/api/src/notify/inbox.housekeeping.ts', [INBOX]);

export const NOTIFY_FAULTS: readonly Fault[] = [
  service('PAGE', 'InboxService.inbox', 'a page that is exactly full says there is no more', instead('limit + 1', 'limit')),
  service('FIGURE', 'InboxService.markAllRead', 'nothing is marked', leaveOut('await tx.query(')),
  service('FIGURE', 'unread', 'what was read is counted', inText('AND i.read_at IS NULL', '')),
  service(
    'RIGHTS',
    'InboxService.markRead',
    'what may not be shown is marked',
    inText('IN (SELECT i.id FROM', 'IN (SELECT unnest($4::uuid[]) UNION SELECT i.id FROM'),
  ),
  service(
    'RIGHTS',
    'InboxService.setReason',
    'a kind is switched on again for all',
    inText('WHERE user_id = $1 AND reason', 'WHERE $1::uuid IS NOT NULL AND reason'),
  ),
  service('FIGURE', 'settingsOf', 'the switches of others are shown', inText('WHERE user_id = $1', 'WHERE $1::uuid IS NOT NULL')),
  feed('DELIVERY', 'InboxFeed.take', 'nobody is told', leaveOut('await tx.query(')),
  feed('DELIVERY', 'InboxFeed.take', 'who does not want to hear is told', inText('AND m.reason = e.reason', 'AND false')),
  feed('DELIVERY', 'involvedIn', 'who comments later is told of what was said before', inText('AND c.created_at <= a.at', '')),
  housekeeping('LIMIT', 'InboxHousekeeping.tidy', 'who left keeps an inbox', leaveOut("await direct.query('DELETE FROM inbox_item WHERE user_id")),
  housekeeping('LIMIT', 'InboxHousekeeping.tidy', 'what was read is kept for ever', leaveOut('await direct.query(`DELETE')),
];
