import { Injectable } from '@nestjs/common';
import { Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { LabelCarriers, type LabelCarrier } from '../project/label-carriers.ts';

/** Tickets carry the labels of their project. */
@Injectable()
export class TicketLabels implements LabelCarrier {
  constructor(
    private readonly database: Database,
    carriers: LabelCarriers,
  ) {
    carriers.register(this);
  }

  counts(ids: readonly string[]): Promise<{ id: string; count: number }[]> {
    return rows(
      this.database.direct,
      /* sql */ `
      SELECT carried.id, count(*)::int AS count FROM ticket t CROSS JOIN unnest(t.label_ids) AS carried (id)
      WHERE t.project_id = ANY (ARRAY(SELECT DISTINCT project_id FROM label WHERE id = ANY ($1::uuid[]))) AND t.deleted_at IS NULL AND carried.id = ANY ($1::uuid[])
      GROUP BY carried.id`,
      [ids],
    );
  }

  /** Versions stay: an edit is not stale for it. */
  async clear(tx: Tx, projectId: string, id: string): Promise<number> {
    const cleared = await row<{ count: number }>(
      tx,
      /* sql */ `
      WITH cleared AS (
        UPDATE ticket SET label_ids = array_remove(label_ids, $2::uuid) WHERE project_id = $1 AND label_ids @> ARRAY[$2::uuid] RETURNING deleted_at
      )
      SELECT count(*) FILTER (WHERE deleted_at IS NULL)::int AS count FROM cleared`,
      [projectId, id],
    );
    return cleared?.count ?? 0;
  }
}
