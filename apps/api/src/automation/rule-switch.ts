import { Injectable } from '@nestjs/common';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { PROJECT_SCOPE } from '../platform/authorize.ts';
import { Database, row, rows } from '../platform/sql/database.ts';
import { CURRENT_MEMBER } from '../access/current-membership.ts';
import type { ProjectScope } from '@trainyard/domain';
import { lostOwner, OWNER_COLUMNS, type OwnerRow } from './owner.ts';

type Looked = OwnerRow & ProjectScope & { id: string; projectId: string; name: string };
const LOOKED = /* sql */ `r.id, r.name, r.project_id AS "projectId", ${OWNER_COLUMNS}, ${PROJECT_SCOPE}
  FROM rule r LEFT JOIN app_user owner ON owner.id = r.owner_id JOIN project p ON p.id = r.project_id`;

/** Switches off rules that nobody stands behind any more. */
@Injectable()
export class RuleSwitch {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
  ) {}

  /** Every rule whose owner is gone, or may not do so any more. */
  async offAll(): Promise<void> {
    const found = await rows<Looked>(this.database.direct, `SELECT ${LOOKED} WHERE r.enabled AND p.state = 'ACTIVE'`);
    for (const rule of found) if (lostOwner(rule, rule) !== null) await this.off(rule.id);
  }

  /** Nothing where its owner stands behind it, after all. Owner and leads are told by what the log says. */
  async off(id: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const rule = await row<Looked>(tx, `SELECT ${LOOKED} WHERE r.id = $1 AND r.enabled AND p.state = 'ACTIVE' FOR UPDATE OF r`, [id]);
      const reason = rule && lostOwner(rule, rule);
      if (!reason) return;
      await tx.query('UPDATE rule SET enabled = false, off_reason = $2, due_at = NULL, due_zone = NULL, version = version + 1 WHERE id = $1', [id, reason]);
      const leads = await rows<{ id: string }>(
        tx,
        `SELECT u.id FROM app_user u WHERE NOT u.disabled AND EXISTS (${CURRENT_MEMBER('$1', 'u.id')} AND m.team_role = 'LEAD') ORDER BY u.id`,
        [rule.teamId],
      );
      await this.activity.append(tx, rule.projectId, null, [
        {
          entity: 'RULE',
          entityId: id,
          action: 'UPDATED',
          changes: {
            enabled: { from: true, to: false },
            rule: { from: null, to: rule.name },
            offReason: { from: null, to: reason },
            warned: { from: null, to: { ownerId: rule.ownerId, leadIds: leads.map((lead) => lead.id) } },
          },
        },
      ]);
    });
  }
}
