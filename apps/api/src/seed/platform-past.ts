import type { TicketKind } from '@trainyard/domain';
import type { SeedRelease, SeedSprint, SeedTicket } from './workspace.ts';

const TO_DO = 1;
const DONE = 4;

/** Days ago of a moment of a sprint: of its first Monday (0) to its last Friday (11). The fourth runs. */
export const on = (sprint: 1 | 2 | 3 | 4, day: number): number => 63 - 14 * sprint - day;

export const PLATFORM_SPRINTS: readonly SeedSprint[] = [
  { name: 'Sprint 1: leases', goal: 'A run that loses its machine goes on elsewhere, and nobody has to look.', start: on(1, 0.1), end: on(1, 11.8) },
  { name: 'Sprint 2: storage', goal: 'Checkpoints that can be trusted, on a volume that does not fill up overnight.', start: on(2, 0.1), end: on(2, 11.8) },
  {
    name: 'Sprint 3: queues',
    goal: 'Whoever waits sees for what, and about how long.',
    start: on(3, 0.1),
    end: on(3, 11.8),
    retro: {
      notes: [
        ['zhangmin', 'WELL', '队列位置上线后，来问“还要等多久”的人少了一半。', ['marco', 'daniel']],
        ['tomas', 'BADLY', 'Nobody noticed that the checkpoint volume stood at 93 % until Thursday.', ['marco', 'zhangmin', 'liuyang']],
        ['daniel', 'IDEA', 'Close what is in review before taking something new.', ['tomas']],
      ],
      ticket: 'Alarm at 80 % of the checkpoint volume',
    },
  },
  { name: 'Sprint 4: incidents', goal: 'No run falls back to the CPU without a word, and the network of row C holds.', start: on(4, 0.1) },
];

/** One came out three days late; the next is planned behind the epics that it is made of. */
export const PLATFORM_RELEASES: readonly SeedRelease[] = [
  {
    name: 'Scheduler 2.0',
    description: 'Leases and retries: a run that loses its machine goes on elsewhere.',
    ...{ made: on(1, 1), planned: on(2, 8), released: on(2, 11) },
  },
  { name: 'Scheduler 3.0', description: 'Queues that explain themselves, with quota for each team.', ...{ made: on(3, 2), planned: -38 } },
];

/** When sprints are planned: on the Friday before, and in the hour before they start. */
const friday = (sprint: 1 | 2 | 3 | 4): number => on(sprint, -2.5);

type Rest = Partial<Omit<SeedTicket, 'title' | 'type' | 'points' | 'assignee' | 'days'>>;
const done = (type: TicketKind, title: string, points: number | undefined, assignee: string, days: readonly number[], rest: Rest = {}): SeedTicket => ({
  column: DONE,
  ...{ type, title, points, assignee, days },
  ...rest,
});

