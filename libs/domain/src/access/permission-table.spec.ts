import { can, needsProof, PERMISSIONS, type Actor, type Permission, type PermissionScope } from './can.ts';
import { ORG_ROLES, PROJECT_VISIBILITIES, TEAM_ROLES, TOKEN_SCOPES, type OrgRole, type ProjectState, type TeamRole, type TokenScope } from './roles.ts';

const OWN = 'the-actor';
const TEAM = 'the-team';

/** Ways to ask, each a letter of a cell: a browser session, or a token of one scope. */
const CREDENTIALS: readonly (readonly [letter: string, scopes: readonly TokenScope[] | null])[] = [
  ['s', null],
  ['r', ['READ']],
  ['w', ['WRITE']],
  ['a', ['ADMIN']],
  ['0', []],
];
const TEAM_COLUMNS: readonly (TeamRole | null)[] = [null, ...TEAM_ROLES.toReversed()];
const WIDTH = 8;

const HEADER = `Who may do what, as can() answers. A wanted change of rights is taken over with jest -u.

A row is an organisation role, a column a role in the team that owns the thing ("none": in no team). A cell names the ways
of asking that may: s a browser session, p one that gave the password lately, r w a a token of scope READ, WRITE, ADMIN, 0 a
token of no scope. A dot is a no.
"in" names the states of a project in which the right holds. In DELETED an organisation role alone counts.
"own" stands before the rows of whoever made the thing, where that makes a difference.
`;

/** The states of a project in which the right holds. The cells are those of the first; in DELETED they are those of the organisation role alone. */
const statesOf = (permission: string): readonly ProjectState[] => {
  const grants: Readonly<Record<string, { scope: string; in?: readonly ProjectState[] }>> = PERMISSIONS.PROJECT;
  const grant = grants[permission];
  return grant === undefined ? [] : (grant.in ?? ['ACTIVE']);
};
const firstState = (permission: string): ProjectState => statesOf(permission)[0] ?? 'ACTIVE';

const ask = can as (actor: Actor, permission: Permission, on: PermissionScope) => boolean;

/** Every answer of can(): permission x organisation role x team role x visibility x own x token scope. */
function permissionTable(): string {
  const blocks = [HEADER];
  for (const permission of Object.keys(PERMISSIONS.ORGANISATION)) blocks.push(block(permission as Permission, [['', {}]]));
  for (const permission of Object.keys(PERMISSIONS.TEAM)) blocks.push(block(permission as Permission, [['', { teamId: TEAM }]]));
  for (const permission of Object.keys(PERMISSIONS.PROJECT)) {
    blocks.push(
      block(
        permission as Permission,
        PROJECT_VISIBILITIES.map((visibility) => [visibility, { teamId: TEAM, visibility, projectState: firstState(permission) }]),
      ),
    );
  }
  return blocks.join('\n');
}

function block(permission: Permission, scopes: readonly (readonly [title: string, on: PermissionScope])[]): string {
  const rows = (owner: string | null, mark: string): string[] =>
    ORG_ROLES.map((role) =>
      line(
        mark + role,
        scopes.map(([, on]) => TEAM_COLUMNS.map((teamRole) => cell(permission, role, teamRole, { ...on, ownerId: owner }))),
      ),
    );
  const others = rows('somebody-else', '');
  const own = rows(OWN, 'own ').filter((row, i) => row.slice(WIDTH + 4) !== others[i]?.slice(WIDTH + 4));
  const head = line(
    permission,
    scopes.map(([title]) => TEAM_COLUMNS.map((role, i) => (i === 0 && title !== '' ? `${title}:${role ?? 'none'}` : (role ?? 'none')))),
  );
  const states = statesOf(permission);
  return [head, ...(states.length > 0 ? [`in ${states.join(', ')}`] : []), ...others, ...own, ''].join('\n');
}

function cell(permission: Permission, orgRole: OrgRole, teamRole: TeamRole | null, on: PermissionScope): string {
  const actor: Actor = { userId: OWN, orgRole, teams: teamRole === null ? {} : { [TEAM]: teamRole }, scopes: null };
  const told = (letter: string): string => (letter === 's' && needsProof(permission) ? 'p' : letter);
  return CREDENTIALS.map(([letter, scopes]) => (ask({ ...actor, scopes }, permission, on) ? told(letter) : '.')).join('');
}

function line(title: string, groups: readonly (readonly string[])[]): string {
  const cells = groups.map((group) => group.map((text) => text.padEnd(WIDTH + (text.includes(':') ? 6 : 0))).join(' '));
  return `${title.padEnd(20)} ${cells.join('  |  ')}`.trimEnd();
}

describe('the permission table', () => {
  it('is this, whole: a change of it is a change of who may do what', () => {
    expect(`\n${permissionTable()}`).toMatchSnapshot();
  });

  const permissions = Object.values(PERMISSIONS).flatMap((table) => Object.keys(table)) as Permission[];
  const scopes: PermissionScope[] = PROJECT_VISIBILITIES.flatMap((visibility) =>
    [OWN, 'somebody-else'].map((ownerId) => ({ teamId: TEAM, visibility, projectState: 'ACTIVE' as const, ownerId })),
  );
  /** Every question that a signed-in person with or without a role in `team` can ask. */
  const everywhere = (team: string, look: (permission: Permission, actor: Actor, on: PermissionScope) => void): void => {
    for (const permission of permissions)
      for (const orgRole of ORG_ROLES)
        for (const role of TEAM_COLUMNS)
          for (const on of scopes) look(permission, { userId: OWN, orgRole, teams: role === null ? {} : { [team]: role }, scopes: null }, on);
  };

  it('asks for the password where a session could make more of itself, and nowhere else: whatever no token may, but ending and looking through what one has', () => {
    const grants = Object.entries({ ...PERMISSIONS.ORGANISATION, ...PERMISSIONS.TEAM, ...PERMISSIONS.PROJECT });
    expect(permissions.filter(needsProof).toSorted()).toEqual(
      grants.flatMap(([permission, { scope }]) => (scope === 'BROWSER' && permission !== 'credential.manage' ? [permission] : [])).toSorted(),
    );
  });

  it('gives a token of several scopes what each of them gives, and never more than its owner has', () => {
    const wrong: unknown[] = [];
    everywhere(TEAM, (permission, actor, on) => {
      const by = (...scopes: TokenScope[]): boolean => ask({ ...actor, scopes }, permission, on);
      for (const several of [['READ', 'WRITE'], ['READ', 'ADMIN'], ['WRITE', 'ADMIN'], TOKEN_SCOPES] as const) {
        if (by(...several) !== several.some((one) => by(one))) wrong.push({ permission, actor, on, several });
      }
      if (by(...TOKEN_SCOPES) && !ask(actor, permission, on)) wrong.push({ permission, actor, on });
    });
    expect(wrong).toEqual([]);
  });

  it('counts a role in another team for nothing in this one', () => {
    const wrong: unknown[] = [];
    everywhere('another-team', (permission, actor, on) => {
      if (Object.hasOwn(PERMISSIONS.ORGANISATION, permission)) return;
      if (ask(actor, permission, on) !== ask({ ...actor, teams: {} }, permission, on)) wrong.push({ permission, actor, on });
    });
    expect(wrong).toEqual([]);
  });
});
