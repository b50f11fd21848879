/**
 * Every table of the database is in one of these two lists: a spec compares them with the migrated schema, so that a new table
 * cannot be forgotten in backups. The order does not matter.
 */
export const COPIED: readonly string[] = [
  'access_token',
  'activity',
  'activity_scope',
  'app_user',
  'artifact',
  'attempt',
  'attempt_claim',
  'audit_entry',
  'blob',
  'board',
  'board_column',
  'checkpoint',
  'comment',
  'dataset',
  'dataset_file',
  'inbox_item',
  'known_browser',
  'label',
  'log_line',
  'log_position',
  'membership',
  'membership_superseded',
  'metric_chunk',
  'metric_series',
  'organisation',
  'project',
  'retired_project_key',
  'role',
  'run',
  'runner',
  'runner_credential',
  'saved_view',
  'subject',
  'team',
  'ticket',
  'placement',
  'upload',
  'webhook',
  'webhook_delivery',
];

/** Not in a backup, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  migration: 'made by migrating; the backup names the migrations it was made under',
  installation: 'says who a database is: a copy is an installation of its own',
  session: 'a browser signed in to the original is not signed in to its copy',
  sign_in_throttle: 'counts failed sign-ins at the original',
  creation: 'who asks again asks the original, which told no secret to its copy',
  job_outbox: 'jobs of the original are done by the original',
  lease_watch: 'says when an api of the original last answered its runners',
};

/** BullMQ's own: bells that nobody has answered. Runs and datasets say what is to be rung for, and the worker rings anew. */
export const REBUILT_SCHEMA = 'bullmq';
