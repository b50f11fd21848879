import { seedBoard } from './board-data.ts';
import { atMost, percentile, spread, type Measurement } from './measurement.ts';
import type { BenchStage } from './stage.ts';

interface Event {
  projectEvents: { seq: number; activities: { entityId: string; action: string }[] };
}

/** From sending a move to another client's event of it, over a real socket each. */
export async function run(stage: BenchStage): Promise<Measurement[]> {
  const trainyard = await stage.trainyard();
  const mover = await stage.owner();
  const watcher = await stage.owner();
  const board = await seedBoard(mover, trainyard.databaseUrl, 'BEV', 1000);
  const { project } = await mover.query<{ project: { seq: number } }>('query ($id: ID!) { project(id: $id) { seq } }', { id: board.projectId });

  let expected: { ticketId: string; seen: () => void } | null = null;
  const { ready, stop } = watcher.subscribe<Event>(
    'subscription ($projectId: ID!, $since: Int!) { projectEvents(projectId: $projectId, since: $since) { seq activities { entityId action } } }',
    { projectId: board.projectId, since: project.seq },
    ({ projectEvents }) => {
      if (expected !== null && projectEvents.activities.some((one) => one.entityId === expected?.ticketId && one.action === 'MOVED')) expected.seen();
    },
  );
  await ready;
  const ms: number[] = [];
  const tickets = board.columnIds.flatMap((columnId) => (board.tickets.get(columnId) ?? []).slice(0, 60).map((id) => ({ id, columnId })));
  for (const { id, columnId } of tickets.slice(0, 220)) {
    const target = board.columnIds[(board.columnIds.indexOf(columnId) + 1) % board.columnIds.length];
    const seen = Promise.withResolvers<void>();
    expected = { ticketId: id, seen: seen.resolve };
    const sent = performance.now();
    const moved = mover.query('mutation ($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }', { id, columnId: target });
    await seen.promise;
    ms.push(performance.now() - sent);
    await moved;
  }
  stop();
  await watcher.close();
  const counted = ms.slice(20);
  return [atMost("move to the other client's event", 'ms p50', 10, percentile(counted, 0.5), spread(counted))];
}
