/**
 * Hours of attempts over `attempt a` that have started: on engines that run on a GPU, and on others. The two are never added up.
 * @param until an instant in SQL: what came later is not counted
 */
export const hours = (on: 'DEVICE' | 'CPU', until = 'now()'): string =>
  /* sql */ `COALESCE(sum(extract(epoch FROM LEAST(COALESCE(a.ended_at, now()), ${until}) - a.started_at)) FILTER (WHERE a.is_gpu IS ${on === 'DEVICE' ? '' : 'NOT '}TRUE), 0)::float8 / 3600`;

/** A run with what all its attempts took, and why its newest failed. */
export const ENDED_RUN = /* sql */ `r.id AS "runId", r.ticket_id AS "ticketId", r.number, r.state, n.failure_code AS "failureCode", r.ended_at AS "endedAt",
  h.device AS "deviceHours", h.cpu AS "cpuHours"`;
export const ENDED_RUN_FROM = /* sql */ `FROM run r JOIN attempt n ON n.id = r.attempt_id
  CROSS JOIN LATERAL (SELECT ${hours('DEVICE')} AS device, ${hours('CPU')} AS cpu FROM attempt a WHERE a.run_id = r.id AND a.started_at IS NOT NULL) h`;
