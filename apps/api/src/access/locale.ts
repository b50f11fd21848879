import type { Actor, Locale } from '@trainyard/domain';
import { row, type Tx } from '../platform/sql/database.ts';

/** The language things are named in that the actor makes without naming them. */
export async function localeOf(tx: Tx, actor: Actor): Promise<Locale> {
  const found = await row<{ locale: Locale | null }>(tx, 'SELECT locale FROM app_user WHERE id = $1', [actor.userId]);
  return found?.locale ?? 'EN';
}
