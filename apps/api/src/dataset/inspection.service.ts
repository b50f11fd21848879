import { Injectable } from '@nestjs/common';
import {
  INSPECTION_REASONS,
  paramsWithoutTrace,
  type AskedReading,
  type DatasetKind,
  type DatasetSource,
  type ErrorCode,
  type ErrorParams,
  type InspectedTable,
  type InspectionClaimReply,
  type InspectionFinishRequest,
  type InspectionProgressRequest,
} from '@trainyard/domain';
import { organisation } from '../access/organisation.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { afterCommit, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { datasetSource } from './dataset-source.ts';

/**
 * Bounds reading and checking the largest file, also on a busy machine: 200 MB took two minutes of two cores that did ten
 * other things, and more than five when they did twenty-five. A runner that is lost is missed by its silence and not by this.
 */
const LEASE_SECONDS = 1_800;
/** A dataset that takes runners down with it is given up after this many lost claims. */
const MAX_INSPECTIONS = 3;

/** Whether a runner with the token of the parameter holds `dataset d`. */
const HELD_BY = (credential: string): string => `EXISTS (SELECT FROM runner n WHERE n.id = d.runner_id AND n.credential_id IS NOT DISTINCT FROM ${credential})`;

interface Checking {
  id: string;
  kind: DatasetKind;
  projectId: string | null;
  claim: number;
  inspections: number;
}

