import type { HealthLevel, HealthList } from '../project/health.ts';
import { WEEK_RUNS, WEEK_TICKETS, type WeekRuns, type WeekTickets } from './work-counts.ts';

export interface WeekFacts {
  tickets: WeekTickets;
  runs: WeekRuns;
  /** Projects by their health. */
  health: Readonly<Record<HealthLevel, number>>;
}

/** Of each sentence the one that fits: of work done, of runs, of projects. */
export const WEEK_SENTENCES = [
  'WORK_NONE',
  'WORK_FIRST',
  'WORK_MORE',
  'WORK_LESS',
  'WORK_SAME',
  'RUNS_NONE',
  'RUNS_ALL_WELL',
  'RUNS_REPAIRED',
  'RUNS_FAILED',
  'HEALTH_UNKNOWN',
  'HEALTH_GREEN',
  'HEALTH_AMBER',
  'HEALTH_RED',
] as const;
export type WeekSentenceCode = (typeof WEEK_SENTENCES)[number];

/** A number of a sentence, and where what it counts is seen; a list of null: among the projects. */
export interface WeekNumber {
  name: string;
  count: number;
  list: HealthList | null;
  query: string | null;
}
export interface WeekSentence {
  code: WeekSentenceCode;
  numbers: WeekNumber[];
}

/** The last seven days in three sentences; each number is one that was counted. */
export function weekOf({ tickets, runs, health }: WeekFacts): [work: WeekSentence, runs: WeekSentence, health: WeekSentence] {
  const ofTickets = (name: keyof WeekTickets): WeekNumber => ({ name, count: tickets[name], list: 'TICKETS', query: WEEK_TICKETS[name] });
  const ofRuns = (name: keyof WeekRuns): WeekNumber => ({ name, count: runs[name], list: 'RUNS', query: WEEK_RUNS[name] });
  const ofHealth = (name: HealthLevel): WeekNumber => ({ name, count: health[name], list: null, query: null });
  return [
    { code: workOf(tickets), numbers: [ofTickets('FINISHED'), ofTickets('FINISHED_BEFORE'), ofTickets('CREATED')] },
    { code: runsOf(runs), numbers: [ofRuns('SUCCEEDED'), ofRuns('FAILED'), ofRuns('LEFT_FAILED')] },
    { code: healthOf(health), numbers: [ofHealth('RED'), ofHealth('AMBER'), ofHealth('GREEN')] },
  ];
}

function workOf({ FINISHED: now, FINISHED_BEFORE: before }: WeekTickets): WeekSentenceCode {
  if (now === 0) return 'WORK_NONE';
  if (before === 0) return 'WORK_FIRST';
  return now > before ? 'WORK_MORE' : now < before ? 'WORK_LESS' : 'WORK_SAME';
}

function runsOf({ SUCCEEDED, FAILED, LEFT_FAILED }: WeekRuns): WeekSentenceCode {
  if (SUCCEEDED + FAILED === 0) return 'RUNS_NONE';
  if (FAILED === 0) return 'RUNS_ALL_WELL';
  return LEFT_FAILED === 0 ? 'RUNS_REPAIRED' : 'RUNS_FAILED';
}

function healthOf({ RED, AMBER, GREEN }: WeekFacts['health']): WeekSentenceCode {
  if (RED > 0) return 'HEALTH_RED';
  if (AMBER > 0) return 'HEALTH_AMBER';
  return GREEN > 0 ? 'HEALTH_GREEN' : 'HEALTH_UNKNOWN';
}
