import { can, type Actor, type ProjectPermission } from './can.ts';
import { ORG_ROLES, TEAM_ROLES, type OrgRole, type TeamRole, type TokenScope } from './roles.ts';

const actor = (orgRole: OrgRole, teamRole: TeamRole | null = null, scopes: TokenScope[] | null = null): Actor => ({
  userId: 'u',
  orgRole,
  teams: teamRole ? { t: teamRole } : {},
  scopes,
});
const open = { visibility: 'OPEN' as const, teamId: 't' };
const secret = { visibility: 'PRIVATE' as const, teamId: 't' };
const writes: ProjectPermission[] = ['project.manage', 'board.manage', 'ticket.write', 'ticket.delete', 'comment.write', 'comment.moderate', 'run.queue', 'run.cancel'];

describe('can', () => {
  it('lets an organisation viewer write nowhere, whatever the team says', () => {
    for (const permission of writes) {
      for (const teamRole of [null, ...TEAM_ROLES]) {
        for (const project of [open, secret]) expect(can(actor('VIEWER', teamRole), permission, project)).toBe(false);
      }
    }
    expect(can(actor('VIEWER', 'LEAD'), 'team.manage', { teamId: 't' })).toBe(false);
    expect(can(actor('VIEWER'), 'project.create')).toBe(false);
  });

  it.each(ORG_ROLES.map((role) => [role, role === 'OWNER' || role === 'ADMIN'] as const))('hides a private project from a %s outside its team: %s', (role, reads) => {
    expect(can(actor(role), 'project.read', secret)).toBe(reads);
  });

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
    expect(can({ ...actor('MEMBER') }, 'project.read', { visibility: 'PRIVATE', teamId: 'constructor' })).toBe(false);
  });

  it('reserves the making of owners to owners', () => {
    expect(can(actor('ADMIN'), 'owner.manage')).toBe(false);
    expect(can(actor('OWNER'), 'owner.manage')).toBe(true);
  });
});