/** Ended before there were sprints. */
const BEFORE_SPRINTS: readonly SeedTicket[] = [
  done('TASK', 'Inventory of the racks, with serial numbers', 3, 'marco', [90.5, 89.6, 88.7, 85.3, 84.6]),
  done('TASK', 'Drivers of all nodes on one version', 5, 'marco', [90.2, 88.4, 87.6, 82.5, 81.4]),
  done('STORY', 'Jobs are queued through one door', 8, 'zhangmin', [90, 88.8, 88.2, 83.3, 80.6]),
  done('BUG', 'Node 14 drops out of the pool every night', 2, 'tomas', [84.3, 83.6, 82.4, 81.7, 81.2]),
  done('TASK', 'Quiet hours for firmware updates', 1, 'marco', [83.4, 82.5, 80.5, 80.3, 79.5], { labels: ['incident'] }),
  done('STORY', 'Runs carry the commit that they were started from', 5, 'daniel', [85.5, 81.5, 80.4, 76.4, 75.5]),
  done('SPIKE', 'What does a cold start of the object store cost?', 3, 'zhangmin', [82.4, 80.2, 79.6, 75.6, 74.4], { labels: ['storage'] }),
  done('TASK', 'Temperatures of the inlet air on the wall', 2, 'liuyang', [78.6, 76.5, 75.4, 74.6, 73.3], { labels: ['energy'] }),
  done('BUG', 'Two jobs on one card after a scheduler restart', 5, 'zhangmin', [74.5, 74.4, 74.2, 70.4, 68.5], { labels: ['scheduler', 'incident'] }),
  done('TASK', 'Test account for each new colleague', 1, 'tomas', [73.5, 72.4, 71.6, 70.4, 69.3]),
  done('STORY', 'Images are built once and signed', 8, 'daniel', [80.6, 73.4, 72.5, 67.2, 62.6]),
  done('TASK', 'Map of the network, printed and true', 2, 'marco', [71.3, 69.6, 68.4, 67.5, 66.6], { labels: ['network'] }),
  done('BUG', 'Logs of long runs were cut at 1 GB', 3, 'liuyang', [68.6, 67.5, 66.4, 65.6, 61.5], { labels: ['storage'] }),
  done('TASK', 'Alarm when a queue stands for an hour', 2, 'tomas', [66.4, 65.4, 62.3, 61.6, 60.4], { labels: ['scheduler'] }),
  done('STORY', 'Page of the pools for everybody', 5, 'liuyang', [70.5, 62.6, 61.3, 58.5, 54.6], { labels: ['scheduler'] }),
  done('TASK', 'Spare optics in the cage, counted', 1, 'marco', [62.5, 61.4, 60.6, 60.2, 59.3], { labels: ['network'] }),
  done('SPIKE', 'Power caps: what do 10 % less watts cost in samples?', 3, 'daniel', [64.6, 59.4, 58.3, 55.6, 54.2], { labels: ['energy'] }),
  done('BUG', 'A full disk on one node failed runs on others', 3, 'zhangmin', [58.5, 58.3, 55.6, 54.4, 53.5], { labels: ['storage', 'incident'] }),
  done('TASK', 'Who is called at night, and by whom', 2, 'marco', [57.5, 55.4, 54.6, 53.5, 52.4]),
];

const FIRST: readonly SeedTicket[] = [
  done('STORY', 'Leases: a runner that is silent loses its run', 8, 'zhangmin', [58.3, friday(1), on(1, 0.3), on(1, 3.6), on(1, 7.4)], {
    labels: ['scheduler'],
  }),
  done('STORY', 'A run goes on from its last checkpoint', 5, 'daniel', [57.6, friday(1), on(1, 0.5), on(1, 7.3), on(1, 9.6)], { labels: ['scheduler'] }),
  done('TASK', 'Kill machines on purpose, every Wednesday', 3, 'tomas', [56.4, friday(1), on(1, 1.4), on(1, 2.7), on(1, 3.4)]),
  done('BUG', 'Clocks of row B were 40 s apart', 2, 'marco', [55.3, friday(1), on(1, 0.6), on(1, 1.3), on(1, 1.6)], { labels: ['incident'] }),
  done('TASK', 'Runbook for a lost rack', 3, 'marco', [54.4, friday(1), on(1, 2.3), on(1, 8.4), on(1, 10.3)]),
  done('STORY', 'Page of a runner: what it did last, and when', 5, 'liuyang', [53.6, friday(1), on(1, 4.3), on(1, 10.4), on(2, 2.6)]),
  done('BUG', 'Retries started before the machine was fenced', 3, 'zhangmin', [on(1, 2.4), on(1, 2.6), on(1, 3.7), on(1, 8.5), on(1, 9.3)], {
    labels: ['incident'],
    comments: [['marco', 'Found by the second Wednesday. Into the sprint, instead of the spare leases page.']],
  }),
  {
    column: TO_DO,
    type: 'STORY',
    title: 'Leases of whole racks',
    points: 5,
    assignee: 'daniel',
    days: [52.5, friday(1)],
    left: on(1, 2.7),
    labels: ['scheduler'],
  },
];

