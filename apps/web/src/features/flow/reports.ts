/** The reports, in the order in which the overview shows them. Their names stand in addresses. */
export const REPORTS = [
  'burndown',
  'burnup',
  'sprint',
  'velocity',
  'cumulative-flow',
  'throughput',
  'cycle-time',
  'ageing',
  'efficiency',
  'forecast',
  'backtest',
] as const;
export type Report = (typeof REPORTS)[number];

export const REPORT_GROUPS = {
  SPRINTS: ['burndown', 'burnup', 'sprint', 'velocity'],
  FLOW: ['cumulative-flow', 'throughput', 'cycle-time', 'ageing', 'efficiency'],
  AHEAD: ['forecast', 'backtest'],
} as const satisfies Record<string, readonly Report[]>;

export const isReport = (text: string): text is Report => (REPORTS as readonly string[]).includes(text);

/** What is asked of a sprint. */
export const OF_SPRINT: ReadonlySet<Report> = new Set(['burndown', 'burnup', 'sprint']);
/** What is drawn of a sprint over time. */
export const OF_CHANGES: ReadonlySet<Report> = new Set(['burndown', 'burnup']);
/** What is told of so many days. */
export const OF_DAYS: ReadonlySet<Report> = new Set(['cumulative-flow', 'throughput', 'cycle-time', 'ageing', 'efficiency']);
/** What sums points, tickets or hours. */
export const OF_AMOUNTS: ReadonlySet<Report> = new Set(['burndown', 'burnup', 'sprint', 'velocity']);
/** What is told of a past moment. A backtest speaks of many. */
export const OF_PAST: ReadonlySet<Report> = new Set([...OF_SPRINT, 'velocity', ...OF_DAYS, 'forecast']);
/** Pictures that what came later can change. */
export const OF_KNOWN: ReadonlySet<Report> = new Set(['cumulative-flow', 'throughput', 'cycle-time', 'efficiency']);
