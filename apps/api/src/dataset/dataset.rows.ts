/** The columns of a DatasetType over `dataset d`; without preview and columns: of a wide table either weighs a megabyte. */
export const DATASET_COLUMNS = /* sql */ `
  d.id, d.name, d.kind, d.source, d.state, d.project_id AS "projectId", d.error_code AS "errorCode", d.error_params AS "errorParams", d.digest,
  d.sample_count AS "sampleCount", d.test_count AS "testCount", d.input_shape AS "inputShape", d.size_bytes::float8 AS "sizeBytes",
  d.classes, d.checked_share AS "checkedShare", d.created_at AS "createdAt", d.version, d.created_by AS "createdById"`;