/** A runner looks into a dataset: claim and finish as for attempts, on the dataset's own row. */
@Injectable()
export class InspectionService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly bell: RunnerBell,
  ) {}

  /** One conditional UPDATE. The runner that holds it may claim again: it has been started anew. */
  async claim(datasetId: string, runnerId: string): Promise<InspectionClaimReply> {
    return this.database.transaction(async (tx) => {
      const claimed = await row<{ claim: number }>(
        tx,
        /* sql */ `
        UPDATE dataset SET claim = claim + 1, inspections = inspections + 1, checked_share = 0, lease_until = now() + make_interval(secs => $3), runner_id = $2
        WHERE id = $1 AND state = 'CHECKING' AND (lease_until IS NULL OR lease_until <= now() OR runner_id = $2) RETURNING claim`,
        [datasetId, runnerId, LEASE_SECONDS],
      );
      if (!claimed) throw new DomainError('NOT_CLAIMABLE');
      return { claim: claimed.claim, leaseSeconds: LEASE_SECONDS, dataset: await this.source(tx, datasetId) };
    });
  }

  /** Notes how much of its files has been read; FENCED tells the runner that nobody waits for the rest. */
  async progress(datasetId: string, { claim, share }: InspectionProgressRequest, credentialId: string | null): Promise<void> {
    const told = await row(
      this.database.direct,
      `UPDATE dataset d SET checked_share = $3 WHERE id = $1 AND state = 'CHECKING' AND claim = $2 AND lease_until IS NOT NULL AND ${HELD_BY('$4')} RETURNING id`,
      [datasetId, claim, share, credentialId],
    );
    if (!told) throw new DomainError('FENCED');
  }

  async finish(datasetId: string, { claim, summary, error, table }: InspectionFinishRequest, credentialId: string | null): Promise<void> {
    await this.database.transaction(async (tx) => {
      const dataset = await row<Checking & { readingAsked: AskedReading | null; contract: number | null }>(
        tx,
        /* sql */ `
        SELECT id, kind, project_id AS "projectId", claim, inspections, reading_asked AS "readingAsked", (SELECT contract FROM runner WHERE id = d.runner_id) AS contract FROM dataset d
        WHERE id = $1 AND state = 'CHECKING' AND claim = $2 AND lease_until IS NOT NULL AND ${HELD_BY('$3')} FOR UPDATE`,
        [datasetId, claim, credentialId],
      );
      if (!dataset) throw new DomainError('FENCED');
      if (table) await this.keepSample(tx, datasetId, table);
      const isOutdated = summary ? !readAsAsked(dataset.readingAsked, table) : error?.code === 'INTERNAL' && !canCut(dataset.readingAsked, dataset.contract);
      if (dataset.kind === 'CSV' && isOutdated) {
        await this.invalid(tx, dataset, { code: 'INTERNAL', params: { reason: 'RUNNER_OUTDATED' } });
        return;
      }
      if (!summary) {
        await this.invalid(tx, dataset, told(error ?? { code: 'INTERNAL', params: {} }));
        return;
      }
      await tx.query(
        /* sql */ `
        UPDATE dataset SET state = 'READY', digest = $2, sample_count = $3, test_count = $4, input_shape = $5, size_bytes = $6,
          classes = $7, columns = $8, preview = $9, reading = $10, checked_share = NULL, error_code = NULL, error_params = NULL, lease_until = NULL, version = version + 1
        WHERE id = $1`,
        [
          datasetId,
          summary.digest,
          summary.sampleCount,
          summary.testCount,
          summary.inputShape,
          summary.sizeBytes,
          JSON.stringify(summary.classes),
          JSON.stringify(summary.columns),
          JSON.stringify(summary.preview),
          table?.reading ? JSON.stringify(table.reading) : null,
        ],
      );
      await this.tell(tx, dataset, 'READY', null);
    });
  }

  /**
   * Rings again for checks the queue forgot or whose runner was lost; gives up on those lost too often. For the worker.
   * @param reapsAt As of when a silent runner may be taken for lost; null: not now
   */
  async reconcile(
    unanswered: ReadonlySet<string>,
    ringId: (id: string, ring: number) => string,
    forgottenAfterMs: number,
    reapsAt: Date | null,
  ): Promise<number> {
    const due = await rows<Checking & { rings: number }>(
      this.database.direct,
      /* sql */ `
      SELECT d.id, d.kind, d.project_id AS "projectId", d.claim, d.inspections, d.rings FROM dataset d LEFT JOIN runner r ON r.id = d.runner_id
      WHERE d.state = 'CHECKING' AND (d.rung_at IS NULL OR d.rung_at < now() - make_interval(secs => $1))
        AND (d.lease_until IS NULL OR d.lease_until <= $2 OR r.last_seen_at < $2 - interval '15 seconds') LIMIT 200`,
      [forgottenAfterMs / 1000, reapsAt],
    );
    const forgotten = due.filter((dataset) => !unanswered.has(ringId(dataset.id, dataset.rings)));
    for (const dataset of forgotten) {
      await this.database.transaction(async (tx) => {
        const locked = await row<Checking>(
          tx,
          `SELECT id, kind, project_id AS "projectId", claim, inspections FROM dataset WHERE id = $1 AND state = 'CHECKING' AND claim = $2 AND rings = $3 FOR UPDATE SKIP LOCKED`,
          [dataset.id, dataset.claim, dataset.rings],
        );
        if (!locked) return;
        if (locked.inspections >= MAX_INSPECTIONS) {
          await this.invalid(tx, locked, { code: 'INTERNAL', params: { reason: 'RUNNER_LOST', times: locked.inspections } });
          return;
        }
        await tx.query('UPDATE dataset SET rings = rings + 1, rung_at = now(), lease_until = NULL, runner_id = NULL, checked_share = NULL WHERE id = $1', [
          locked.id,
        ]);
        afterCommit(tx, () => void this.bell.ringInspection(locked.id, dataset.rings + 1));
      });
    }
    return forgotten.length;
  }

  /** Of a table that is refused too: its owner looks at it to say how it should have been read. */
  private async keepSample(tx: Tx, datasetId: string, { evidence, sample }: InspectedTable): Promise<void> {
    await tx.query('UPDATE dataset SET reading_evidence = $2, reading_sample = $3 WHERE id = $1', [
      datasetId,
      JSON.stringify(evidence),
      Buffer.from(sample, 'base64'),
    ]);
  }

  private async invalid(tx: Tx, dataset: Checking, error: { code: ErrorCode; params: ErrorParams }): Promise<void> {
    await tx.query(
      `UPDATE dataset SET state = 'INVALID', error_code = $2, error_params = $3, checked_share = NULL, lease_until = NULL, version = version + 1 WHERE id = $1`,
      [dataset.id, error.code, JSON.stringify(error.params)],
    );
    await this.tell(tx, dataset, 'INVALID', error.code);
  }

  private async tell(tx: Tx, dataset: Checking, state: 'READY' | 'INVALID', errorCode: ErrorCode | null): Promise<void> {
    const scope = dataset.projectId ?? (await organisation(tx)).id;
    const changes = { state: { from: 'CHECKING', to: state }, ...(errorCode ? { errorCode: { from: null, to: errorCode } } : {}) };
    await this.activity.append(tx, scope, null, [{ entity: 'DATASET', entityId: dataset.id, action: 'UPDATED', changes }]);
  }

  private async source(tx: Tx, datasetId: string): Promise<DatasetSource> {
    const source = await datasetSource(tx, datasetId, 'INSPECT');
    if (!source) throw new DomainError('NOT_CLAIMABLE');
    return source;
  }
}

/** A runner of before knows no readings, or no rows at the top: what it found then is not what the table's owner was shown. */
function readAsAsked(asked: AskedReading | null, table: InspectedTable | null | undefined): boolean {
  return Boolean(table) && (!table?.reading || asked === null || asked.skip === null || table.reading.skip === asked.skip);
}

/** A runner of before stops at a table without a delimiter: its version is to blame, and not the table. */
function canCut(asked: AskedReading | null, contract: number | null): boolean {
  return asked?.delimiter !== 'NONE' || (contract ?? 1) >= 3;
}

/** What people may read of it: of what nobody foresaw the kind only, and never a stack or a folder of the machine. */
function told({ code, params }: { code: ErrorCode; params: ErrorParams }): { code: ErrorCode; params: ErrorParams } {
  if (code !== 'INTERNAL') return { code, params: paramsWithoutTrace(params) };
  const reason = INSPECTION_REASONS.find((one) => one === params.reason);
  return { code, params: reason ? { reason } : {} };
}
