// Parents and children. Whoever changes a parent, or the kind of a ticket, holds both ends of every such bond, by their ids in order:
// two that would make a ring together, or a bond that no kind allows, wait for each other.

import { checkParent, childKindsOf, mayBeParent, type Kin, type TicketKind, type TicketValues } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { rows, type Tx } from '../platform/sql/database.ts';
import { LEAVE_PARENT, LOSE_PARENT, REGAIN_PARENT } from './ticket.writes.ts';

type FamilyValues = Partial<Pick<TicketValues, 'parentId' | 'type'>>;
/** A ticket that changes, as it was when it was locked. */
interface Member {
  id: string;
  projectId: string;
  parentId: string | null;
  type: TicketKind;
}
interface KinRow extends Kin {
  projectId: string;
  parentId: string | null;
  deleted: boolean;
}

/** Before the tickets are locked: holds them with the parents that they have and get. */
export async function holdFamilies(
  tx: Tx,
  changing: readonly { id: string; values: { parentId?: string | null | undefined; type?: TicketKind | null | undefined } }[],
): Promise<void> {
  const concerned = changing.filter(({ values: { parentId, type } }) => parentId != null || type != null);
  if (concerned.length > 0) await hold(tx, [...changing.map(({ id }) => id), ...concerned.flatMap(({ values }) => values.parentId ?? [])]);
}

/** With the parents that these have now. Only within their projects: nobody holds tickets of others. */
const hold = (tx: Tx, ids: readonly string[]): Promise<unknown> =>
  tx.query(
    /* sql */ `SELECT FROM ticket WHERE id IN (
        SELECT id FROM ticket WHERE id = ANY ($1::uuid[]) UNION SELECT parent_id FROM ticket WHERE id = ANY ($1::uuid[]) AND parent_id IS NOT NULL
      ) ORDER BY id FOR NO KEY UPDATE`,
    [[...new Set(ids)]],
  );

const KIN = /* sql */ `SELECT t.id, p.key || '-' || t.number AS key, t.type, t.parent_id AS "parentId", t.project_id AS "projectId", t.deleted_at IS NOT NULL AS deleted
  FROM ticket t JOIN project p ON p.id = t.project_id`;
/** Further than any chain of parents is long. */
const CHAIN_MAX = 8;

interface Changing {
  before: Member;
  key: string;
  values: FamilyValues;
  deleted?: boolean;
}

/**
 * Whether what changes in one project leaves every ticket with a parent and children of the right kinds, and nobody in a ring. Children that
 * are deleted and fit no more lose their parent; the entries of that are answered.
 */
export async function checkFamilies(tx: Tx, changing: readonly Changing[]): Promise<ActivityEntry[]> {
  const { refused, entries } = await judgeFamilies(tx, changing);
  for (const error of refused.values()) throw error;
  return entries;
}

/** The same of many: which of them may not change, and why. Nothing is written while there are such. */
export async function judgeFamilies(tx: Tx, changing: readonly Changing[]): Promise<{ refused: Map<string, DomainError>; entries: ActivityEntry[] }> {
  const refused = new Map<string, DomainError>();
  const becomes = new Map(changing.map((one): [string, KinRow] => [one.before.id, becoming(one)]));
  const concerned = changing.filter(({ before: { id, parentId, type } }) => becomes.get(id)!.parentId !== parentId || becomes.get(id)!.type !== type);
  if (concerned.length === 0) return { refused, entries: [] };
  const children = concerned.map(({ before }) => becomes.get(before.id)!);
  const parents = children.flatMap(({ parentId }) => parentId ?? []);
  if (parents.length > 0) {
    // it may have got another parent since that was looked for
    await hold(tx, parents);
    const known = await withAncestors(tx, parents, becomes);
    for (const child of children) {
      if (child.parentId === null) continue;
      const parent = known.get(child.parentId);
      if (!parent || parent.deleted || parent.projectId !== child.projectId) {
        refused.set(child.id, new DomainError('BAD_INPUT', { field: 'parentId', reason: 'UNKNOWN' }, 'The parent is not a ticket of this project.'));
        continue;
      }
      const allowed = checkParent(child, parent, chainOf(parent, known));
      if (!allowed.ok) refused.set(child.id, new DomainError(allowed.code, allowed.params));
    }
  }
  const lost = await misfitsOf(
    tx,
    concerned.filter(({ before }) => becomes.get(before.id)!.type !== before.type).map(({ before }) => before.id),
    becomes,
    refused,
  );
  if (refused.size > 0) return { refused, entries: [] };
  if (lost.length > 0) await tx.query(LEAVE_PARENT, [lost.map(({ id }) => id)]);
  return { refused, entries: lost.map(({ id, parentId }) => parentEntry(id, parentId, null)) };
}

