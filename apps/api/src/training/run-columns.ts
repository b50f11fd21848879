import { CHECKPOINT_STEP } from './newest-checkpoint.ts';

/** The columns of a run, over `run r` joined with its newest attempt `a`. */
export const RUN_COLUMNS = /* sql */ `
  r.id, r.number, r.ticket_id AS "ticketId", r.project_id AS "projectId", r.spec ->> 'kind' AS kind, r.template, r.engine, r.spec -> 'parameters' AS parameters, r.spec -> 'rows' AS rows,
  r.dataset_digest AS "datasetDigest", r.state, a.failure_code AS "failureCode", a.failure_message AS "failureMessage", a.failure_params AS "failureParams",
  a.cancel_requested AS "cancelRequested", r.queued_at AS "queuedAt", r.started_at AS "startedAt", r.ended_at AS "endedAt", r.version,
  r.dataset_id AS "datasetId", r.created_by AS "createdById", r.attempt_id AS "attemptId", r.group_id AS "groupId", a.result AS "resultData",
  ${CHECKPOINT_STEP} AS "checkpointStep"`;
