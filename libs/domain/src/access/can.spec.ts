import { can, PERMISSIONS, type Actor, type OwnProjectPermission, type PermissionScope, type ProjectPermission } from './can.ts';
import * as account from './rights/account.ts';
import * as attachment from './rights/attachment.ts';
import * as board from './rights/board.ts';
import * as calendar from './rights/calendar.ts';
import * as comment from './rights/comment.ts';
import * as dataset from './rights/dataset.ts';
import * as organisation from './rights/organisation.ts';
import * as project from './rights/project.ts';
import * as run from './rights/run.ts';
import * as rule from './rights/rule.ts';
import * as runner from './rights/runner.ts';
import * as sprint from './rights/sprint.ts';
import * as team from './rights/team.ts';
import * as ticket from './rights/ticket.ts';
import * as view from './rights/view.ts';
import * as webhook from './rights/webhook.ts';
import * as workTime from './rights/work-time.ts';
import { ORG_ROLES, TEAM_ROLES, type OrgRole, type ProjectState, type TeamRole, type TokenScope } from './roles.ts';

const actor = (orgRole: OrgRole, teamRole: TeamRole | null = null, scopes: TokenScope[] | null = null): Actor => ({
  userId: 'u',
  orgRole,
  teams: teamRole ? { t: teamRole } : {},
  scopes,
});
const open = { visibility: 'OPEN' as const, teamId: 't', projectState: 'ACTIVE' as const };
const secret = { visibility: 'PRIVATE' as const, teamId: 't', projectState: 'ACTIVE' as const };
const writes = Object.keys(PERMISSIONS.PROJECT).filter((permission) => permission !== 'project.read' && permission !== 'view.keep') as OwnProjectPermission[];
const owns: OwnProjectPermission[] = ['comment.edit', 'comment.delete', 'attachment.delete', 'run.cancel', 'data.manage', 'view.manage'];
const mine = (project: typeof open | typeof secret) => ({ ...project, ownerId: 'u' });
const theirs = (project: typeof open | typeof secret) => ({ ...project, ownerId: 'someone else' });

it('has each right once: no noun speaks for another', () => {
  const files = [
    account,
    attachment,
    board,
    calendar,
    comment,
    dataset,
    organisation,
    project,
    rule,
    run,
    runner,
    sprint,
    team,
    ticket,
    view,
    webhook,
    workTime,
  ];
  const said = files.flatMap((tables) => Object.values<object>(tables).flatMap((table) => Object.keys(table)));
  expect(said.toSorted()).toEqual([...new Set(said)].toSorted());
  expect(said.toSorted()).toEqual(Object.values(PERMISSIONS).flatMap(Object.keys).toSorted());
});

it('gives everybody their own time, and that of others to those who lead them', () => {
  const may = (one: Actor, ownerId: string, teamId = 't'): boolean => can(one, 'workTime.manage', { teamId, ownerId });
  expect([actor('MEMBER'), actor('VIEWER'), actor('MEMBER', 'LEAD'), actor('ADMIN')].map((one) => [may(one, 'u'), may(one, 'u', '')])).toEqual(
    Array(4).fill([true, true]),
  );
  expect([actor('MEMBER'), actor('MEMBER', 'MEMBER'), actor('VIEWER', 'LEAD')].map((one) => may(one, 'other'))).toEqual([false, false, false]);
  expect([may(actor('MEMBER', 'LEAD'), 'other'), may(actor('MEMBER', 'LEAD'), 'other', 'elsewhere'), may(actor('ADMIN'), 'other', '')]).toEqual([
    true,
    false,
    true,
  ]);
  expect(may(actor('MEMBER', null, ['READ']), 'u')).toBe(false);
});