const SECOND: readonly SeedTicket[] = [
  done('STORY', 'Checkpoints are written next to the old one, then renamed', 5, 'daniel', [on(1, 8.5), friday(2), on(2, 0.4), on(2, 4.4), on(2, 7.5)], {
    labels: ['storage'],
  }),
  done('STORY', 'Old checkpoints go, the best three stay', 5, 'zhangmin', [on(1, 7.6), friday(2), on(2, 0.6), on(2, 3.5), on(2, 4.7)], { labels: ['storage'] }),
  done('TASK', 'Scrub the checkpoint volume weekly', 3, 'marco', [on(1, 7.3), friday(2), on(2, 1.5), on(2, 7.4), on(2, 8.5)], { labels: ['storage'] }),
  done('BUG', 'Restores of 200 GB ran into a timeout', 3, 'tomas', [on(1, 9.4), friday(2), on(2, 2.4), on(2, 3.6), on(2, 7.3)], {
    labels: ['storage'],
    estimated: { days: on(2, 2.5), points: 5 },
    blocked: { by: 'Checkpoints are written next to the old one, then renamed', days: on(2, 2.6) },
  }),
  done('TASK', 'Prices of three kinds of disks, side by side', 2, 'marco', [on(1, 4.4), friday(2), on(2, 8.6), on(2, 10.3), on(2, 10.6)], {
    labels: ['storage'],
  }),
  done('SPIKE', 'Is compression worth it for optimiser state?', 3, 'daniel', [on(1, 10.4), friday(2), on(2, 7.7), on(2, 10.5), on(3, 1.4)], {
    labels: ['storage'],
  }),
  {
    column: TO_DO,
    type: 'STORY',
    title: 'Checkpoints in two buildings',
    points: 8,
    assignee: 'marco',
    days: [on(1, 9.6), friday(2)],
    labels: ['storage'],
    ended: 'CANCELLED',
    endedDays: on(2, 3.3),
  },
  done('BUG', 'Quota mails were sent every minute', 1, 'liuyang', [on(2, 4.3), on(2, 4.4), on(2, 4.5), on(2, 4.6), on(2, 4.8)], { labels: ['incident'] }),
];

const THIRD: readonly SeedTicket[] = [
  done('STORY', 'Place in the queue, on the card', 5, 'zhangmin', [on(2, 8.4), friday(3), on(3, 0.4), on(3, 3.4), on(3, 4.5)], { labels: ['scheduler'] }),
  done('STORY', 'Reservations for a team and a night', 8, 'daniel', [on(2, 7.6), friday(3), on(3, 1.5), on(3, 8.6), on(3, 10.4)], {
    labels: ['scheduler'],
    blocked: { by: 'Place in the queue, on the card', days: on(3, 2.2) },
  }),
  done('TASK', 'Names of the pools that people understand', 1, 'liuyang', [on(2, 9.4), friday(3), on(3, 0.3), on(3, 0.6), on(3, 0.8)]),
  done('BUG', 'A cancelled sweep left children in the queue', 3, 'zhangmin', [on(2, 10.3), friday(3), on(3, 4.6), on(3, 7.4), on(3, 8.4)], {
    labels: ['scheduler'],
    again: { days: on(3, 9.4), done: on(3, 10.7) },
  }),
  done('TASK', 'Weekly mail: hours by team, waiting by pool', 2, 'tomas', [on(2, 8.6), friday(3), on(3, 2.4), on(3, 3.6), on(3, 7.3)]),
];

/** What the platform's team did before: for the reports of its project, which look back twelve weeks. */
export const PLATFORM_PAST: readonly SeedTicket[] = [...BEFORE_SPRINTS, ...FIRST, ...SECOND, ...THIRD];
