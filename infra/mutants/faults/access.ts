import { faultsOf, inText, instead, leaveOut, STALE, UNTOLD, type Fault } from '../fault.ts';

const AUDIT = 'apps/api/src/audit/audit.integration.spec.ts';
const OPERATIONS = 'apps/api/test/operations/operations.integration.spec.ts';
const HOSTS = 'apps/api/src/platform/http/hosts.integration.spec.ts';
const RIGHTS = 'apps/api/src/access/rights.integration.spec.ts';
const ACCESS = 'apps/api/src/access/access.integration.spec.ts';
const PROOF = 'apps/api/src/access/proof.integration.spec.ts';
const GUARDED = 'apps/api/src/access/guarded.integration.spec.ts';
const STAFFING = 'apps/api/src/staffing/staffing.integration.spec.ts';
const FOLLOW = 'apps/api/src/activity/rights-to-follow.integration.spec.ts';
const SESSIONS = 'apps/api/src/access/sessions.integration.spec.ts';
const KNOWN = 'apps/api/src/access/known-browsers.integration.spec.ts';
const LIVE = 'apps/api/src/activity/rights-live.integration.spec.ts';
const MUTATIONS = 'apps/api/test/operations/mutations.integration.spec.ts';
const LIMITS = 'apps/api/test/operations/limits.integration.spec.ts';

const access = faultsOf('apps/api/src/access/access.service.ts', [ACCESS]);
const current = faultsOf('apps/api/src/access/current-membership.ts', [RIGHTS]);
const account = faultsOf('apps/api/src/access/account.service.ts', [ACCESS, MUTATIONS]);
const token = faultsOf('apps/api/src/access/token.service.ts', [ACCESS, MUTATIONS]);
const proof = faultsOf('apps/api/src/access/password-proof.service.ts', [PROOF]);
const signIn = faultsOf('apps/api/src/access/sign-in.service.ts', [ACCESS]);
const known = faultsOf('apps/api/src/access/known-browsers.service.ts', [KNOWN]);
const cookies = faultsOf('apps/api/src/access/cookies.ts', [SESSIONS]);
const throttle = faultsOf('apps/api/src/access/throttle.service.ts', [ACCESS]);
const guard = faultsOf('apps/api/src/access/signed-in.guard.ts', [ACCESS, FOLLOW]);
const authorize = faultsOf('apps/api/src/platform/authorize.ts', [GUARDED, MUTATIONS]);
const audit = faultsOf('apps/api/src/audit/audit-trail.service.ts', [AUDIT]);
const LATE = 'apps/api/src/access/rights-late.integration.spec.ts';
const admits = faultsOf('apps/api/src/app.ts', [LATE]);
const attached = faultsOf('apps/api/src/subject/attachment.service.ts', [LATE]);
const upload = faultsOf('apps/api/src/dataset/upload.controller.ts', [LATE]);
const trail = faultsOf('apps/api/src/audit/audit.resolver.ts', [AUDIT]);

