/** Whose each table is. A room reads from any below it; it writes its own, and asks their owner for the others. */
export const OWNERS: Readonly<Record<string, readonly string[]>> = {
  platform: ['activity', 'activity_scope', 'blob', 'creation', 'installation', 'job_outbox', 'log_position', 'migration'],
  audit: ['audit_entry'],
  access: ['access_token', 'app_user', 'known_browser', 'organisation', 'session', 'sign_in_throttle'],
  staffing: [
    ...['calendar', 'calendar_day', 'membership', 'membership_superseded', 'role', 'team'],
    ...['time_off', 'working_pattern', 'working_pattern_superseded'],
  ],
  project: ['label', 'project', 'project_pin', 'retired_project_key'],
  subject: ['attachment', 'comment', 'subject'],
  ticket: ['ticket', 'ticket_link', 'ticket_text'],
  board: ['board', 'board_column', 'column_check', 'placement', 'ticket_check'],
  sprint: [
    ...['release', 'retro_action', 'retro_note', 'retro_vote', 'sprint'],
    ...['sprint_capacity', 'sprint_capacity_person', 'sprint_stay', 'sprint_ticket'],
  ],
  dataset: ['dataset', 'dataset_file', 'upload'],
  training: ['artifact', 'attempt', 'attempt_claim', 'checkpoint', 'log_line', 'metric_chunk', 'metric_series', 'run', 'run_group'],
  runner: ['lease_watch', 'runner', 'runner_credential'],
  view: ['saved_view'],
  notify: ['inbox_item', 'inbox_muted'],
  flow: ['flow_item', 'ticket_span'],
  automation: ['rule', 'rule_firing'],
  home: ['home'],
  webhook: ['webhook', 'webhook_delivery'],
};

export const ownersByTable = (): ReadonlyMap<string, string> =>
  new Map(Object.entries(OWNERS).flatMap(([room, tables]) => tables.map((table): [string, string] => [table, room])));
