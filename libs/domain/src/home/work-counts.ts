/** What is counted of tickets since the day before began. Each number is what its query finds in the list, over all projects or in one. */
export const DAY_TICKETS = { CREATED: 'created:yesterday..', FINISHED: 'ended:yesterday..' } as const;
export const DAY_RUNS = { SUCCEEDED: 'state:succeeded ended:yesterday..', FAILED: 'state:failed ended:yesterday..' } as const;

/** The same of each person: what is theirs. */
export const PERSON_TICKETS = { IN_PROGRESS: 'state:in_progress', OPEN: 'state:open', FINISHED: 'ended:yesterday..' } as const;

export const WEEK_TICKETS = { FINISHED: 'ended:-7d', FINISHED_BEFORE: 'ended:-14d..-7d', CREATED: 'created:-7d' } as const;
export const WEEK_RUNS = { SUCCEEDED: 'state:succeeded ended:-7d', FAILED: 'state:failed ended:-7d', LEFT_FAILED: 'is:unrepaired ended:-7d' } as const;

export const COMPUTE_RUNS = {
  STARTED: 'started:-7d',
  SUCCEEDED: 'state:succeeded ended:-7d',
  FAILED: 'state:failed ended:-7d',
  WAITING: 'state:queued',
  LIVE: 'is:live',
} as const;

type Counts<Queries> = Readonly<Record<keyof Queries, number>>;
export type WeekTickets = Counts<typeof WEEK_TICKETS>;
export type WeekRuns = Counts<typeof WEEK_RUNS>;
