import type { Resolution } from './state.ts';

/** What one ticket is to another. */
export const LINK_KINDS = ['BLOCKS', 'DUPLICATES', 'RELATES'] as const;
export type LinkKind = (typeof LINK_KINDS)[number];

/** The same, as one of the two sees it. */
export const LINK_SIDES = ['BLOCKED_BY', 'BLOCKS', 'DUPLICATES', 'DUPLICATED_BY', 'RELATES'] as const;
export type LinkSide = (typeof LINK_SIDES)[number];

/** Links of one ticket, at most. */
export const LINKS_EACH = 100;

/** Their names in the log: each of the two tickets has its own. */
export const LINK_FIELDS = {
  BLOCKED_BY: 'blockedBy',
  BLOCKS: 'blocks',
  DUPLICATES: 'duplicates',
  DUPLICATED_BY: 'duplicatedBy',
  RELATES: 'relates',
} as const satisfies Record<LinkSide, string>;

const OTHER_SIDE: Readonly<Record<LinkSide, LinkSide>> = {
  BLOCKED_BY: 'BLOCKS',
  BLOCKS: 'BLOCKED_BY',
  DUPLICATES: 'DUPLICATED_BY',
  DUPLICATED_BY: 'DUPLICATES',
  RELATES: 'RELATES',
};
export const otherSideOf = (side: LinkSide): LinkSide => OTHER_SIDE[side];

export interface Link {
  fromId: string;
  toId: string;
  kind: LinkKind;
}

/** The link that stands for what `id` is to `otherId`. Two that relate have one, whichever of them says so. */
export function linkOf(id: string, side: LinkSide, otherId: string): Link {
  if (side === 'BLOCKED_BY' || side === 'DUPLICATED_BY') return linkOf(otherId, OTHER_SIDE[side], id);
  const [fromId, toId] = side === 'RELATES' && otherId < id ? [otherId, id] : [id, otherId];
  return { fromId, toId, kind: side };
}

/** How a ticket sees its own link. */
export function sideOf({ fromId, kind }: Link, id: string): LinkSide {
  return fromId === id ? kind : OTHER_SIDE[kind];
}

/** The ring that a further edge would close among these, from its beginning back to it; null where it closes none. */
export function ringClosedBy({ fromId, toId }: Pick<Link, 'fromId' | 'toId'>, edges: readonly Pick<Link, 'fromId' | 'toId'>[]): string[] | null {
  const next = Map.groupBy(edges, (edge) => edge.fromId);
  const cameFrom = new Map<string, string>([[toId, fromId]]);
  for (const id of cameFrom.keys()) {
    if (id === fromId) break;
    // a Map tells what is added while it is walked
    for (const edge of next.get(id) ?? []) if (!cameFrom.has(edge.toId)) cameFrom.set(edge.toId, id);
  }
  if (!cameFrom.has(fromId)) return null;
  const ring = [fromId];
  do ring.unshift(cameFrom.get(ring[0] as string) as string);
  while (ring[0] !== fromId);
  return ring;
}

/** Those that still stand in the way. */
export const unfinished = <Blocker extends { resolution: Resolution | null }>(blockers: readonly Blocker[]): Blocker[] =>
  blockers.filter(({ resolution }) => resolution === null);
