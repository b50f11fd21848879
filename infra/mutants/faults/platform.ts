import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const HOSTS = 'apps/api/src/platform/http/hosts.integration.spec.ts';
const PATIENCE = 'apps/api/src/platform/http/patience.integration.spec.ts';
const SOCKETS = 'apps/api/src/platform/graphql/sockets.integration.spec.ts';
const OUTAGE = 'apps/api/src/platform/sql/outage.integration.spec.ts';
const GUARDED = 'apps/api/src/access/guarded.integration.spec.ts';
const DATABASE = 'apps/api/src/platform/sql/database.integration.spec.ts';
const PATIENT = 'apps/api/src/platform/sql/patience.integration.spec.ts';
const PREPARED = 'apps/api/src/platform/sql/prepared-client.integration.spec.ts';
const BLOBS = 'apps/api/src/platform/blobs/blob-store.integration.spec.ts';
const INPUT = 'apps/api/src/platform/input.spec.ts';
const COST = 'apps/api/src/platform/graphql/query-cost.integration.spec.ts';
const STRANGERS = 'apps/api/src/platform/http/strangers.integration.spec.ts';
const WAKEUPS = 'apps/api/src/platform/log/wakeups.integration.spec.ts';
const EVENTS = 'apps/api/src/activity/activity.integration.spec.ts';
const PAGES = 'apps/api/src/platform/lists/page.spec.ts';

const log = faultsOf('apps/api/src/platform/log/activity-log.ts', [EVENTS]);
const reader = faultsOf('apps/api/src/platform/log/log-reader.ts', ['apps/api/src/platform/log/log-reader.integration.spec.ts']);
const JOBS = 'apps/api/src/platform/jobs/jobs.integration.spec.ts';
const jobs = faultsOf('apps/api/src/platform/jobs/jobs.ts', [JOBS]);
const jobWorker = faultsOf('apps/api/src/platform/jobs/job-worker.ts', [JOBS]);
const tidying = faultsOf('apps/api/src/platform/jobs/housekeeping.ts', [JOBS]);
const database = faultsOf('apps/api/src/platform/sql/database.ts', [DATABASE]);
const wakeups = faultsOf('apps/api/src/platform/log/wakeups.ts', [WAKEUPS]);
const pages = faultsOf('apps/api/src/platform/lists/page.types.ts', [PAGES]);
const blobs = faultsOf('apps/api/src/platform/blobs/blob-store.ts', [BLOBS]);
const SPACE = 'apps/api/src/platform/blobs/disk-space.integration.spec.ts';
const space = faultsOf('apps/api/src/platform/blobs/disk-space.ts', [SPACE]);
const spaceOfBlobs = faultsOf('apps/api/src/platform/blobs/blob-store.ts', [SPACE]);
const health = faultsOf('apps/api/src/health.controller.ts', [SPACE]);
const input = faultsOf('apps/api/src/platform/input.ts', [INPUT]);
const cost = faultsOf('apps/api/src/platform/graphql/document-limits.ts', [COST]);
const price = faultsOf('apps/api/src/platform/graphql/document-cost.ts', [COST]);
const allowances = faultsOf('apps/api/src/platform/http/allowance.ts', [COST]);
const connection = faultsOf('apps/api/src/platform/sql/prepared-client.ts', [COST]);
const source = faultsOf('apps/api/src/platform/sql/data-source.ts', [PATIENT]);
const creation = faultsOf('apps/api/src/platform/sql/create-once.ts', ['apps/api/src/platform/sql/create-once.integration.spec.ts']);
const limits = faultsOf('apps/api/src/platform/http/limits.ts', ['apps/api/src/platform/http/limits.spec.ts']);
const hosts = faultsOf('apps/api/src/platform/http/hosts.ts', [HOSTS]);
const admits = faultsOf('apps/api/src/app.ts', [PATIENCE]);
const patience = faultsOf('apps/api/src/platform/http/patience.ts', [PATIENCE]);
const sockets = faultsOf('apps/api/src/platform/graphql/graphql-socket.ts', [SOCKETS]);
const eventTurns = faultsOf('apps/api/src/platform/graphql/event-turns.ts', ['apps/api/src/platform/graphql/event-turns.spec.ts']);
const TURNS = 'apps/api/src/platform/http/turns.integration.spec.ts';
const turns = faultsOf('apps/api/src/platform/http/turns.ts', [TURNS]);
const lines = faultsOf('apps/api/src/platform/http/lines.ts', ['apps/api/src/platform/graphql/event-turns.spec.ts']);
const part = faultsOf('apps/api/src/backup/part-file.ts', ['apps/api/src/backup/part-file.spec.ts']);
const errors = faultsOf('apps/api/src/platform/http/errors.filter.ts', [OUTAGE]);

