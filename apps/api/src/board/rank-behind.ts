import { rankBetween } from '@trainyard/domain';
import { DomainError } from '../platform/domain-error.ts';

/** The rank behind `afterId` among `siblings`; `own` when the thing already stands there. */
export function rankBehind(siblings: readonly { id: string; rank: string }[], afterId: string | null, own?: string): string {
  const at = afterId === null ? -1 : siblings.findIndex((sibling) => sibling.id === afterId);
  if (afterId !== null && at < 0) throw new DomainError('NEIGHBOUR_GONE');
  const before = siblings[at]?.rank ?? null;
  const behind = siblings[at + 1]?.rank ?? null;
  if (own !== undefined && (before === null || before < own) && (behind === null || own < behind)) return own;
  return rankBetween(before, behind);
}
