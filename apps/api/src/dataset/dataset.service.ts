import { Injectable } from '@nestjs/common';
import {
  checkReading,
  DATASET_NAME_MAX,
  GOING_STATES,
  READING_FIELDS,
  SYNTHETIC_LIMITS,
  type Actor,
  type AskedReading,
  type Changes,
  type DatasetFileRole,
  type DatasetKind,
  type ErrorParams,
  type Owned,
  type ProjectScope,
} from '@trainyard/domain';
import { isAbsolute, normalize } from 'node:path/posix';
import { organisation } from '../access/organisation.ts';
import { ActivityLog } from '../platform/log/activity-log.ts';
import { demand, demandProject, readableBy, PROJECT_SCOPE, READABLE_PROJECT } from '../platform/authorize.ts';
import { Creation } from '../platform/sql/create-once.ts';
import { afterCommit, Database, row, rows, type Tx } from '../platform/sql/database.ts';
import { decided, DomainError } from '../platform/domain-error.ts';
import { line, text } from '../platform/input.ts';
import { decodeCursor, page, pageSize } from '../platform/lists/page.types.ts';
import { RunnerBell } from '../platform/jobs/queue.ts';
import { sameVersion } from '../platform/sql/version.ts';
import { sqlWords } from '../platform/sql/words.ts';
import { pageOf, type PageRequest } from '../platform/lists/reading.ts';
import { DATASET_LIST } from './dataset.list.ts';
import { DATASET_COLUMNS } from './dataset.rows.ts';
import type { CreateDatasetInput, DatasetConnectionType, DatasetFileInput, DatasetType } from './dataset.types.ts';
import type { TableReadingInput } from './reading.types.ts';

interface LockedDataset extends Owned {
  id: string;
  name: string;
  version: number;
  state: string;
  kind: DatasetKind;
  readingAsked: AskedReading | null;
  projectId: string | null;
  visibility: ProjectScope['visibility'];
  teamId: string;
  projectState: ProjectScope['projectState'];
}
type NewDataset = CreateDatasetInput & { files: DatasetFileInput[] };
interface NewFile {
  role: DatasetFileRole;
  digest: string | null;
  size: string | null;
  name: string | null;
  path: string | null;
}

const REQUIRED: Record<DatasetKind, readonly DatasetFileRole[]> = { IDX: ['IMAGES', 'LABELS'], CSV: ['TABLE'], SYNTHETIC: [] };
const OPTIONAL: Record<DatasetKind, readonly DatasetFileRole[]> = { IDX: ['TEST_IMAGES', 'TEST_LABELS'], CSV: [], SYNTHETIC: [] };

/** Datasets people register; a runner checks what is in them. */
@Injectable()
export class DatasetService {
  constructor(
    private readonly database: Database,
    private readonly activity: ActivityLog,
    private readonly bell: RunnerBell,
  ) {}

  /** Newest first: those of a project and the organisation's, or all the actor may read. */
  async datasets(actor: Actor, asked: PageRequest): Promise<DatasetConnectionType> {
    if (asked.query !== null) return pageOf<DatasetType>(this.database, DATASET_LIST, actor, asked, { columns: DATASET_COLUMNS, sources: '' });
    const { first, after, projectId } = asked;
    const size = pageSize(first);
    const cursor = decodeCursor(after, 2);
    if (projectId !== null) await this.project(this.database.direct, actor, projectId);
    const where = `(d.project_id IS NULL OR ($3::uuid IS NULL AND p.state = 'ACTIVE' OR d.project_id = $3) AND ${READABLE_PROJECT(1)})`;
    const parameters = [...readableBy(actor), projectId];
    const total = await row<{ count: number }>(
      this.database.direct,
      `SELECT count(*)::int AS count FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE ${where}`,
      parameters,
    );
    const found = await rows<DatasetType & { position: string }>(
      this.database.direct,
      /* sql */ `
      SELECT ${DATASET_COLUMNS}, d.created_at::text AS position FROM dataset d LEFT JOIN project p ON p.id = d.project_id
      WHERE ${where} AND ($4::timestamptz IS NULL OR (d.created_at, d.id) < ($4, $5::uuid))
      ORDER BY d.created_at DESC, d.id DESC LIMIT $6`,
      [...parameters, cursor?.[0] ?? null, cursor?.[1] ?? null, size + 1],
    );
    return { ...page(found, size, (dataset) => [dataset.position, dataset.id]), totalCount: total?.count ?? 0, totalCountIsCapped: false };
  }

