import {
  can,
  needsProof,
  PERMISSIONS,
  PROOF_MINUTES,
  type Actor,
  type ErrorCode,
  type ErrorParams,
  type Permission,
  type PermissionScope,
} from '@trainyard/domain';
import type { Asker } from './actors.ts';

/** What an operation demands. Of several demands the first that is not met is told. */
export type Demand =
  /** Answers everybody, without a sign-in. */
  | 'PUBLIC'
  /** Everybody signed in, each for themselves. */
  | 'SIGNED_IN'
  | Permission;

/** The thing an operation is tried on; without `visibility` it belongs to no project. */
export type Scope = PermissionScope;

export interface Refusal {
  code: ErrorCode;
  params: ErrorParams;
}

const ask = can as (actor: Actor, permission: Permission, on: Scope) => boolean;

/** The refusal that the permission table demands; null: it is allowed. */
export function expectedRefusal(
  kind: 'query' | 'mutation' | 'subscription' | 'route',
  demands: readonly Demand[],
  { actor, headers }: Asker,
  on: Scope,
): Refusal | null {
  // A token that is not valid is told so even where nobody needs one.
  const invalidToken = actor === null && headers['authorization'] !== undefined && kind !== 'route';
  if (demands.includes('PUBLIC') && !invalidToken) return null;
  if (actor === null) return { code: 'UNAUTHENTICATED', params: {} };
  if (kind === 'mutation' && actor.scopes !== null && !actor.scopes.some((scope) => scope !== 'READ')) return { code: 'TOKEN_SCOPE', params: {} };
  for (const demand of demands) {
    if (demand === 'SIGNED_IN' || demand === 'PUBLIC') continue;
    // What may not be read is not told to be there.
    if (Object.hasOwn(PERMISSIONS.PROJECT, demand) && !ask(actor, 'project.read', on)) return { code: 'NOT_FOUND', params: {} };
    if (ask(actor, demand, on)) {
      if (needsProof(demand) && actor.proved !== true) return { code: 'PASSWORD_REQUIRED', params: { minutes: PROOF_MINUTES } };
      continue;
    }
    const atBrowser = actor.scopes !== null && ask({ ...actor, scopes: null }, demand, on);
    return { code: atBrowser ? 'TOKEN_SCOPE' : 'FORBIDDEN', params: { permission: demand } };
  }
  return null;
}