describe('can', () => {
  it('lets an organisation viewer write nowhere, whatever the team says', () => {
    for (const permission of writes) {
      for (const teamRole of [null, ...TEAM_ROLES]) {
        for (const project of [open, secret]) expect(can(actor('VIEWER', teamRole), permission, mine(project))).toBe(false);
      }
    }
    expect(can(actor('VIEWER', 'LEAD'), 'team.manage', { teamId: 't' })).toBe(false);
    expect(can(actor('VIEWER'), 'project.create')).toBe(false);
  });

  it('lets whoever reads a project keep views of their own there, and nobody change those of another', () => {
    for (const role of ORG_ROLES) {
      expect([can(actor(role), 'view.keep', mine(open)), can(actor(role, 'VIEWER'), 'view.keep', mine(secret))]).toEqual([true, true]);
      expect(can(actor(role, 'LEAD'), 'view.keep', theirs(open))).toBe(false);
      expect([can(actor(role), 'organisationView.keep', { ownerId: 'u' }), can(actor(role), 'organisationView.keep', { ownerId: 'else' })]).toEqual([
        true,
        false,
      ]);
    }
    expect(can(actor('MEMBER'), 'view.keep', mine(secret))).toBe(false);
    expect(can(actor('MEMBER', 'LEAD', ['READ']), 'view.keep', mine(open))).toBe(false);
    expect(can(actor('MEMBER', 'LEAD'), 'view.keep', { ...mine(open), projectState: 'ARCHIVED' })).toBe(false);
  });

  it.each(ORG_ROLES.map((role) => [role, role === 'OWNER' || role === 'ADMIN'] as const))(
    'hides a private project from a %s outside its team: %s',
    (role, reads) => {
      expect(can(actor(role), 'project.read', secret)).toBe(reads);
    },
  );

  it.each(TEAM_ROLES)('shows a private project to its team as %s', (role) => {
    expect(can(actor('MEMBER', role), 'project.read', secret)).toBe(true);
  });

  it('lets a member outside the team write tickets in an open project but not manage or delete', () => {
    expect(can(actor('MEMBER'), 'ticket.write', open)).toBe(true);
    expect(can(actor('MEMBER'), 'ticket.delete', open)).toBe(false);
    expect(can(actor('MEMBER'), 'board.manage', open)).toBe(false);
    expect(can(actor('MEMBER', 'LEAD'), 'board.manage', open)).toBe(true);
  });

  it('lets a team viewer read and not write', () => {
    expect(can(actor('MEMBER', 'VIEWER'), 'ticket.write', secret)).toBe(false);
    expect(can(actor('MEMBER', 'VIEWER'), 'project.read', secret)).toBe(true);
  });

  it('never gives a token more than its scopes', () => {
    expect(can(actor('OWNER', null, ['READ']), 'ticket.write', open)).toBe(false);
    expect(can(actor('OWNER', null, ['READ']), 'project.read', secret)).toBe(true);
    expect(can(actor('OWNER', null, ['WRITE']), 'ticket.write', open)).toBe(true);
    expect(can(actor('OWNER', null, ['WRITE']), 'user.manage')).toBe(false);
    expect(can(actor('OWNER', null, ['ADMIN']), 'user.manage')).toBe(true);
    expect(can(actor('OWNER', null, []), 'organisation.read')).toBe(false);
  });

  it('denies what the table does not know, and inherited property names', () => {
    expect(can(actor('OWNER'), 'no.such' as ProjectPermission, open)).toBe(false);
    expect(can({ ...actor('MEMBER') }, 'project.read', { ...secret, teamId: 'constructor' })).toBe(false);
  });

  it('denies even an owner what is asked of nothing, of no team or of no project', () => {
    const ask = can as (actor: Actor, permission: string, on?: PermissionScope) => boolean;
    const teamOrProject = [PERMISSIONS.TEAM, PERMISSIONS.PROJECT].flatMap((table) => Object.keys(table));
    const owner = { ...actor('OWNER'), teams: { undefined: 'LEAD' } } as const;
    expect(
      teamOrProject.filter((permission) => ask(owner, permission) || ask(owner, permission, { visibility: 'OPEN', projectState: 'ACTIVE', ownerId: 'u' })),
    ).toEqual([]);
    expect(Object.keys(PERMISSIONS.PROJECT).filter((permission) => ask(owner, permission, { teamId: 't', projectState: 'ACTIVE', ownerId: 'u' }))).toEqual([]);
  });

  it('gives the owner of a thing its own rights while they may write there, and to nobody who may only read', () => {
    for (const permission of owns) {
      expect(can(actor('MEMBER'), permission, mine(open))).toBe(true);
      expect(can(actor('MEMBER', 'MEMBER'), permission, mine(secret))).toBe(true);
      expect(can(actor('MEMBER', 'VIEWER'), permission, mine(secret))).toBe(false);
      expect(can(actor('MEMBER'), permission, mine(secret))).toBe(false);
      expect(can(actor('MEMBER', 'MEMBER', ['READ']), permission, mine(secret))).toBe(false);
      expect(can(actor('MEMBER'), permission, theirs(open))).toBe(false);
      expect(can(actor('MEMBER'), permission, { ...open, ownerId: null })).toBe(false);
    }
    expect(can(actor('MEMBER'), 'dataset.manage', { ownerId: 'u' })).toBe(true);
    expect(can(actor('VIEWER'), 'dataset.manage', { ownerId: 'u' })).toBe(false);
    expect(can(actor('MEMBER'), 'dataset.manage', { ownerId: 'someone else' })).toBe(false);
    expect(can(actor('ADMIN'), 'dataset.manage', { ownerId: 'someone else' })).toBe(true);
  });

  it('lets nobody edit what another said, and leads, administrators and the author delete it', () => {
    for (const role of ORG_ROLES) expect(can(actor(role, 'LEAD'), 'comment.edit', theirs(open))).toBe(false);
    expect(ORG_ROLES.map((role) => can(actor(role), 'comment.delete', theirs(open)))).toEqual([true, true, false, false]);
    expect(TEAM_ROLES.map((role) => can(actor('MEMBER', role), 'comment.delete', theirs(open)))).toEqual([true, false, false]);
  });

  it('gives nothing on a project whose state was not read', () => {
    const ask = can as (actor: Actor, permission: string, on?: PermissionScope) => boolean;
    const on = { visibility: 'OPEN', teamId: 't', ownerId: 'u' } as const;
    expect(Object.keys(PERMISSIONS.PROJECT).filter((permission) => ask(actor('OWNER', 'LEAD'), permission, on))).toEqual([]);
  });

  it.each<[ProjectState, orgRole: OrgRole, allowed: string[]]>([
    ['ARCHIVED', 'OWNER', ['project.read', 'project.archive', 'project.delete', 'run.cancel', 'webhook.read']],
    ['ARCHIVED', 'MEMBER', ['project.read', 'project.archive', 'run.cancel', 'webhook.read']],
    ['DELETED', 'OWNER', ['project.read', 'project.undelete', 'webhook.read']],
    ['DELETED', 'MEMBER', []],
    ['ERASING', 'OWNER', []],
  ])('gives in a project that is %s to an organisation %s who leads its team, on their own things, nothing but %j', (projectState, orgRole, allowed) => {
    const ask = can as (actor: Actor, permission: string, on?: PermissionScope) => boolean;
    const on = { ...open, projectState, ownerId: 'u' };
    expect(Object.keys(PERMISSIONS.PROJECT).filter((permission) => ask(actor(orgRole, 'LEAD'), permission, on))).toEqual(allowed);
  });

  it('lets whoever queued a run cancel it when the project is archived', () => {
    expect(can(actor('MEMBER'), 'run.cancel', { ...mine(open), projectState: 'ARCHIVED' })).toBe(true);
    expect(can(actor('VIEWER'), 'run.cancel', { ...mine(open), projectState: 'ARCHIVED' })).toBe(false);
  });

  it('gives each person their own profile and credentials, and nobody those of another', () => {
    for (const permission of ['profile.change', 'credential.manage'] as const) {
      for (const role of ORG_ROLES)
        expect([can(actor(role), permission, { ownerId: 'u' }), can(actor(role), permission, { ownerId: 'someone else' })]).toEqual([true, false]);
    }
  });

  it('shows addresses to administrators, leads and the person', () => {
    const of = (ownerId: string) =>
      [actor('ADMIN'), actor('MEMBER', 'LEAD'), actor('MEMBER', 'MEMBER'), actor('VIEWER')].map((one) => can(one, 'address.read', { ownerId }));
    expect(of('someone else')).toEqual([true, true, false, false]);
    expect(of('u')).toEqual([true, true, true, true]);
  });

  it('keeps what makes credentials or raises rights from every token', () => {
    const token = actor('OWNER', 'LEAD', ['READ', 'WRITE', 'ADMIN']);
    const on: PermissionScope = { ...open, ownerId: 'u' };
    const allowed = can as (actor: Actor, permission: string, on: PermissionScope) => boolean;
    const all = Object.values(PERMISSIONS).flatMap((table) => Object.keys(table));
    expect(all.filter((permission) => !allowed(token, permission, on) && allowed({ ...token, scopes: null }, permission, on))).toEqual([
      'user.empower',
      'owner.manage',
      'credential.manage',
      'token.empower',
      'runner.empower',
      'team.empower',
      'project.delete',
      'webhook.empower',
    ]);
  });

  it('names in `own` another right of the same table, or of the organisation', () => {
    for (const table of Object.values(PERMISSIONS)) {
      for (const grant of Object.values<{ own?: string; scope: string }>(table)) {
        if (grant.own === undefined) continue;
        expect([...Object.keys(table), ...Object.keys(PERMISSIONS.ORGANISATION)]).toContain(grant.own);
      }
    }
  });

  it('reserves the making of owners to owners', () => {
    expect(can(actor('ADMIN'), 'owner.manage')).toBe(false);
    expect(can(actor('OWNER'), 'owner.manage')).toBe(true);
  });
});
