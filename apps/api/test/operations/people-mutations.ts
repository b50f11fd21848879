import type { Action, EntityKind } from '@trainyard/domain';
import { PASSWORD } from '../factories/people.ts';
import type { Variables } from './ask.ts';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import { buildThing, roleId, someName } from './things.ts';

const inOrganisation = (at: Place, entity: EntityKind, action: Action, entityId: unknown, changes: unknown): ExpectedRow => ({
  scope: at.organisationId,
  entity,
  action,
  ...(typeof entityId === 'string' && { entityId }),
  changes,
});
const set = (to: unknown, from: unknown = null): { from: unknown; to: unknown } => ({ from, to });
const id = (asked: Variables): string => asked['id'] as string;

const NEW = 'it makes something new';
const OWN = 'nobody else changes it';
const SESSIONS = 'who is signed in where is no tracked thing';

/** Accounts, credentials, teams, memberships and roles. */
export const PEOPLE_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  createUser: {
    demands: ['user.manage', 'user.empower'],
    on: 'ORGANISATION',
    unversioned: NEW,
    try: () => ({ input: { name: 'New', email: `${someName()}@example.org`, orgRole: 'MEMBER', password: 'long enough for anybody' } }),
    logs: (asked, at) => [
      inOrganisation(at, 'USER', 'CREATED', null, { name: set('New'), email: set((asked['input'] as { email: string }).email), orgRole: set('MEMBER') }),
    ],
  },
  updateUser: [
    {
      demands: ['user.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.user(at), version: 1, input: { disabled: true } }),
      logs: (asked, at) => [inOrganisation(at, 'USER', 'UPDATED', id(asked), { disabled: set(true, false) })],
    },
    {
      demands: ['user.manage', 'user.empower'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.user(at), version: 1, input: { orgRole: 'ADMIN' } }),
      logs: (asked, at) => [inOrganisation(at, 'USER', 'UPDATED', id(asked), { orgRole: set('ADMIN', 'MEMBER') })],
    },
    {
      demands: ['user.manage', 'user.empower'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.user(at), version: 1, input: { password: 'chosen by somebody else' } }),
      logs: (asked, at) => [inOrganisation(at, 'USER', 'UPDATED', id(asked), { password: set('changed') })],
    },
    {
      demands: ['user.manage', 'owner.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.owner(at), version: 1, input: { name: 'Renamed' } }),
      logs: (asked, at) => [inOrganisation(at, 'USER', 'UPDATED', id(asked), { name: set('Renamed', expect.any(String)) })],
    },
  ],
  changeName: {
    demands: ['profile.change'],
    on: 'SELF',
    try: () => ({ version: 1, name: `Renamed ${someName()}` }),
    logs: (asked, at, by) => [inOrganisation(at, 'USER', 'UPDATED', by.userId, { name: set(asked['name'], expect.any(String)) })],
  },
  provePassword: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    try: () => ({ password: PASSWORD }),
    logs: { unlogged: SESSIONS },
  },
  changePassword: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    usedUp: ['INVALID_CREDENTIALS', 'SIGN_IN_THROTTLED'],
    try: () => ({ current: PASSWORD, next: 'another one, as long' }),
    logs: (_, at, by) => [inOrganisation(at, 'USER', 'UPDATED', by.userId, { password: set('changed') })],
  },
  setLocale: {
    demands: ['profile.change'],
    on: 'SELF',
    unversioned: OWN,
    try: () => ({ locale: 'ZH' }),
    logs: { unlogged: 'how a person reads the screens concerns nobody else' },
  },
  createAccessToken: [
    {
      demands: ['credential.manage'],
      on: 'SELF',
      unversioned: NEW,
      try: () => ({ name: 'script', scopes: ['READ'], expiresAt: new Date(Date.now() + 86_400_000).toISOString() }),
      logs: (_, at) => [inOrganisation(at, 'ACCESS_TOKEN', 'CREATED', null, { name: set('script'), scopes: set(['READ']) })],
    },
    {
      demands: ['credential.manage', 'token.empower'],
      on: 'SELF',
      unversioned: NEW,
      try: () => ({ name: 'for ever', scopes: ['READ'] }),
      logs: (_, at) => [inOrganisation(at, 'ACCESS_TOKEN', 'CREATED', null, { name: set('for ever'), scopes: set(['READ']) })],
    },
  ],
  revokeAccessToken: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    usedUp: ['NOT_FOUND'],
    try: async (at, asker) => ({ id: await buildThing.token(asker?.actor?.userId ?? at.maker.userId)(at) }),
    logs: (asked, at) => [inOrganisation(at, 'ACCESS_TOKEN', 'DELETED', id(asked), { name: set(null, 'Spare') })],
  },
  createRunnerCredential: {
    demands: ['runner.empower'],
    on: 'ORGANISATION',
    unversioned: NEW,
    try: () => ({ name: 'gpu-01' }),
    logs: (_, at) => [inOrganisation(at, 'RUNNER', 'CREATED', null, { name: set('gpu-01') })],
  },
  revokeRunnerCredential: {
    demands: ['runner.manage'],
    on: 'ORGANISATION',
    unversioned: 'revoking is all that can be done to it',
    usedUp: ['NOT_FOUND'],
    try: async (at) => ({ id: await buildThing.runnerCredential(at) }),
    logs: (asked, at) => [inOrganisation(at, 'RUNNER', 'DELETED', id(asked), { name: set(null, 'Spare') })],
  },
  createTeam: {
    demands: ['team.create'],
    on: 'ORGANISATION',
    unversioned: NEW,
    try: () => ({ name: someName(), description: 'For this' }),
    logs: (asked, at) => [inOrganisation(at, 'TEAM', 'CREATED', null, { name: set(asked['name']), description: set('For this') })],
  },
  updateTeam: {
    demands: ['team.manage'],
    on: 'TEAM',
    try: (at) => ({ id: at.project.teamId, version: 1, description: 'For that' }),
    logs: (asked, at) => [inOrganisation(at, 'TEAM', 'UPDATED', id(asked), { description: set('For that', '') })],
  },
  deleteTeam: {
    demands: ['team.create'],
    on: 'ORGANISATION',
    try: async (at) => ({ id: await buildThing.team(at), version: 1 }),
    logs: (asked, at) => [inOrganisation(at, 'TEAM', 'DELETED', id(asked), { name: set(null, expect.any(String)) })],
  },
  addMembership: (['VIEWER', 'LEAD'] as const).map((teamRole) => ({
    demands: teamRole === 'LEAD' ? ['team.manage', 'team.empower'] : ['team.manage'],
    on: 'TEAM',
    unversioned: NEW,
    try: async (at) => ({ input: { teamId: at.project.teamId, userId: await buildThing.user(at), roleId: await roleId(at), teamRole, allocation: 10 } }),
    usedUp: ['MEMBERSHIP_EXISTS'],
    logs: (asked, at) => {
      const { teamId, userId, roleId: role } = asked['input'] as Record<string, string>;
      return [
        inOrganisation(at, 'MEMBERSHIP', 'CREATED', null, {
          teamId: set(teamId),
          userId: set(userId),
          roleId: set(role),
          teamRole: set(teamRole),
          allocation: set(10),
        }),
      ];
    },
  })),
  updateMembership: [
    {
      demands: ['team.manage'],
      on: 'TEAM',
      try: async (at) => ({ id: await buildThing.membership(at), version: 1, allocation: 20 }),
      logs: (asked, at) => [inOrganisation(at, 'MEMBERSHIP', 'UPDATED', id(asked), { allocation: set(20, 50) })],
    },
    {
      demands: ['team.manage', 'team.empower'],
      on: 'TEAM',
      try: async (at) => ({ id: await buildThing.membership(at), version: 1, teamRole: 'LEAD' }),
      logs: (asked, at) => [inOrganisation(at, 'MEMBERSHIP', 'UPDATED', id(asked), { teamRole: set('LEAD', 'MEMBER') })],
    },
    {
      demands: ['team.manage'],
      on: 'TEAM',
      try: async (at) => ({ id: await buildThing.membership(at), version: 1, allocation: 20, since: '2028-03-01' }),
      logs: (asked, at) => [
        inOrganisation(at, 'MEMBERSHIP', 'UPDATED', id(asked), { toDate: set('2028-02-29') }),
        inOrganisation(at, 'MEMBERSHIP', 'CREATED', null, {
          teamId: set(at.project.teamId),
          userId: set(expect.any(String)),
          roleId: set(expect.any(String)),
          teamRole: set('MEMBER'),
          allocation: set(20),
          fromDate: set('2028-03-01'),
        }),
      ],
    },
  ],
  removeMembership: [
    {
      demands: ['team.manage'],
      on: 'TEAM',
      try: async (at) => ({ id: await buildThing.membership(at), version: 1 }),
      logs: (asked, at) => [
        inOrganisation(at, 'MEMBERSHIP', 'DELETED', id(asked), {
          teamId: set(null, at.project.teamId),
          userId: set(null, expect.any(String)),
          toDate: set(new Date(Date.now() - 86_400_000).toISOString().slice(0, 10)),
        }),
      ],
    },
    {
      demands: ['team.manage'],
      on: 'TEAM',
      try: async (at) => ({ id: await buildThing.membership(at), version: 1, neverWas: true }),
      logs: (asked, at) => [
        inOrganisation(at, 'MEMBERSHIP', 'DELETED', id(asked), { teamId: set(null, at.project.teamId), userId: set(null, expect.any(String)) }),
      ],
    },
  ],
  createRole: {
    demands: ['profession.manage'],
    on: 'ORGANISATION',
    unversioned: NEW,
    try: () => ({ group: 'CORE_RND', nameEn: 'Alchemist', nameZh: '炼金术士' }),
    logs: (_, at) => [inOrganisation(at, 'ROLE', 'CREATED', null, { group: set('CORE_RND'), nameEn: set('Alchemist'), nameZh: set('炼金术士') })],
  },
  signOut: {
    demands: ['SIGNED_IN'],
    on: 'SELF',
    unversioned: OWN,
    endsSessions: true,
    try: () => ({}),
    logs: { unlogged: SESSIONS },
    wakes: (_, at) => [`activity:${at.organisationId}`],
  },
  signOutEverywhere: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    endsSessions: true,
    try: () => ({}),
    logs: { unlogged: SESSIONS },
    wakes: (_, at) => [`activity:${at.organisationId}`],
  },
  endSession: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    usedUp: ['NOT_FOUND'],
    try: async (at, asker) => ({ id: await buildThing.session(asker?.actor?.userId ?? at.maker.userId)(at) }),
    logs: { unlogged: SESSIONS },
    wakes: (_, at) => [`activity:${at.organisationId}`],
  },
  endOtherSessions: {
    demands: ['credential.manage'],
    on: 'SELF',
    unversioned: OWN,
    endsSessions: true,
    try: () => ({}),
    logs: { unlogged: SESSIONS },
    wakes: (_, at) => [`activity:${at.organisationId}`],
  },
  signIn: {
    demands: ['PUBLIC'],
    on: 'SELF',
    unversioned: OWN,
    usedUp: ['INVALID_CREDENTIALS', 'SIGN_IN_THROTTLED'],
    try: (_, asker) => ({ email: asker && 'email' in asker ? asker.email : 'nobody@example.org', password: PASSWORD }),
    logs: { unlogged: SESSIONS },
  },
  setUp: {
    demands: ['PUBLIC'],
    on: 'ORGANISATION',
    unversioned: NEW,
    usedUp: ['SETUP_DONE'],
    try: () => ({ input: { organisationName: 'Yard', name: 'First', email: 'first@example.org', password: 'long enough for anybody' } }),
    logs: (_, at, by) => [
      { scope: at.organisationId, entity: 'ORGANISATION', action: 'CREATED', entityId: at.organisationId, changes: {} },
      inOrganisation(at, 'USER', 'CREATED', by.userId, { name: set('First'), email: set('first@example.org'), orgRole: set('OWNER') }),
    ],
  },
};
