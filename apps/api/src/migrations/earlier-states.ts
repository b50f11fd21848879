/** A membership as it was, under the names that the log uses. Moments are PostgreSQL's own text. */
export interface State {
  id: string;
  teamId: string;
  userId: string;
  roleId: string;
  teamRole: string;
  allocation: number;
  fromDate: string | null;
  toDate: string | null;
  version: number;
  createdAt: string;
}
/** In the order of the log. */
export interface LoggedChange {
  id: string;
  action: 'CREATED' | 'UPDATED' | 'DELETED';
  changes: Record<string, { from: unknown; to: unknown }>;
  at: string;
}
type Superseded = State & { knownFrom: string; knownTo: string };

/**
 * What was known of memberships before now, and since when what is known now is. A membership that is still there is followed back from
 * its row; one that is gone is followed from the entry that made it, and cannot be told without one.
 */
export function earlierStates(current: readonly State[], logged: readonly LoggedChange[]): { states: Superseded[]; knownFrom: { id: string; at: string }[] } {
  const states: Superseded[] = [];
  const knownFrom: { id: string; at: string }[] = [];
  const rows = new Map(current.map((row) => [row.id, row]));
  for (const [id, changes] of Map.groupBy(logged, (change) => change.id)) {
    const row = rows.get(id);
    const found = row ? back(row, changes) : forth(id, changes);
    states.push(...found);
    const last = changes.at(-1);
    if (row && last) knownFrom.push({ id, at: last.at });
  }
  return { states, knownFrom };
}

function back(row: State, changes: readonly LoggedChange[]): Superseded[] {
  const found: Superseded[] = [];
  let state = row;
  for (let i = changes.length - 1; i >= 0; i--) {
    const change = changes[i]!;
    if (change.action !== 'UPDATED') break;
    state = { ...state, ...told(change, 'from'), version: state.version - 1 };
    // One whose making is in no log was known since its row says.
    found.push({ ...state, knownFrom: changes[i - 1]?.at ?? row.createdAt, knownTo: change.at });
  }
  return found;
}

function forth(id: string, changes: readonly LoggedChange[]): Superseded[] {
  const [made] = changes;
  if (made?.action !== 'CREATED') return [];
  const found: Superseded[] = [];
  let state = { fromDate: null, toDate: null, version: 0, createdAt: made.at, id } as unknown as State;
  for (const [i, change] of changes.entries()) {
    if (change.action === 'DELETED') break;
    state = { ...state, ...told(change, 'to'), version: state.version + 1 };
    const knownTo = changes[i + 1]?.at;
    if (knownTo) found.push({ ...state, knownFrom: change.at, knownTo });
  }
  return found;
}

const told = ({ changes }: LoggedChange, side: 'from' | 'to'): Record<string, unknown> =>
  Object.fromEntries(Object.entries(changes).map(([field, change]) => [field, change[side]]));