export const ACCESS_FAULTS: readonly Fault[] = [
  current('RIGHTS', 'TEAMS_OF', 'of two roles in one team the weaker counts', inText('min(m.team_role)', 'max(m.team_role)')),
  current('RIGHTS', 'TEAMS_OF', 'memberships of any day give rights', instead('HOLDS_TODAY', "'true'")),
  current('RIGHTS', 'CURRENT_MEMBER', 'memberships of any day make one assignable', instead('HOLDS_TODAY', "'true'"), [
    'apps/api/src/board/board.integration.spec.ts',
  ]),
  access('SESSION', 'AccessService.bySession', 'a disabled account goes on by its session', inText('AND NOT u.disabled', '')),
  access('SESSION', 'ALIVE', 'an expired session goes on', inText('s.expires_at > now() AND', ''), [
    ACCESS,
    'apps/api/src/training/reconciler.integration.spec.ts',
  ]),
  access(
    'SESSION',
    'ALIVE',
    'a session that nobody used for long goes on',
    inText('AND s.last_seen_at > now() - make_interval(days =>', 'AND now() > now() - make_interval(days =>'),
    [ACCESS, SESSIONS, 'apps/api/src/training/reconciler.integration.spec.ts'],
  ),
  access('SESSION', 'AccessService.byToken', 'a disabled account goes on by its token', inText('AND NOT u.disabled', ''), [RIGHTS]),
  access('SESSION', 'AccessService.byToken', 'an expired token goes on', inText('AND (t.expires_at IS NULL OR t.expires_at > now())', '')),
  admits('RIGHTS', 'admit', 'rights lost before a body came whole go on', instead('performance.now() - request.identifiedAt > RIGHTS_MS', 'false')),
  attached('RIGHTS', 'AttachmentService.addAttachment', 'rights lost before the last byte came go on', instead('await senderNow()', 'actor')),
  upload('RIGHTS', 'UploadController.upload', 'an upload is kept of who may send none any more', instead('await this.access.senderNow(request)', 'actor')),
  access('SESSION', 'AccessService.byToken', 'a revoked token goes on', inText('AND t.revoked_at IS NULL', '')),
  access('SESSION', 'AccessService.refreshAll', 'a disabled account goes on in what it opened', inText('AND NOT u.disabled', ''), [ACCESS, FOLLOW, LIVE]),
  access(
    'SESSION',
    'AccessService.refreshAll',
    'an ended session goes on in what it opened',
    inText('asked.session_id IS NULL OR EXISTS', 'asked.session_id IS NULL OR true OR EXISTS'),
    [ACCESS, FOLLOW, LIVE],
  ),
  access('SESSION', 'AccessService.refreshAll', 'a revoked token goes on in what it opened', inText('AND t.revoked_at IS NULL', ''), [LIVE]),
  access(
    'SESSION',
    'AccessService.refreshAll',
    'an expired token goes on in what it opened',
    inText('AND (t.expires_at IS NULL OR t.expires_at > now())', ''),
    [LIVE],
  ),
  access('SESSION', 'AccessService.lookAgain', 'who is not there any more goes on to be told', leaveOut('if (!context.actor)'), [FOLLOW, LIVE]),
  access(
    'SESSION',
    'AccessService.lookAgain',
    'the rights of when one came are asked, not those of now',
    instead('context.actor && (await this.refresh(context.actor, context.req.sessionId))', 'context.actor'),
    [FOLLOW, LIVE],
  ),
  access('SESSION', 'AccessService.lookAgain', 'what is nested in an event is of an earlier moment', leaveOut('context.loaders.clear()'), [FOLLOW, LIVE]),
  access('RIGHTS', 'AccessService.identify', 'a page of another site sends what it likes', leaveOut('this.refuseForgery(request)')),

  access('SESSION', 'PROVED', 'a proof counts for as long as the session', inText('s.proved_at > now()', "s.proved_at > 'epoch'"), [PROOF]),
  access('SESSION', 'AccessService.bySession', 'nobody is asked for the password', instead('proved: found.proved', 'proved: true'), [PROOF]),
  access('SESSION', 'AccessService.proveSession', 'the password is asked for again and again', inText('SET proved_at = now()', 'SET proved_at = proved_at'), [
    PROOF,
  ]),
  access(
    'SESSION',
    'AccessService.proveSession',
    'a proof counts for every session of the person',
    inText('id = $1 AND user_id = $2', '$1::uuid IS NOT NULL AND user_id = $2'),
    [PROOF],
  ),
  proof('RIGHTS', 'PasswordProof.prove', 'any password proves', leaveOut("await this.demand(actor, sessionId, password, 'PASSWORD_PROVED')")),
  proof('RIGHTS', 'PasswordProof.prove', 'a token guesses the password', leaveOut("demand(actor, 'credential.manage'")),
  proof(
    'LIMIT',
    'PasswordProof.demand',
    'who guesses in a stolen session keeps the person from changing the password',
    instead('`password:${String(sessionId)}`', '`password:${actor.userId}`'),
  ),
  proof('LOG', 'PasswordProof.prove', 'the trail does not tell of a proof', leaveOut('await this.audit.by(')),

  account('LOG', 'AccountService.createUser', 'a new account is not logged', UNTOLD),
  account('LOG', 'AccountService.updateUser', 'a changed account is not logged', UNTOLD),
  account('LOG', 'AccountService.changeName', 'a changed name is not logged', UNTOLD),
  account('LOG', 'AccountService.changePassword', 'a changed password is not logged', UNTOLD),
  account('VERSION', 'AccountService.updateUser', 'an account is changed from a stale version', STALE),
  account('VERSION', 'AccountService.changeName', 'a name is changed from a stale version', STALE),
  account('RIGHTS', 'AccountService.createUser', 'anybody makes accounts', leaveOut('for (const permission of accountChangeDemands(null')),
  account('RIGHTS', 'AccountService.updateUser', 'an administrator touches an owner', leaveOut('for (const permission of accountChangeDemands(before')),
  account('RIGHTS', 'AccountService.updateUser', 'the last owner goes', leaveOut('if (leaves && owners.length === 1)')),
  account('SESSION', 'AccountService.updateUser', 'the sessions of a disabled account live on', leaveOut('if (disabled || passwordHash)')),
  account(
    'SESSION',
    'AccountService.updateUser',
    'tokens outlive a password that an administrator set, and the disabling of the account',
    leaveOut("await tx.query('UPDATE access_token"),
    [SESSIONS],
  ),
  account(
    'SESSION',
    'AccountService.updateUser',
    'a token of before wakes up with its account',
    instead('disabled || passwordHash', 'disabled?.to || passwordHash'),
    [SESSIONS],
  ),
  account('SESSION', 'AccountService.changePassword', 'other sessions outlive a new password', leaveOut("await tx.query('DELETE FROM session"), [SESSIONS]),
  account('SESSION', 'AccountService.updateUser', 'a thief goes on guessing in a browser of before the reset', leaveOut('await this.browsers.forget('), [
    KNOWN,
  ]),
  account('SESSION', 'AccountService.changePassword', 'a thief goes on guessing in a browser of before the change', leaveOut('await this.browsers.forget('), [
    KNOWN,
  ]),
  account(
    'LIMIT',
    'AccountService.changePassword',
    'who changes the password is locked out of the browser they do it in',
    leaveOut('await this.browsers.remember('),
    [KNOWN],
  ),
  account('LIMIT', 'AccountService.setUp', 'the first owner is locked out by strangers', leaveOut('await this.browsers.remember('), [KNOWN]),
  account('SESSION', 'AccountService.changePassword', 'a changed password proves nothing', leaveOut('await this.access.proveSession('), [PROOF]),
  account(
    'RIGHTS',
    'AccountService.visible',
    'everybody sees every address',
    instead("can(actor, 'address.read', { ownerId: user.id }) ? user : { ...user, email: '' }", 'user'),
  ),
  account('PAGE', 'AccountService.users', 'a page of people that is exactly full says there is more', instead('size + 1', 'size')),
  account('PAGE', 'AccountService.users', 'the last person of a page stands on the next one too', inText('(name_key, id) > ($3', '(name_key, id) >= ($3')),
  account('LOCK', 'AccountService.updateUser', 'two owners demote each other at the same instant', inText('ORDER BY id FOR UPDATE', 'ORDER BY id')),
  account('LIMIT', 'AccountService.users', 'a search of a million letters holds everybody up', instead("(search ?? '').slice(0, EMAIL_MAX)", "search ?? ''"), [
    'apps/api/src/platform/graphql/query-cost.integration.spec.ts',
  ]),
  account('LOCK', 'AccountService.setUp', 'two are first at the same instant', leaveOut("await tx.query('LOCK TABLE organisation")),

  token('LOG', 'TokenService.create', 'a new token is not logged', UNTOLD),
  token('LOG', 'TokenService.revoke', 'a revoked token is not logged', UNTOLD),
  token('RIGHTS', 'TokenService.create', 'a token makes a token', leaveOut('for (const permission of tokenDemands'), [RIGHTS]),
  token('RIGHTS', 'TokenService.revoke', "somebody else's token is revoked", inText('AND user_id = $2', 'AND $2::uuid IS NOT NULL')),
  token('SESSION', 'TokenService.create', 'a token is made after the tokens were revoked', leaveOut('if (!(await row(tx, `SELECT 1 FROM session'), [SESSIONS]),
  token(
    'LIMIT',
    'TokenService.create',
    'one token more than the limit is made',
    instead('(held?.count ?? 0) >= TOKENS_EACH', '(held?.count ?? 0) > TOKENS_EACH'),
    [LIMITS],
  ),
  token('INPUT', 'TokenService.create', 'a token is made that has ended already', leaveOut('if (expiresAt && expiresAt <= now)')),

  signIn('INPUT', 'SignInService.accountOf', 'a disabled account is in the way of another', inText('AND NOT disabled', ''), [
    'apps/api/src/access/normal-forms.integration.spec.ts',
  ]),
  signIn('SESSION', 'SignInService.signIn', 'a disabled account signs in', inText('AND NOT disabled', ''), [KNOWN]),
  signIn('SESSION', 'SignInService.signOut', 'who signs out stays signed in', leaveOut('if (actor && sessionId)')),
  signIn('WAKE', 'SignInService.end', 'what an ended session opened goes on for seconds', leaveOut('afterCommit(tx,'), [FOLLOW]),
  signIn(
    'RIGHTS',
    'SignInService.signIn',
    'who signs in while the password is set anew stays signed in by the old one',
    leaveOut("if (!(await row(tx, 'SELECT id FROM app_user"),
    [KNOWN],
  ),
  signIn('LOCK', 'SignInService.signIn', 'a password is set anew between the last look at it and the session', inText(' FOR NO KEY UPDATE', ''), [KNOWN]),
  signIn('LIMIT', 'SignInService.signIn', 'no browser ever becomes known', leaveOut('await this.browsers.remember('), [KNOWN]),
  signIn(
    'LIMIT',
    'SignInService.browserFor',
    'the browser of one account tries another as often as it likes',
    instead('known.find(({ userId }) => userId === account?.id) ?? null', 'known[0] ?? null'),
    [KNOWN],
  ),
  signIn(
    'LIMIT',
    'SignInService.countFailure',
    'strangers lock a person out of the browser they always use',
    instead('browser !== null && (await this.browsers.countFailure(tx, browser))', 'false'),
    [KNOWN],
  ),
  signIn(
    'LIMIT',
    'SignInService.countFailure',
    'a stolen cookie guesses without end',
    instead('browser !== null && (await this.browsers.countFailure(tx, browser))', 'browser !== null'),
    [KNOWN],
  ),
  known('LIMIT', 'STILL_KNOWN', 'a browser is known for ever', inText("b.last_used_at > now() - interval '", "now() > now() - interval '"), [
    KNOWN,
    'apps/api/src/training/reconciler.integration.spec.ts',
  ]),
  known('LIMIT', 'KnownBrowsers.countFailure', 'the wrong passwords of a known browser are not counted', leaveOut('if (failures === null)')),
  known('LOCK', 'KnownBrowsers.countFailure', 'a hundred guesses of a known browser at once are one failure', inText(' FOR UPDATE', '')),
  known('FIGURE', 'KnownBrowsers.remember', 'a right password leaves the wrong ones of a known browser standing', inText('failures = 0,', '')),
  known(
    'FIGURE',
    'KnownBrowsers.remember',
    'when a browser was last used is not kept',
    inText('last_used_at = clock_timestamp() WHERE', 'last_used_at = b.last_used_at WHERE'),
  ),
  known(
    'RIGHTS',
    'KnownBrowsers.remember',
    "a secret of another's account is taken for one's own",
    inText('WHERE user_id = $1 AND secret_hash = ANY', 'WHERE $1::uuid IS NOT NULL AND secret_hash = ANY'),
  ),
  known(
    'RIGHTS',
    'KnownBrowsers.remember',
    "who plants a cookie in somebody's browser is known for their account",
    instead('secrets.find((each) => known?.secretHash.equals(hashSecret(each))) ?? newSecret()', 'secrets.at(-1) ?? newSecret()'),
  ),
  known('LIMIT', 'KnownBrowsers.remember', 'an account has browsers without end', leaveOut("await tx.query('DELETE FROM known_browser")),
  known('LIMIT', 'KnownBrowsers.remember', 'the newest browser goes where there are too many', inText('last_used_at DESC OFFSET', 'last_used_at OFFSET')),
  known(
    'RIGHTS',
    'KnownBrowsers.remember',
    "one account's browsers push out another's",
    inText('WHERE user_id = $1 ORDER BY', 'WHERE $1::uuid IS NOT NULL ORDER BY'),
  ),
  known('RIGHTS', 'KnownBrowsers.forget', "the browsers of everybody are forgotten with one's", inText('WHERE user_id = $1', 'WHERE $1::uuid IS NOT NULL')),
  throttle('LIMIT', 'Throttle.countFailure', 'wrong passwords cost nothing', leaveOut('if (seconds > 0)')),
  throttle('LOCK', 'Throttle.countFailure', 'a hundred guesses at once are one failure', inText('ORDER BY key FOR UPDATE', 'ORDER BY key')),
  throttle('FIGURE', 'Throttle.uncount', 'a good sign-in leaves its failures standing', leaveOut("await tx.query('DELETE FROM sign_in_throttle")),

  guard('SESSION', 'SignedInGuard.canActivate', 'a socket subscribes by the rights it had when it was opened', leaveOut("if (operation === 'subscription')"), [
    FOLLOW,
  ]),
  guard('RIGHTS', 'SignedInGuard.canActivate', 'a token that may only read changes things', leaveOut('if (actor.scopes !== null &&'), [GUARDED]),
  guard('RIGHTS', 'SignedInGuard.canActivate', 'strangers are let in', leaveOut("if (!actor) throw new DomainError('UNAUTHENTICATED')"), [ACCESS, GUARDED]),

  authorize('RIGHTS', 'demandAllowed', 'nobody is refused', leaveOut('if (!allowed(')),
  authorize('RIGHTS', 'demandAllowed', 'a stolen session makes itself permanent', leaveOut('if (needsProof('), [PROOF]),
  authorize('RIGHTS', 'demand', 'nobody is refused in the organisation', leaveOut('demandAllowed(')),
  authorize('RIGHTS', 'demandTeam', 'nobody is refused in a team', leaveOut('demandAllowed('), [STAFFING, MUTATIONS]),
  authorize('RIGHTS', 'refusal', 'a token is told that its owner may not', leaveOut('if (!byToken)'), [ACCESS, GUARDED]),
  authorize('RIGHTS', 'demandProject', 'who may read a project may do anything in it', leaveOut('demandAllowed(')),
  authorize('RIGHTS', 'demandProject', 'a private project is refused in words that tell it is there', leaveOut('if (!project || !can('), [
    GUARDED,
    'apps/api/src/board/board.integration.spec.ts',
  ]),
  authorize('RIGHTS', 'READABLE_PROJECT', 'lists show the projects of other teams', inText("p.visibility = 'OPEN'", 'p.visibility IS NOT NULL'), [
    'apps/api/src/board/board.integration.spec.ts',
  ]),

  audit('LOG', 'AuditTrail.by', 'of what a token did it is not said which', instead('actor.tokenId ?? null', 'null')),
  audit('LOG', 'AuditTrail.refused', 'a refusal is not told to the trail', leaveOut('this.note(originOf(request)')),
  audit('LOG', 'AuditTrail.refused', 'who was refused is not said', instead('request.actor?.userId ?? null', 'null')),
  audit('LOG', 'sourceOf', 'what strangers do hides what an account does', instead('actorId === null', 'true')),
  audit('LOG', 'sourceOf', 'who tries an account hides what its person does', instead("kind === 'SIGN_IN' && outcome === 'REFUSED' ? 'tried' : 'by'", "'by'")),
  audit('DELIVERY', 'AuditTrail.onApplicationShutdown', 'what is refused while the server closes is told nowhere', leaveOut('await this.settle()')),
  audit('FIGURE', 'AuditTrail.closeWindow', 'repeats are not counted', leaveOut('if (count > 0 && told)')),
  audit('DELIVERY', 'AuditTrail.settle', 'what was noted is lost when the process ends', leaveOut('for (let last')),
  audit(
    'ATOMIC',
    'AuditTrail.write',
    'a line is kept though its change is not',
    instead('await this.insert(tx, origin, entry, 1)', 'await this.insert(this.database.direct, origin, entry, 1)'),
  ),
  audit('FIGURE', 'AuditTrail.insert', 'from where it was done is not kept', instead('origin?.address ?? null', 'null')),
  signIn(
    'SESSION',
    'SignInService.endSession',
    "somebody else's session is ended",
    instead("'user_id = $1 AND id = $2'", "'$1::uuid IS NOT NULL AND id = $2'"),
    [SESSIONS, ACCESS],
  ),
  signIn(
    'SESSION',
    'SignInService.endOtherSessions',
    'the session that asks ends too',
    instead("'user_id = $1 AND id IS DISTINCT FROM $2'", "'user_id = $1 AND $2::uuid IS DISTINCT FROM $1'"),
    [SESSIONS, ACCESS],
  ),
  signIn('RIGHTS', 'SignInService.endOtherSessions', 'a token ends sessions', leaveOut("demand(actor, 'credential.manage'"), [OPERATIONS]),
  signIn('LOG', 'SignInService.signIn', 'a failed sign-in leaves no line', leaveOut("refuse('INVALID_CREDENTIALS', actorId)"), [AUDIT]),
  signIn('INPUT', 'SignInService.signIn', 'a name of another writing is another account', instead('normalForm(email.slice(0, EMAIL_MAX + 1))', 'email'), [
    ACCESS,
    'apps/api/src/access/normal-forms.integration.spec.ts',
  ]),
  throttle(
    'LIMIT',
    'Throttle.uncount',
    'who knows a password resets what is counted against others',
    inText('failures = greatest(failures - 1, 0)', 'failures = 0'),
  ),
  throttle('FIGURE', 'Throttle.countFailure', 'an attempt while one waits makes the wait longer', instead('seconds > 0', 'false')),
  access('SESSION', 'AccessService.openSession', 'who signs in again leaves the old session', leaveOut('if (request.sessionId)'), [ACCESS, SESSIONS]),
  cookies('SESSION', 'Cookies.set', 'scripts of the page read the session', instead('httpOnly: true', 'httpOnly: false'), [SESSIONS, KNOWN]),
  cookies('SESSION', 'Cookies.set', 'the cookie goes over plain http, too', instead('secure: this.isSecure', 'secure: false'), [HOSTS]),
  cookies('SESSION', 'Cookies.set', 'what was set over plain http stays beside the cookie of https', leaveOut('if (this.isSecure)'), [HOSTS]),
  cookies(
    'RIGHTS',
    'Cookies.read',
    'another host of the domain signs a visitor in as somebody else',
    instead('request.cookies[this.nameOf(name)]', "request.cookies[this.nameOf(name)] ?? request.cookies[this.nameOf(name, '')]"),
    [HOSTS],
  ),
  cookies(
    'RIGHTS',
    'Cookies.read',
    'another host of the domain signs a visitor in by the name of earlier versions',
    instead('request.cookies[`${this.prefix}${name}`]', 'request.cookies[name]'),
    [HOSTS],
  ),
  cookies('SESSION', 'Cookies.read', 'an upgrade signs everybody out', instead('request.cookies[`${this.prefix}${name}`]', 'undefined'), [SESSIONS]),
  cookies(
    'SESSION',
    'Cookies.nameOf',
    'two installations of one host sign each other out',
    instead('`${prefix}${name}_${this.installation}`', '`${prefix}${name}_00000000`'),
    [SESSIONS],
  ),
  access('FIGURE', 'AccessService.bySession', 'when a session was last used is not kept', leaveOut('if (found.stale)'), [ACCESS, SESSIONS]),
  access('RIGHTS', 'AccessService.refuseForgery', 'a socket is opened by any page', leaveOut('if (origin !== undefined && !this.hosts'), [
    HOSTS,
    'apps/api/src/platform/http/proxy.integration.spec.ts',
  ]),
  trail('PAGE', 'AuditResolver.auditEntries', 'the trail is listed by the text of its numbers', inText('ORDER BY audit_entry.id', 'ORDER BY id')),
  token('PAGE', 'TokenService.tokens', 'revoked tokens are listed', inText('AND revoked_at IS NULL', ''), [ACCESS]),
];