const becoming = ({ before: { id, projectId, ...was }, key, values: { parentId = was.parentId, type = was.type }, deleted = false }: Changing): KinRow => ({
  id,
  key,
  projectId,
  deleted,
  parentId,
  type,
});

async function withAncestors(tx: Tx, ids: readonly string[], becomes: ReadonlyMap<string, KinRow>): Promise<Map<string, KinRow>> {
  const known = new Map<string, KinRow>();
  let wanted = [...ids];
  for (let depth = 0; wanted.length > 0 && depth < CHAIN_MAX; depth++) {
    for (const kin of await rows<KinRow>(tx, `${KIN} WHERE t.id = ANY ($1::uuid[])`, [wanted])) known.set(kin.id, becomes.get(kin.id) ?? kin);
    wanted = wanted.flatMap((id) => known.get(id)?.parentId ?? []).filter((id) => !known.has(id));
  }
  return known;
}

/** Children of tickets that become of another kind, which do not fit any more: one that is deleted goes its own way, and for others that kind is refused. */
async function misfitsOf(tx: Tx, ids: readonly string[], becomes: ReadonlyMap<string, KinRow>, refused: Map<string, DomainError>): Promise<KinRow[]> {
  if (ids.length === 0) return [];
  const lost: KinRow[] = [];
  for (const row of await rows<KinRow>(tx, `${KIN} WHERE t.parent_id = ANY ($1::uuid[]) ORDER BY t.id`, [ids])) {
    const child = becomes.get(row.id) ?? row;
    const parent = child.parentId === null ? undefined : becomes.get(child.parentId);
    if (!parent || mayBeParent(parent.type, child.type)) continue;
    if (child.deleted) lost.push(row);
    else if (!refused.has(parent.id)) refused.set(parent.id, new DomainError('PARENT_KIND', { child: child.key, parent: parent.key, reason: 'CHILDREN' }));
  }
  return lost;
}

function chainOf(parent: KinRow, known: ReadonlyMap<string, KinRow>): KinRow[] {
  const chain: KinRow[] = [];
  for (let next = parent.parentId; next !== null && chain.length < CHAIN_MAX;) {
    const kin = known.get(next);
    if (!kin) break;
    chain.push(kin);
    next = kin.parentId;
  }
  return chain;
}

const parentEntry = (id: string, from: string | null, to: string | null): ActivityEntry => ({
  entity: 'TICKET',
  entityId: id,
  ticketId: id,
  action: 'UPDATED',
  changes: { parentId: { from, to } },
});

/** Its children are on their own once it is deleted; each has its own entry. */
export async function leaveChildren(tx: Tx, id: string): Promise<ActivityEntry[]> {
  return (await rows<{ id: string }>(tx, LOSE_PARENT, [id])).map((child) => parentEntry(child.id, id, null));
}

/** It comes back, and so it does to those of its children that got no other parent and no other kind since. */
export async function returnToChildren(tx: Tx, { id, type }: { id: string; type: TicketKind }): Promise<ActivityEntry[]> {
  return (await rows<{ id: string }>(tx, REGAIN_PARENT, [id, childKindsOf(type)])).map((child) => parentEntry(child.id, null, id));
}
