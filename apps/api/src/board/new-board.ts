import { changesBetween, defaultColumns, languageOf, rankBetween, ranksBetween, type BoardKind, type Locale } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import type { ActivityEntry } from '../platform/log/activity-log.ts';
import { row, type Tx } from '../platform/sql/database.ts';

/** The last board of a project, with the columns usual for its kind; answers what the log says of it. Whoever asks holds the project. */
export async function insertBoard(tx: Tx, id: string, projectId: string, name: string, kind: BoardKind, locale: Locale): Promise<ActivityEntry[]> {
  const columns = defaultColumns(kind, languageOf(locale));
  const ranks = ranksBetween(null, null, columns.length);
  const ids = columns.map(() => randomUUID());
  const last = await row<{ rank: string | null }>(tx, 'SELECT max(rank) AS rank FROM board WHERE project_id = $1', [projectId]);
  await tx.query('INSERT INTO board (id, project_id, name, kind, rank) VALUES ($1, $2, $3, $4, $5)', [
    id,
    projectId,
    name,
    kind,
    rankBetween(last?.rank ?? null, null),
  ]);
  await tx.query(
    /* sql */ `INSERT INTO board_column (id, board_id, name, category, wip_limit, wip_policy, rank)
      SELECT n.id, $1, n.name, n.category, n.wip_limit, n.wip_policy, n.rank
      FROM unnest($2::uuid[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[]) AS n (id, name, category, wip_limit, wip_policy, rank)`,
    [id, ids, columns.map((c) => c.name), columns.map((c) => c.category), columns.map((c) => c.wipLimit), columns.map((c) => c.wipPolicy), ranks],
  );
  return [
    { entity: 'BOARD', entityId: id, action: 'CREATED', changes: changesBetween({}, { name, kind }) },
    ...columns.map((column, i): ActivityEntry => ({
      entity: 'COLUMN',
      entityId: ids[i] as string,
      action: 'CREATED',
      changes: changesBetween({}, { boardId: id, ...column, rank: ranks[i] }),
    })),
  ];
}