  dataset(actor: Actor, id: string): Promise<DatasetType | null> {
    return this.read(this.database.direct, actor, id);
  }

  private read(tx: Tx, actor: Actor, id: string): Promise<DatasetType | null> {
    return row<DatasetType>(
      tx,
      `SELECT ${DATASET_COLUMNS} FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE d.id = $1 AND (p.id IS NULL OR ${READABLE_PROJECT(2)})`,
      [id, ...readableBy(actor)],
    );
  }

  async create(actor: Actor, asked: CreateDatasetInput): Promise<DatasetType> {
    const input: NewDataset = { ...asked, files: asked.files ?? [] };
    demand(actor, 'dataset.create');
    if (input.source === 'PATH') demand(actor, 'dataset.path');
    const name = line('name', input.name, DATASET_NAME_MAX);
    if ((input.kind === 'SYNTHETIC') !== (input.source === 'SYNTHETIC')) throw badInput('source', { kind: input.kind, source: input.source });
    const synthetic = syntheticOf(input);
    if (input.reading && input.kind !== 'CSV') throw badInput('reading', { kind: input.kind });
    const reading = input.reading ? JSON.stringify(askedReading(input.reading)) : null;
    requireRoles(input);
    const created = await this.database.transaction(async (tx) => {
      const creation = new Creation(tx, actor, 'DATASET', input.id);
      const scope = input.projectId ? (await this.project(tx, actor, input.projectId, 'run.queue')).id : (await organisation(tx)).id;
      const content = { name, kind: input.kind, source: input.source, projectId: input.projectId, ...synthetic, reading, files: input.files };
      const { id, before } = await creation.find(content, (one) => this.read(tx, actor, one));
      if (before) return id;
      const files = await this.files(tx, actor, input);
      await tx.query(
        /* sql */ `
        INSERT INTO dataset (id, name, kind, source, project_id, synthetic, samples, seed, reading_asked, rings, rung_at, created_by)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1, now(), $10)`,
        [
          id,
          name,
          input.kind,
          input.source,
          input.projectId ?? null,
          synthetic?.synthetic ?? null,
          synthetic?.samples ?? null,
          synthetic?.seed ?? null,
          reading,
          actor.userId,
        ],
      );
      for (const file of files) {
        await tx.query('INSERT INTO dataset_file (dataset_id, role, digest, size, name, path) VALUES ($1, $2, $3, $4, $5, $6)', [
          id,
          file.role,
          file.digest,
          file.size,
          file.name,
          file.path,
        ]);
      }
      await this.activity.append(tx, scope, actor.userId, [
        { entity: 'DATASET', entityId: id, action: 'CREATED', changes: { name: { from: null, to: name } } },
      ]);
      afterCommit(tx, () => void this.bell.ringInspection(id, 1));
      return id;
    });
    return this.found(actor, created);
  }

  /** Has it read again: after a file was put right, or when no runner could reach it. */
  async recheck(actor: Actor, id: string): Promise<DatasetType> {
    await this.database.transaction(async (tx) => {
      const dataset = await this.lock(tx, actor, id);
      if (dataset.state === 'CHECKING') return;
      await refuseInUse(tx, id);
      await this.checkAgain(tx, actor, dataset, {});
    });
    return this.found(actor, id);
  }

