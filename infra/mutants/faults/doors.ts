import { faultsOf, inText, instead, leaveOut, type Fault } from '../fault.ts';

const AUDIT = 'apps/api/src/audit/audit.integration.spec.ts';
const ACCESS = 'apps/api/src/access/access.integration.spec.ts';
const RIGHTS = 'apps/api/src/access/rights.integration.spec.ts';
const GUARDED = 'apps/api/src/access/guarded.integration.spec.ts';
const SESSIONS = 'apps/api/src/access/sessions.integration.spec.ts';
const HOSTS = 'apps/api/src/platform/hosts.integration.spec.ts';
const PATIENCE = 'apps/api/src/platform/patience.integration.spec.ts';
const SOCKETS = 'apps/api/src/platform/sockets.integration.spec.ts';
const COST = 'apps/api/src/platform/query-cost.integration.spec.ts';
const STRANGERS = 'apps/api/src/platform/strangers.integration.spec.ts';
const OUTAGE = 'apps/api/src/platform/outage.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';

const audit = faultsOf('apps/api/src/audit/audit-trail.service.ts', [AUDIT]);
const hosts = faultsOf('apps/api/src/platform/hosts.ts', [HOSTS]);
const patience = faultsOf('apps/api/src/platform/patience.ts', [PATIENCE]);
const sockets = faultsOf('apps/api/src/platform/graphql-socket.ts', [SOCKETS]);
const documents = faultsOf('apps/api/src/platform/document-limits.ts', [COST, STRANGERS]);
const errors = faultsOf('apps/api/src/platform/errors.filter.ts', [OUTAGE]);
const signIn = faultsOf('apps/api/src/access/sign-in.service.ts', [SESSIONS, ACCESS]);
const throttle = faultsOf('apps/api/src/access/throttle.service.ts', [ACCESS]);
const access = faultsOf('apps/api/src/access/access.service.ts', [ACCESS, SESSIONS]);
const token = faultsOf('apps/api/src/access/token.service.ts', [SESSIONS, RIGHTS, ACCESS]);

