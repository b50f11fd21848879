import type { EngineReport, RunnerFacts } from '@trainyard/domain';
import { rows, type Tx } from '../platform/sql/database.ts';
import { LIVE } from './run-states.ts';

/** A runner that beats every second or two is gone after this silence. */
export const ONLINE_SECONDS = 15;

/** Runners heard of lately, with how many attempts each holds. */
export async function onlineRunners(tx: Tx): Promise<(RunnerFacts & { id: string; name: string; engines: EngineReport[] })[]> {
  return rows(
    tx,
    /* sql */ `
    SELECT r.id, r.name, r.engines, r.concurrency,
      (SELECT count(*)::int FROM attempt a WHERE a.runner_id = r.id AND a.state IN ${LIVE}) AS busy
    FROM runner r WHERE r.last_seen_at > now() - make_interval(secs => $1) ORDER BY r.name, r.id`,
    [ONLINE_SECONDS],
  );
}