  /**
   * Decides how a table is read, and has it checked so. Where that changes what its cells mean, so does its digest: runs that ended cannot
   * be tried again on it. While one waits or trains, nothing may change under it.
   */
  async setReading(actor: Actor, id: string, version: number, input: TableReadingInput): Promise<DatasetType> {
    const reading = askedReading(input);
    await this.database.transaction(async (tx) => {
      const dataset = await this.lock(tx, actor, id);
      sameVersion(dataset, version);
      if (dataset.kind !== 'CSV') throw badInput('reading', { kind: dataset.kind });
      await refuseInUse(tx, id);
      await tx.query('UPDATE dataset SET reading_asked = $2 WHERE id = $1', [id, JSON.stringify(reading)]);
      await this.checkAgain(tx, actor, dataset, readingChanges(dataset.readingAsked, reading));
    });
    return this.found(actor, id);
  }

  private async checkAgain(tx: Tx, actor: Actor, dataset: LockedDataset, changes: Changes): Promise<void> {
    const rung = await row<{ rings: number }>(
      tx,
      /* sql */ `
      UPDATE dataset SET state = 'CHECKING', error_code = NULL, error_params = NULL, claim = claim + 1, lease_until = NULL, inspections = 0,
        checked_share = NULL, rings = rings + 1, rung_at = now(), version = version + 1
      WHERE id = $1 RETURNING rings`,
      [dataset.id],
    );
    await this.activity.append(tx, await this.scopeOf(tx, dataset.projectId), actor.userId, [
      {
        entity: 'DATASET',
        entityId: dataset.id,
        action: 'UPDATED',
        changes: { ...changes, ...(dataset.state !== 'CHECKING' && { state: { from: dataset.state, to: 'CHECKING' } }) },
      },
    ]);
    if (rung) afterCommit(tx, () => void this.bell.ringInspection(dataset.id, rung.rings));
  }

