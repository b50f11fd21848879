import { faultsOf, inText, instead, leaveOut, STALE, type Fault } from '../fault.ts';

const WEBHOOK = 'apps/api/src/webhook/webhook.integration.spec.ts';
const FEED = 'apps/api/src/webhook/webhook-feed.integration.spec.ts';
const DELIVERY = 'apps/api/src/webhook/delivery.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';

const service = faultsOf('apps/api/src/webhook/webhook.service.ts', [WEBHOOK]);
const deliveries = faultsOf('apps/api/src/webhook/delivery.service.ts', [DELIVERY]);
const feed = faultsOf('apps/api/src/webhook/webhook-feed.ts', [FEED]);
const delivery = faultsOf('apps/api/src/webhook/delivery.job.ts', [DELIVERY]);
const request = faultsOf('apps/api/src/webhook/delivery-request.ts', [FEED]);
const posting = faultsOf('apps/api/src/webhook/post.ts', ['apps/api/src/webhook/post.integration.spec.ts']);
const addresses = faultsOf('apps/api/src/webhook/public-addresses.ts', ['apps/api/src/webhook/public-addresses.spec.ts']);
const secrets = faultsOf('apps/api/src/platform/secrets/secrets.ts', ['apps/api/src/platform/secrets/secrets.spec.ts']);

export const WEBHOOK_FAULTS: readonly Fault[] = [
  service('RIGHTS', 'WebhookService.webhooks', 'everybody sees the webhooks of a project', leaveOut('demandProject('), [OPERATIONS]),
  deliveries('RIGHTS', 'DeliveryService.deliveries', 'everybody sees what was sent', leaveOut('demandProject('), [OPERATIONS]),
  service('RIGHTS', 'WebhookService.update', 'another address is told without a proof', leaveOut("if (moves) demandProject(actor, 'webhook.empower'")),
  service('VERSION', 'WebhookService.update', 'a stale change is taken', STALE, [MUTATIONS]),
  service('RIGHTS', 'WebhookService.webhook', 'everybody sees a webhook', instead("'webhook.read'", "'project.read'"), [OPERATIONS]),
  deliveries('RIGHTS', 'DeliveryService.request', 'everybody sees what is sent', instead("'webhook.read'", "'project.read'"), [OPERATIONS]),
  service('RIGHTS', 'WebhookService.renewSecret', 'a secret is renewed without a proof', instead("'webhook.empower'", "'webhook.manage'")),
  service('VERSION', 'WebhookService.renewSecret', 'a stale renewal is taken', STALE, [MUTATIONS]),
  service('VERSION', 'WebhookService.delete', 'a stale deletion is taken', STALE, [MUTATIONS]),
  service('INPUT', 'WebhookService.checkedAddress', 'a private address is taken', leaveOut('if (literal !== null && !mayReach(')),
  service('DELIVERY', 'WebhookService.update', 'what happened while it was off is told', leaveOut("await tx.query('UPDATE webhook SET project_seq"), [FEED]),
  deliveries('DELIVERY', 'DeliveryService.redeliver', 'what is sent again is not sent', leaveOut('await this.jobs.enqueue('), [MUTATIONS]),
  deliveries('PAGE', 'DeliveryService.deliveries', 'a page that is exactly full says there is more', instead('limit + 1', 'limit')),

  feed('RIGHTS', 'WebhookFeed.take', 'what happens in one project is told to the webhooks of all', inText('w.project_id = $1 AND', '')),
  feed('RIGHTS', 'WebhookFeed.take', 'members of every team are told of', inText('p.team_id = e.team AND', '')),
  feed('DELIVERY', 'WebhookFeed.take', 'what nobody asked for is told', inText('AND e.event = ANY (w.events)', '')),
  feed('DELIVERY', 'WebhookFeed.take', 'a delivery has no job', leaveOut('await this.jobs.enqueueAll(')),
  feed('DELIVERY', 'teamOf', 'a change of a membership is told to nobody', instead('made?.team ?? null', 'null')),

  request('INPUT', 'signed', 'the time is not signed', instead("createHmac('sha256', secret).update(`${timestamp}.`)", "createHmac('sha256', secret)")),
  delivery('DELIVERY', 'DeliveryJob.deliver', 'what comes twice is sent twice', inText("AND d.state = 'WAITING'", '')),
  delivery('DELIVERY', 'DeliveryJob.deliver', 'a job of a round before sends once more', inText('AND d.round = $2', 'AND $2 >= 0')),
  delivery('RIGHTS', 'DeliveryJob.deliver', 'a webhook tells when who answers for it lost the right', leaveOut('if (!isAnswered(due))')),
  delivery('RIGHTS', 'DeliveryJob.deliver', 'an archived project goes on telling', instead("due.projectState !== 'ACTIVE'", 'false')),
  delivery('RIGHTS', 'isAnswered', 'a disabled account answers for a webhook', instead('!disabled', 'true')),
  service(
    'RIGHTS',
    'WebhookService.update',
    'who switches a webhook on does not answer for it',
    inText('CASE WHEN $5 THEN $6 ELSE answerable_id END', 'CASE WHEN $5 AND $6::uuid IS NULL THEN NULL ELSE answerable_id END'),
    [DELIVERY],
  ),
  delivery('DELIVERY', 'DeliveryJob.deliver', 'what failed is not tried again', leaveOut('if (!isOver) throw')),
  delivery('FIGURE', 'DeliveryJob.note', 'it is said to fail long after it did not', leaveOut('if (before.failingSince !== null)')),
  delivery('LIMIT', 'DeliveryJob.note', 'a webhook that fails for ever stays on', leaveOut('if (isOff) await this.switchOff(')),

  posting('INPUT', 'post', 'a private address in the URL is reached', leaveOut('if (literal !== null && !mayReach(')),
  posting('INPUT', 'post', 'a private address that DNS answers is reached', instead('!addresses.every(({ address }) => mayReach(address, allowed))', 'false')),
  posting(
    'INPUT',
    'post',
    'one public address lets the others pass',
    instead('addresses.every(({ address }) => mayReach(address, allowed))', 'addresses.some(({ address }) => mayReach(address, allowed))'),
  ),
  posting('LIMIT', 'beginOf', 'an answer is kept whole', instead('bytes.subarray(0, ANSWER_BYTES)', 'bytes')),

  addresses('INPUT', 'unmapped', 'a mapped address is another', instead("!isIPv6(address) || !mapped.check(address, 'ipv6')", 'true')),
  addresses(
    'INPUT',
    'mayReach',
    'IPv6 that embeds IPv4 is reached',
    instead("(public6.check(plain, 'ipv6') && !special6.check(plain, 'ipv6'))", "public6.check(plain, 'ipv6')"),
  ),
  secrets(
    'INPUT',
    'Secrets.seal',
    'a secret is bound to no row',
    instead(
      'createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner))',
      'createCipheriv(CIPHER, key, nonce, { authTagLength: TAG_BYTES })',
    ),
  ),
];