export const PLATFORM_FAULTS: readonly Fault[] = [
  creation('DELIVERY', 'Creation.search', 'other content has the first answer', leaveOut('if (!place.digest?.equals(')),
  creation(
    'RIGHTS',
    'Creation.search',
    'another person is told of what somebody made',
    instead('place.kind === this.kind && place.actorId === this.actor.userId', 'place.kind === this.kind'),
  ),
  creation('DELIVERY', 'Creation.search', 'an id that something else has is taken', instead('place.kind === null && !place.taken', 'place.kind === null')),
  creation('DELIVERY', 'Creation.keep', 'what was made is not remembered', leaveOut("closing(this.tx, 'INSERT INTO creation")),
  creation('LIMIT', 'Creation.findSecret', 'a secret is told for thirty days', instead('!sealed || !fresh', '!sealed')),
  creation('LIMIT', 'tidyCreations', 'sealed secrets are kept for thirty days', leaveOut('await tx.query(`UPDATE creation')),
  creation('LIMIT', 'tidyCreations', 'what was made is remembered for ever', leaveOut('await tx.query(`DELETE FROM creation')),
  log('WAKE', 'ActivityLog.append', 'nobody is woken by an append: everybody looks again only seconds later', leaveOut('afterCommit(tx,'), [WAKEUPS]),
  log(
    'WAKE',
    'ActivityLog.append',
    'readers are woken before the commit and find nothing',
    instead('afterCommit(tx, () => this.wake(scope))', 'this.wake(scope)'),
    [WAKEUPS],
  ),
  reader('DELIVERY', 'LogReader.each', 'what was read is read again', leaveOut("await tx.query('UPDATE log_position")),
  reader('DELIVERY', 'LogReader.each', 'two who read a scope at once make everything twice', inText(' FOR UPDATE SKIP LOCKED', '')),
  reader('DELIVERY', 'LogReader.each', 'entries come in no order', inText('ORDER BY a.seq LIMIT', 'ORDER BY a.entity_id LIMIT')),
  reader('DELIVERY', 'LogReader.each', 'what follows two hundred entries waits for the next', instead('count === STRETCH', 'count > STRETCH')),
  reader('DELIVERY', 'LogReader.begin', 'beginning again passes over what was not read', inText('DO NOTHING', 'DO UPDATE SET seq = EXCLUDED.seq')),
  jobWorker('DELIVERY', 'JobWorker.handOver', 'a job that was handed over stays written down', leaveOut('if (found.length > 0) await tx.query(')),
  jobWorker(
    'DELIVERY',
    'jobOf',
    'the queue does not know a job that comes twice',
    instead('{ ...optionsOf(definition), jobId: `${name}/${key}` }', 'optionsOf(definition)'),
  ),
  jobs('DELIVERY', 'Jobs.enqueueAll', 'what is asked for twice fails', inText(' ON CONFLICT (name, key) DO NOTHING', '')),
  tidying(
    'DELIVERY',
    'Housekeeping.tidy',
    'a room that fails keeps the others from their turn',
    instead('tidy().catch((error: unknown) => faults.push(`${room}: ${messageOf(error)}`))', 'tidy()'),
  ),
  log(
    'DELIVERY',
    'ActivityLog.append',
    'two commits get one number',
    inText(
      'UPDATE activity_scope SET seq = CASE WHEN closed AND NOT $9 THEN NULL ELSE seq + $3 END WHERE id = $1 RETURNING seq',
      'SELECT seq + $3 AS seq FROM activity_scope WHERE id = $1 AND $3::int > 0 AND $9 IS NOT NULL',
    ),
  ),
  log(
    'FENCE',
    'ActivityLog.append',
    'archived: who looked before writes into a closed log',
    inText('CASE WHEN closed AND NOT $9 THEN NULL ELSE seq + $3 END', 'CASE WHEN $9 THEN seq + $3 ELSE seq + $3 END'),
    ['apps/api/src/project/project-state.integration.spec.ts'],
  ),
  log('DELIVERY', 'ActivityLog.append', 'the entries of one commit are numbered backwards', inText('locked.seq - $3 + e.ord', 'locked.seq + 1 - e.ord'), [
    EVENTS,
    'apps/api/src/board/move.integration.spec.ts',
  ]),
  log('FIGURE', 'ActivityLog.append', 'nobody is said to have done it', inText('e.changes, $2', 'e.changes, NULLIF($2::uuid, $2::uuid)'), [
    'apps/api/src/staffing/staffing.integration.spec.ts',
  ]),

  database('ATOMIC', 'Database.attempt', 'what failed is committed half', instead("control('ROLLBACK')", "control('COMMIT')")),
  database('ATOMIC', 'Database.attempt', 'each statement is a transaction of its own', instead("control('START TRANSACTION')", "control('SELECT 1')")),
  database(
    'ATOMIC',
    'Database.transaction',
    'what was to happen after a commit happens after a rollback too',
    instead('throw error', '{ for (const hook of ending.committed) hook(); throw error; }'),
  ),
  database('WAKE', 'Database.transaction', 'nothing happens after a commit', leaveOut('this.runHooks(')),
  database(
    'ATOMIC',
    'Database.transaction',
    'a second try wakes what the first one was to wake',
    instead('{ closing: [], committed: [] }', '(shared ??= { closing: [], committed: [] })'),
    [DATABASE],
  ),
  database(
    'DELIVERY',
    'isRetried',
    'a deadlock is told to the user',
    instead("error instanceof QueryFailedError && RETRIED.has(sqlState(error) ?? '')", 'false'),
  ),
  database('DELIVERY', 'isRetried', 'any error is tried again', instead("RETRIED.has(sqlState(error) ?? '')", 'true')),
  database('DELIVERY', 'Database.attempt', 'a connection is never given back', leaveOut('await runner.release()')),
  database('ATOMIC', 'settled', 'a closing write that failed is taken for done', leaveOut('if (failed) throw failed.reason')),

  wakeups('WAKE', 'Wakeups.wake', 'who waits in this process is not woken', leaveOut('this.emitter.emit(topic)')),
  wakeups('WAKE', 'Wakeups.wake', 'other processes are not told', leaveOut('this.timer ??=')),
  wakeups('WAKE', 'Wakeups.notify', 'after the first burst other processes are not told again', leaveOut('this.timer = null')),
  wakeups('WAKE', 'Wakeups.notify', 'of many topics only the first hundred are told', instead('at += TOPICS_PER_NOTIFY', 'at = topics.length')),
  wakeups('WAKE', 'Wakeups.listen', 'what other processes tell is not heard', leaveOut('for (const topic of message.topics ?? [])')),
  wakeups('WAKE', 'Wakeups.listen', 'after a lost connection nobody listens again', leaveOut('setTimeout(() => void this.listen()')),
  wakeups('WAKE', 'Wakeups.listen', 'one hears oneself a second time', leaveOut('if (message.origin === this.origin) return')),
  wakeups('WAKE', 'Wakeups.watch', 'a wake-up while one is busy is lost', leaveOut('woken = true')),
  wakeups('WAKE', 'Wakeups.watch', 'one does not look at once', instead('let woken = true', 'let woken = false')),
  wakeups('WAKE', 'Wakeups.watch', 'who stops watching is woken for ever', leaveOut('for (const stop of off) stop()')),

  pages('PAGE', 'page', 'a page that is exactly full says there is more', instead('found.length > first', 'found.length >= first')),
  pages('PAGE', 'page', 'a page never says there is more', instead('found.length > first', 'false')),
  pages('PAGE', 'page', 'a page goes on from the row beyond it', instead('nodes.at(-1)', 'found.at(-1)')),
  pages('LIMIT', 'pageSize', 'the largest page is refused', instead('first > PAGE_MAX', 'first >= PAGE_MAX')),
  pages('LIMIT', 'pageSize', 'a page may be one larger than the limit', instead('first > PAGE_MAX', 'first > PAGE_MAX + 1')),
  pages('LIMIT', 'pageSize', 'a page of none is given', instead('first < 1', 'first < 0')),
  pages('INPUT', 'decodeCursor', 'a cursor of another list is taken', instead('key?.length === length', 'key?.length')),

  blobs('INPUT', 'BlobStore.store', 'bytes are stored under a digest that is not theirs', leaveOut('if (expected !== undefined &&'), [
    BLOBS,
    'apps/api/src/training/attempts.integration.spec.ts',
  ]),
  blobs('LIMIT', 'BlobStore.receive', 'more is received than may be', leaveOut('if (size > limit)')),
  blobs('LIMIT', 'BlobStore.receive', 'as much as may be is refused', instead('size > limit', 'size >= limit')),
  blobs('DELIVERY', 'BlobStore.store', 'what was refused stays on the disk', leaveOut('await rm(incoming,')),
  blobs('DELIVERY', 'REFERRING', 'attached files are swept', instead("'attachment'", "'artifact'"), ['apps/api/src/subject/attachment.integration.spec.ts']),
  blobs('DELIVERY', 'BlobStore.sweep', 'what is swept stays on the disk', leaveOut('if (gone.length > 0)')),
  blobs('DELIVERY', 'BlobStore.receive', 'bytes are received where another folder stands now', leaveOut('await this.demandPlace()')),
  blobs('DELIVERY', 'BlobStore.store', 'bytes are stored where another folder stands now', leaveOut('await this.demandPlace()')),
  blobs('DELIVERY', 'BlobStore.sweep', 'what was put in the place of our folder is swept', leaveOut('await this.demandPlace()')),
  blobs('DELIVERY', 'BlobStore.removeStaleIncoming', 'what another is receiving is removed', leaveOut('await this.demandPlace()')),
  space('LIMIT', 'DiskSpace.promise', 'files fill the disk of the database', leaveOut('if (reserve > 0 &&')),
  space(
    'LIMIT',
    'DiskSpace.promise',
    'bytes that just fit are refused',
    instead('free - this.promised - bytes < reserve', 'free - this.promised - bytes <= reserve'),
  ),
  space('LIMIT', 'DiskSpace.promise', 'many at once are let in by the same free space', leaveOut('this.promised += bytes')),
  space('LIMIT', 'DiskSpace.promise', 'what is under way is not counted', instead('free - this.promised - bytes < reserve', 'free - bytes < reserve')),
  space(
    'LIMIT',
    'reserveOf',
    'the reserve that was configured is not kept',
    instead('configured ?? Math.min(2048 * MIB, Math.floor(size / 20))', 'Math.min(2048 * MIB, Math.floor(size / 20))'),
  ),
  space('LIMIT', 'reserveOf', 'a twentieth of a large disk is kept', instead('Math.min(2048 * MIB, Math.floor(size / 20))', 'Math.floor(size / 20)')),
  space('LIMIT', 'reserveOf', 'a small disk takes no file at all', instead('Math.min(2048 * MIB, Math.floor(size / 20))', '2048 * MIB')),
  space('LIMIT', 'Room.wrote', 'what was written is counted twice', leaveOut('this.disk.settle(bytes)')),
  space('LIMIT', 'Room.giveBack', 'what broke off is counted for ever', leaveOut('this.disk.settle(this.held)')),
  space('LIMIT', 'Room.demand', 'a disk that others fill meanwhile is filled on', leaveOut('if (this.unlooked >= LOOK_BYTES)')),
  space('LIMIT', 'Room.demand', 'who says no length is let in by the first look alone', leaveOut('if (missing > 0)')),
  space('LIMIT', 'Room.open', 'the announced length does not count', instead('announced ?? LOOK_BYTES', 'LOOK_BYTES')),
  space(
    'DELIVERY',
    'DiskSpace.promise',
    'each refused upload is a line of the log',
    instead('this.told.tell', '((_: string, line: string) => this.log.warn(line))'),
  ),
  space('DELIVERY', 'DiskSpace.promise', 'nobody who runs it hears of the full disk', leaveOut('this.told.tell(')),
  spaceOfBlobs('LIMIT', 'BlobStore.receive', 'bytes are received before there is room for them', leaveOut('await room.open(announced)')),
  spaceOfBlobs('LIMIT', 'BlobStore.receive', 'once begun, an upload is never refused', leaveOut('await room.demand(chunk.length)')),
  spaceOfBlobs('LIMIT', 'BlobStore.store', 'what was promised to an upload is never given back', leaveOut('room.giveBack()')),
  faultsOf('apps/api/src/dataset/upload.controller.ts', [SPACE])(
    'LIMIT',
    'UploadController.upload',
    'a file for a dataset is received without regard to its announced length',
    instead('{ size: announced }', '{}'),
  ),
  faultsOf('apps/api/src/subject/attachment.service.ts', [SPACE])(
    'LIMIT',
    'AttachmentService.addAttachment',
    'an attached file is received without regard to its announced length',
    instead('{ size: announced }', '{}'),
  ),
  ...['checkpoint', 'artifact'].map((what) =>
    faultsOf('apps/api/src/runner/runner.controller.ts', [SPACE])(
      'LIMIT',
      `RunnerController.${what}`,
      `a runner's ${what} is received without regard to its announced length`,
      instead('{ size: announcedBytes(request), digest }', '{ digest }'),
    ),
  ),
  health('FIGURE', 'HealthController.health', 'nobody is told that the disk is short', instead("isShort ? 'short' : 'ok'", "'ok'")),
  health('FIGURE', 'HealthController.metrics', 'metrics tell an old figure of the disk', leaveOut('await this.disk.isShort()')),

  blobs('INPUT', 'BlobStore.pathOf', 'a digest names any file', leaveOut('if (!/^')),

  input('LIMIT', 'checked', 'a text as long as may be is refused', instead('clean.length > max', 'clean.length >= max')),
  input('LIMIT', 'checked', 'a text may be one longer', instead('clean.length > max', 'clean.length > max + 1')),
  input('INPUT', 'checked', 'a name of nothing is taken', leaveOut("if (clean === '' && !empty)")),
  input('INPUT', 'checked', 'controls are taken', leaveOut('if (point !== undefined)')),
  input('INPUT', 'day', 'whatever looks like a day is taken', instead('!isDay(value)', '!/^\\d{4}-\\d{2}-\\d{2}$/.test(value)')),
  input('INPUT', 'email', 'anything is an address', leaveOut('if (!EMAIL.test(clean))')),

  cost('LIMIT', 'decidingPart', 'twenty ids cost what one did before them', leaveOut('if (Array.isArray(value))')),
  cost('LIMIT', 'limitLength', 'strangers send documents of any length', leaveOut('if (!actor && source.length >'), [COST, STRANGERS]),
  cost('LIMIT', 'limitShape', 'fields are asked for again and again', leaveOut('if (repeated > MAX_REPEATED_FIELDS)'), [COST, STRANGERS]),
  cost('LIMIT', 'limitLength', 'brackets within brackets empty the stack of a parser', leaveOut('if (depth > MAX_NESTING)')),
  cost('INPUT', 'nestingOf', 'brackets in a text count as those of the document', instead('source.matchAll(BRACKETS)', 'source.matchAll(/[[{(]|[\\])}]/g)')),
  price('LIMIT', 'ROOT_PRICE', 'a statement costs as little as a field', instead('400', '1')),
  cost('LIMIT', 'limitCost', 'documents may cost anything', leaveOut('if (cost > limit)')),
  cost('LIMIT', 'limitCost', 'documents may be of any depth', leaveOut('if (depth > MAX_DEPTH)')),
  cost('RIGHTS', 'limitShape', 'strangers ask what only the signed-in may', leaveOut('if (!actor && !isForStrangers(document))'), [COST, STRANGERS]),
  price('LIMIT', 'pageCost', 'a page costs what one of its items does', instead("typeof size === 'number' && size > 0 ? Math.ceil(size * share) : 1", '1')),

  hosts('RIGHTS', 'Hosts.demandKnown', 'any name of the host is answered', leaveOut("throw new DomainError('HOST_UNKNOWN'")),
  hosts(
    'RIGHTS',
    'Hosts.isOurs',
    'pages of any site open sockets',
    instead('url.origin === this.origin || (/^https?:$/.test(url.protocol) && url.host === hostOf(url.protocol, host))', 'true'),
  ),
  hosts('RIGHTS', 'Hosts.knows', 'by any number one comes to a server that is for this machine alone', instead('(isAddress && !this.onlyHere)', 'isAddress')),
  hosts('INPUT', 'Hosts.constructor', 'a permitted name is known in one writing only', instead('name.toLowerCase()', 'name')),
  patience('LIMIT', 'watching', 'a body at a byte now and then is waited for', instead('arrived < LEAST_BYTES && payload.readableLength === 0', 'false')),
  patience('LIMIT', 'watching', 'a JSON body may take for ever while it drips', instead('isStream || waits < WHOLE_BODY_WAITS', 'true')),
  patience('END', 'watching', 'a slow body that was refused ends the process', leaveOut('if (reply.sent || payload')),
  admits('END', 'admit', 'who was refused at once keeps the connection with a byte now and then', leaveOut('if (!request.ws) watchBody(')),
  patience('LIMIT', 'hasBody', 'a body of no told length is not watched', instead("headers['transfer-encoding'] !== undefined", 'false')),
  sockets('LIMIT', 'GraphqlSockets.prepare', 'a socket follows any number of things', leaveOut('if (places.size >= limit)')),
  sockets('LIMIT', 'GraphqlSockets.prepare', 'a socket may ask for far more than it carries', instead('++socket.extra.tooMany > limit', 'false')),
  sockets('LIMIT', 'GraphqlSockets.release', 'a subscription that ended goes on to count', leaveOut('place?.giveBack()')),
  sockets('LIMIT', 'GraphqlSockets.admit', 'a socket that was closed goes on to count', leaveOut("request.raw.socket.once('close', giveBack)")),
  sockets('LIMIT', 'GraphqlSockets.admit', 'a refused socket keeps its other place', leaveOut('giveBack();')),
  sockets(
    'END',
    'GraphqlSockets.prepare',
    'what was followed over a closed socket goes on',
    instead('contextOfSubscription(request, ending.signal, turn)', 'contextOfSubscription(request, new AbortController().signal, turn)'),
  ),
  sockets('LIMIT', 'GraphqlSockets.prepare', 'a subscription may cost anything', leaveOut('limitCost(schema, document,')),
  sockets('RIGHTS', 'GraphqlSockets.prepare', 'mutations are run over a socket', leaveOut('if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)')),
  sockets('LIMIT', 'GraphqlSockets.release', 'a subscription that ended keeps its turn', leaveOut('place?.turn.end()')),
  sockets(
    'LIMIT',
    'sendTo',
    'a socket that nobody reads keeps its turns',
    instead('setTimeout(() => socket.terminate(), patienceMs)', 'setTimeout(() => undefined, patienceMs)'),
  ),
  eventTurns('LIMIT', 'AT_ONCE', 'any number of events is made at once', instead('4', '4_000'), [SOCKETS]),
  lines('LIMIT', 'Lines.take', 'one event more is made at once', instead('line.running >= this.atOnce', 'line.running > this.atOnce')),
  lines('LIMIT', 'Lines.end', 'nobody has the turn that ended', leaveOut('next()')),
  eventTurns('LIMIT', 'EventTurn.end', 'a turn ends twice', leaveOut('if (!this.isHeld)')),
  eventTurns('LIMIT', 'EventTurn.take', 'who has gone away gets a turn and keeps it', leaveOut('stop()')),
  eventTurns('LIMIT', 'EventTurn.take', 'one subscription takes two turns', instead('this.isHeld || this.ended.aborted', 'this.ended.aborted')),
  sockets('LIMIT', 'Idleness.constructor', 'a socket over which nothing is followed stays', instead('Date.now() - this.since >= seconds * 1_000', 'false')),
  cost('LIMIT', 'limitCost', 'strangers may ask for as much as people', instead('actor ? MAX_COST : STRANGERS_MAX_COST', 'MAX_COST'), [COST, STRANGERS]),
  cost('LIMIT', 'limitShape', 'a document has any number of fragments', leaveOut('if (fragments > MAX_FRAGMENTS)'), [COST, STRANGERS]),
  cost('RIGHTS', 'limitCost', 'a stranger asks what somebody signed in asked before', leaveOut('if (!actor && !isForStrangers(document))'), [COST, STRANGERS]),
  allowances('LIMIT', 'Allowance.list', 'lists hold what they like', leaveOut('if (this.listed < 0) throw')),
  allowances('LIMIT', 'Allowance.read', 'rows weigh what they like', instead('this.bytes >= 0', 'true')),
  connection(
    'LIMIT',
    'StatementNames.of',
    'what is built takes names from what is fixed',
    instead('known !== undefined || sql.startsWith(BUILT)', 'known !== undefined'),
    [PREPARED],
  ),
  connection('LIMIT', 'StatementNames.of', 'that no name is left is told to nobody', leaveOut("if (process.env['NODE_ENV'] === 'test')"), [PREPARED]),
  connection('LIMIT', 'StatementNames.of', 'a server tells of it with each statement', leaveOut('this.isFull = true'), [PREPARED]),
  source('LIMIT', 'dataSourceOptions', 'a statement runs for ever', instead('statement_timeout: patienceSeconds * 1_000', 'statement_timeout: 0')),
  source(
    'LIMIT',
    'dataSourceOptions',
    'a transaction stays open for ever',
    instead('idle_in_transaction_session_timeout: patienceSeconds * 1_000', 'idle_in_transaction_session_timeout: 0'),
  ),
  database('END', 'Database.attempt', 'whose transaction the server ended is told of a fault of ours', leaveOut('if (runner.isReleased)'), [PATIENT]),
  errors('END', 'publicError', 'a request that cannot be is our own fault', instead('refusedWith(error)', 'null'), ['apps/api/src/app.integration.spec.ts']),
  errors('END', 'publicError', 'a statement that was given up is a fault of ours', leaveOut('if (state === GIVEN_UP)'), [PATIENT]),
  connection('LIMIT', 'CountedQuery.handleDataRow', 'rows count towards nothing', instead('this.allowance.read(message.length)', 'true')),
  database(
    'ATOMIC',
    'Database.attempt',
    'a transaction that read too much is never ended',
    instead('apart(() => runner.query(statement))', 'runner.query(statement)'),
    [COST],
  ),
  limits('LIMIT', 'countedAddress', 'each address of a house is a stranger of its own', instead('groups.slice(0, 4)', 'groups')),
  limits('LIMIT', 'countedAddress', 'another spelling is another address', instead('new URL(`http://[${bare}]`).hostname.slice(1, -1)', 'bare')),
  cost('RIGHTS', 'limitGet', 'a page of another site changes things by GET', leaveOut('throw new DomainError('), [
    'apps/api/src/platform/graphql/graphql-http.integration.spec.ts',
  ]),
  cost('LIMIT', 'repeatedIn', 'fields that are repeated further in do not count', leaveOut('if (selection.selectionSet) repeated +='), [COST, STRANGERS]),
  cost(
    'LIMIT',
    'decidingPart',
    'a document costs what it cost with smaller pages',
    instead("typeof value === 'number' || typeof value === 'boolean' || value === null", 'false'),
    [COST, STRANGERS],
  ),
  cost(
    'LIMIT',
    'decidingPart',
    'a document that is refused is cheap for whoever sends it right',
    instead(
      "typeof value === 'number' || typeof value === 'boolean' || value === null ? value : typeof value",
      "typeof value === 'number' || typeof value === 'boolean' ? value : null",
    ),
    [COST, STRANGERS],
  ),
  lines('LIMIT', 'Lines.take', 'of one person any number of answers lie unread', instead('line.running >= this.atOnce', 'false'), [TURNS]),
  turns('DELIVERY', 'isNext', 'what waits for an earlier answer of its connection holds a turn', instead('response.socket === null', 'false')),
  turns('LIMIT', 'Turns.take', 'of one person any number of requests wait', leaveOut('if (this.lines.waiting(name) >= MOST_WAITING)')),
  turns('LIMIT', 'Turns.take', 'who went away leaves work that nobody counts', instead('request.answering === null', 'true')),
  turns('DELIVERY', 'Turns.take', 'who waits for a turn waits for ever', leaveOut('turn.resolve()')),
  turns(
    'DELIVERY',
    'Turns.take',
    'who went away keeps a place',
    instead('isHeld ? this.lines.end(name) : giveUp()', 'isHeld ? this.lines.end(name) : undefined'),
  ),

  part('LOCK', 'leftBehind', 'two backups write one file', leaveOut('if (!isSame(now, seen)')),
  part('LOCK', 'leftBehind', 'who was not seen to write in one look is taken for dead', instead('Math.min(Number(seen.mtimeMs), Date.now())', '0')),
  part('END', 'openPart', 'a backup that was killed blocks its name for ever', leaveOut('if (left !== null')),
  part('LOCK', 'intoFile', 'who slept takes the part of another for its own', leaveOut('if (!isSame(await look(part), ours)) throw')),
  part(
    'DELIVERY',
    'intoFile',
    'who slept removes the part of another',
    instead(
      'if (isSame(await look(part), ours)) await rm(part, { force: true }).catch(() => undefined);',
      'await rm(part, { force: true }).catch(() => undefined);',
    ),
  ),

  errors('INPUT', 'publicError', 'the name of a thing that is no id is a fault of ours', leaveOut('if (MALFORMED.has(state))'), [
    GUARDED,
    'apps/api/src/board/move.integration.spec.ts',
  ]),
  errors('END', 'publicError', 'a database that is away is a fault of ours', leaveOut('if (isAway(error))')),
];