  /** Removes it unless a run that has not ended needs it. Ended runs keep its digest. */
  async delete(actor: Actor, id: string, version: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const dataset = await this.lock(tx, actor, id);
      sameVersion(dataset, version);
      await refuseInUse(tx, id);
      await tx.query('DELETE FROM dataset WHERE id = $1', [id]);
      await this.activity.append(tx, await this.scopeOf(tx, dataset.projectId), actor.userId, [
        { entity: 'DATASET', entityId: id, action: 'DELETED', changes: { name: { from: dataset.name, to: null } } },
      ]);
    });
  }

  private async scopeOf(tx: Tx, projectId: string | null): Promise<string> {
    return projectId ?? (await organisation(tx)).id;
  }

  private async found(actor: Actor, id: string): Promise<DatasetType> {
    const dataset = await this.dataset(actor, id);
    if (!dataset) throw new DomainError('NOT_FOUND');
    return dataset;
  }

  private async project(tx: Tx, actor: Actor, id: string, permission: 'project.read' | 'run.queue' = 'project.read'): Promise<{ id: string }> {
    return demandProject(actor, permission, await row<ProjectScope & { id: string }>(tx, `SELECT p.id, ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [id]));
  }

  /** Locked, and the actor's to check again or remove. */
  private async lock(tx: Tx, actor: Actor, id: string): Promise<LockedDataset> {
    const dataset = await row<LockedDataset>(
      tx,
      /* sql */ `
      SELECT d.id, d.name, d.version, d.state, d.kind, d.reading_asked AS "readingAsked", d.created_by AS "ownerId", d.project_id AS "projectId", ${PROJECT_SCOPE}
      FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE d.id = $1 FOR UPDATE OF d`,
      [id],
    );
    if (!dataset) throw new DomainError('NOT_FOUND');
    if (dataset.projectId !== null) return demandProject(actor, 'data.manage', dataset);
    demand(actor, 'dataset.manage', dataset);
    return dataset;
  }

  private async files(tx: Tx, actor: Actor, input: NewDataset): Promise<NewFile[]> {
    if (input.source === 'PATH') return input.files.map(({ role, path }) => ({ role, digest: null, size: null, name: null, path: pathOf(path) }));
    const files: NewFile[] = [];
    for (const { role, uploadId } of input.files) {
      // Taken, so that no second dataset takes it and the sweep leaves its bytes to us.
      const upload = uploadId
        ? await row<{ digest: string; size: string; name: string }>(tx, 'DELETE FROM upload WHERE id = $1 AND user_id = $2 RETURNING digest, size, name', [
            uploadId,
            actor.userId,
          ])
        : null;
      if (!upload) throw badInput('files', { role, reason: 'NO_SUCH_UPLOAD' });
      files.push({ role, ...upload, path: null });
    }
    return files;
  }
}

function askedReading({ encoding, delimiter, quote, skip, header, decimal, thousands, columns }: TableReadingInput): AskedReading {
  const asked = (columns ?? []).map(({ name, type, missing }) => ({ name, type: type ?? null, missing: missing ?? null }));
  const fields = {
    encoding: encoding ?? null,
    delimiter: delimiter ?? null,
    quote: quote ?? null,
    skip: skip ?? null,
    header: header ?? null,
    decimal: decimal ?? null,
    thousands: thousands ?? null,
  };
  return decided(checkReading({ ...fields, columns: asked })).reading;
}

/** For the log: each field by name; of columns, which may be thousands, only how many somebody decided something of. */
function readingChanges(before: AskedReading | null, after: AskedReading): Changes {
  const changes: Changes = {};
  for (const field of READING_FIELDS) {
    const from = before?.[field] ?? null;
    if (from !== after[field]) changes[`reading.${field}`] = { from, to: after[field] };
  }
  if (JSON.stringify(before?.columns ?? []) !== JSON.stringify(after.columns))
    changes['reading.columns'] = { from: before?.columns.length ?? 0, to: after.columns.length };
  return changes;
}

/** Says not how many runs: they may be of projects that whoever asks knows nothing of. */
async function refuseInUse(tx: Tx, id: string): Promise<void> {
  const used = await row(tx, `SELECT FROM run WHERE dataset_id = $1 AND state IN ${sqlWords(GOING_STATES)} LIMIT 1`, [id]);
  if (used) throw new DomainError('DATASET_IN_USE');
}

function requireRoles({ kind, source, files }: NewDataset): void {
  const roles = files.map((file) => file.role);
  const allowed = [...REQUIRED[kind], ...OPTIONAL[kind]];
  const missing = REQUIRED[kind].find((role) => !roles.includes(role));
  if (missing) throw badInput('files', { role: missing, reason: 'MISSING' });
  const wrong = roles.find((role, i) => !allowed.includes(role) || roles.indexOf(role) !== i);
  if (wrong) throw badInput('files', { role: wrong, reason: allowed.includes(wrong) ? 'TWICE' : 'NOT_OF_THIS_KIND' });
  if (roles.includes('TEST_IMAGES') !== roles.includes('TEST_LABELS'))
    throw badInput('files', { role: roles.includes('TEST_IMAGES') ? 'TEST_LABELS' : 'TEST_IMAGES', reason: 'MISSING' });
  const mixed = files.find((file) => (source === 'UPLOAD' ? file.path : file.uploadId));
  if (mixed) throw badInput('files', { role: mixed.role, reason: 'OTHER_SOURCE' });
}

function syntheticOf({ kind, synthetic, samples, seed }: CreateDatasetInput): { synthetic: string; samples: number; seed: number } | null {
  if (kind !== 'SYNTHETIC') return null;
  if (!synthetic) throw badInput('synthetic', { reason: 'EMPTY' });
  const limits = SYNTHETIC_LIMITS;
  if (!samples || samples < limits.samples.min || samples > limits.samples.max) throw badInput('samples', limits.samples);
  const from = seed ?? 0;
  if (!Number.isInteger(from) || from < limits.seed.min || from > limits.seed.max) throw badInput('seed', limits.seed);
  return { synthetic, samples, seed: from };
}

/** Only the form is checked here: the runner decides which folders may be read. */
function pathOf(path: string | null | undefined): string {
  const clean = text('path', path ?? '', 1_000);
  if (!isAbsolute(clean) || normalize(clean) !== clean) throw badInput('path', { reason: 'NOT_ABSOLUTE' });
  return clean;
}

function badInput(field: string, params: ErrorParams): DomainError {
  return new DomainError('BAD_INPUT', { field, ...params });
}