/** What guards the doors: sign-in, the trail, limits of strangers, names of the host. */
export const DOOR_FAULTS: readonly Fault[] = [
  audit('LOG', 'AuditTrail.by', 'of what a token did it is not said which', instead('actor.tokenId ?? null', 'null')),
  audit('LOG', 'AuditTrail.refused', 'a refusal is not told to the trail', leaveOut('this.note(originOf(request)')),
  audit('LOG', 'AuditTrail.refused', 'who was refused is not said', instead('request.actor?.userId ?? null', 'null')),
  audit('FIGURE', 'AuditTrail.closeWindow', 'repeats are not counted', leaveOut('if (count > 0 && told)')),
  audit('DELIVERY', 'AuditTrail.settle', 'what was noted is lost when the process ends', leaveOut('while (this.pending.size > 0)')),
  audit('ATOMIC', 'AuditTrail.write', 'a line is kept though its change is not', instead('await this.insert(tx, origin, entry, 1)', 'await this.insert(this.database.direct, origin, entry, 1)')),
  audit('FIGURE', 'AuditTrail.insert', 'from where it was done is not kept', instead('origin?.address ?? null', 'null')),

  hosts('RIGHTS', 'Hosts.demandKnown', 'any name of the host is answered', leaveOut('throw new DomainError(\'HOST_UNKNOWN\'')),
  hosts('RIGHTS', 'Hosts.isOurs', 'pages of any site open sockets', instead("url.origin === this.origin || (/^https?:$/.test(url.protocol) && url.host === hostOf(url.protocol, host))", 'true')),
  hosts('RIGHTS', 'Hosts.knows', 'by any number one comes to a server that is for this machine alone', instead('(isAddress && !this.onlyHere)', 'isAddress')),
  hosts('INPUT', 'Hosts.constructor', 'a permitted name is known in one writing only', instead('name.toLowerCase()', 'name')),

  patience('LIMIT', 'watching', 'a body at a byte now and then is waited for', instead('arrived < LEAST_BYTES && payload.readableLength === 0', 'false')),
  patience('LIMIT', 'watching', 'a JSON body may take for ever while it drips', instead('isStream || waits < WHOLE_BODY_WAITS', 'true')),
  patience('LIMIT', 'hasBody', 'a body of no told length is not watched', instead("headers['transfer-encoding'] !== undefined", 'false')),

  sockets('LIMIT', 'GraphqlSockets.prepare', 'a socket follows any number of things', leaveOut('if (places.size >= this.limits.subscriptionsPerSocket)')),
  sockets('LIMIT', 'GraphqlSockets.release', 'a subscription that ended goes on to count', leaveOut('place?.giveBack()')),
  sockets('LIMIT', 'GraphqlSockets.admit', 'a socket that was closed goes on to count', leaveOut("request.raw.socket.once('close', giveBack)")),
  sockets('LIMIT', 'GraphqlSockets.admit', 'a refused socket keeps its other place', leaveOut('giveBack();')),
  sockets('END', 'GraphqlSockets.release', 'what was followed over a closed socket goes on', leaveOut('place?.ending.abort()')),
  sockets('LIMIT', 'GraphqlSockets.prepare', 'a subscription may cost anything', leaveOut('limitCost(schema, document,')),
  sockets('RIGHTS', 'GraphqlSockets.prepare', 'mutations are run over a socket', leaveOut('if (operation?.operation !== OperationTypeNode.SUBSCRIPTION)')),
  sockets('LIMIT', 'Idleness.constructor', 'a socket over which nothing is followed stays', instead('Date.now() - this.since >= seconds * 1_000', 'false')),

  documents('LIMIT', 'limitCost', 'strangers may ask for as much as people', instead('actor ? MAX_COST : STRANGERS_MAX_COST', 'MAX_COST')),
  documents('LIMIT', 'limitShape', 'a document has any number of fragments', leaveOut('if (fragments > MAX_FRAGMENTS)')),
  documents('RIGHTS', 'limitCost', 'a stranger asks what somebody signed in asked before', leaveOut('if (!actor && !isForStrangers(document))')),
  documents('RIGHTS', 'limitGet', 'a page of another site changes things by GET', leaveOut('throw new DomainError('), ['apps/api/src/platform/graphql-http.integration.spec.ts']),
  documents('LIMIT', 'repeatedIn', 'fields that are repeated further in do not count', leaveOut('if (selection.selectionSet) repeated +=')),
  documents('LIMIT', 'decidingPart', 'a document costs what it cost with smaller pages', instead("typeof value === 'number' || typeof value === 'boolean' || value === null", 'false')),
  documents('LIMIT', 'decidingPart', 'a document that is refused is cheap for whoever sends it right', instead("typeof value === 'number' || typeof value === 'boolean' || value === null ? value : typeof value", "typeof value === 'number' || typeof value === 'boolean' ? value : null")),

  errors('INPUT', 'publicError', 'the name of a thing that is no id is a fault of ours', leaveOut('if (MALFORMED.has(state))'), [GUARDED, 'apps/api/src/board/move.integration.spec.ts']),
  errors('END', 'publicError', 'a database that is away is a fault of ours', leaveOut('if (isAway(error))')),

  signIn('SESSION', 'SignInService.endSession', "somebody else's session is ended", instead("'user_id = $1 AND id = $2'", "'$1::uuid IS NOT NULL AND id = $2'")),
  signIn('SESSION', 'SignInService.endOtherSessions', 'the session that asks ends too', instead("'user_id = $1 AND id IS DISTINCT FROM $2'", "'user_id = $1 AND $2::uuid IS DISTINCT FROM $1'")),
  signIn('RIGHTS', 'SignInService.endOtherSessions', 'a token ends sessions', leaveOut("demand(actor, 'credential.manage'"), [OPERATIONS]),
  signIn('LOG', 'SignInService.signIn', 'a failed sign-in leaves no line', leaveOut("this.audit.note(origin, { kind: 'SIGN_IN', outcome: 'REFUSED', actorId: user?.id"), [AUDIT]),
  signIn('INPUT', 'SignInService.signIn', 'a name of another writing is another account', instead('normalForm(email)', 'email'), [ACCESS, 'apps/api/src/access/normal-forms.integration.spec.ts']),
  throttle('LIMIT', 'Throttle.uncount', 'who knows a password resets what is counted against others', inText('failures = greatest(failures - 1, 0)', 'failures = 0')),
  throttle('FIGURE', 'Throttle.countFailure', 'an attempt while one waits makes the wait longer', instead('seconds > 0', 'false')),
  access('SESSION', 'AccessService.openSession', 'who signs in again leaves the old session', leaveOut('if (request.sessionId)')),
  access('SESSION', 'AccessService.setCookie', 'scripts of the page read the session', instead('httpOnly: true', 'httpOnly: false')),
  access('FIGURE', 'AccessService.bySession', 'when a session was last used is not kept', leaveOut('if (found.stale)')),
  access('RIGHTS', 'AccessService.refuseForgery', 'a socket is opened by any page', leaveOut('if (origin !== undefined && !this.hosts'), [HOSTS, 'apps/api/src/platform/proxy.integration.spec.ts']),
  token('SESSION', 'TokenService.create', 'a session alone makes a token without end', leaveOut('if (tokenNeedsProof(')),
  token('SESSION', 'TokenService.demandProof', 'a sign-in of long ago is proof', inText('AND created_at > now() - make_interval(mins => $2)', 'AND $2::int > 0')),
  token('PAGE', 'TokenService.tokens', 'revoked tokens are listed', inText('AND revoked_at IS NULL', '')),
];
