import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { READABLE_PROJECT, readableBy } from '../platform/authorize.ts';
import { Database, rows } from '../platform/sql/database.ts';
import { inOrderOf, loader } from '../platform/sql/loader.ts';
import { DATASET_COLUMNS } from './dataset.rows.ts';
import type { DatasetColumnGraph, DatasetPreviewType, DatasetType } from './dataset.types.ts';
import type { DatasetReadingType } from './reading.types.ts';

/** Datasets by id, one query a request; null for those the actor may not know of. */
@Injectable()
export class DatasetLoader {
  private readonly byId = loader<string, DatasetType>(async (ids, { actor }) => {
    if (!actor) return ids.map(() => null);
    const found = await rows<DatasetType>(
      this.database.direct,
      `SELECT ${DATASET_COLUMNS} FROM dataset d LEFT JOIN project p ON p.id = d.project_id WHERE d.id = ANY ($1) AND (p.id IS NULL OR ${READABLE_PROJECT(2)})`,
      [ids, ...readableBy(actor)],
    );
    return inOrderOf(ids, found, (dataset) => dataset.id);
  });

  private readonly columnLists = this.part<DatasetColumnGraph[]>('columns');
  private readonly previews = this.part<DatasetPreviewType>('preview');
  private readonly samples = this.part<string>("encode(reading_sample, 'base64')");

  private readonly readings = loader<string, DatasetReadingType>(async (ids) => {
    const found = await rows<DatasetReadingType>(
      this.database.direct,
      `SELECT id AS "datasetId", reading AS known, reading_asked AS asked, COALESCE(reading_evidence, '[]') AS evidence FROM dataset WHERE id = ANY ($1) AND kind = 'CSV'`,
      [ids],
    );
    return inOrderOf(ids, found, (reading) => reading.datasetId);
  });

  constructor(private readonly database: Database) {}

  async load(context: RequestContext, id: string | null): Promise<DatasetType | null> {
    return id === null ? null : this.byId(context).load(id);
  }

  /** Of a dataset the actor was allowed to read. */
  async columns(context: RequestContext, id: string): Promise<DatasetColumnGraph[]> {
    return (await this.columnLists(context).load(id))?.value ?? [];
  }

  /** The same, of its preview. */
  async preview(context: RequestContext, id: string): Promise<DatasetPreviewType | null> {
    return (await this.previews(context).load(id))?.value ?? null;
  }

  /** Of a dataset the actor was allowed to read; null where it is no table. */
  async reading(context: RequestContext, id: string): Promise<DatasetReadingType | null> {
    return this.readings(context).load(id);
  }

  /** The same, of the first bytes of its file. */
  async sample(context: RequestContext, id: string): Promise<string | null> {
    return (await this.samples(context).load(id))?.value?.replaceAll('\n', '') ?? null;
  }

  /** Of datasets, what is read only when it is asked for: it may weigh as much as all others of a page. `sql` is over a row of the table. */
  private part<Value>(sql: string) {
    return loader<string, { value: Value | null }>(async (ids) => {
      const found = await rows<{ id: string; value: Value | null }>(this.database.direct, `SELECT id, ${sql} AS value FROM dataset WHERE id = ANY ($1)`, [ids]);
      return inOrderOf(ids, found, (dataset) => dataset.id);
    });
  }
}
