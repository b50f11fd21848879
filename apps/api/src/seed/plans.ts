import type { Priority } from '@trainyard/domain';

/** What is planned of a ticket of the demonstration. */
export interface Plan {
  priority?: Priority;
  /** Days from now; below 0: they have passed. */
  start?: number;
  due?: number;
  hours?: number;
  /** Titles of the same project. A parent was made before its children. */
  parent?: string;
  blockedBy?: readonly string[];
}

const PRETRAINING = 'Pretraining of Atlas 70B';
const ALIGNMENT = 'Alignment and red teaming';
const SURVIVAL = 'Every run survives the loss of its machine';
const STORAGE = 'Storage that can be trusted';
const QUEUES = 'Queues that explain themselves';

/** By the title of the ticket. */
export const PLANS: Readonly<Record<string, Plan>> = {
  [PRETRAINING]: { priority: 'HIGH', start: -20, due: 75, hours: 96_000 },
  'Scaling run at 1.3 B parameters': { priority: 'URGENT', due: 3, hours: 640, parent: PRETRAINING, blockedBy: ['Deduplicate the web crawl across languages'] },
  'Deduplicate the web crawl across languages': { priority: 'HIGH', start: -6, due: -1, hours: 120, parent: PRETRAINING },
  'Tokeniser splits rare Chinese characters into bytes': { priority: 'HIGH', due: 5, parent: PRETRAINING },
  'Smoke test at 125 M parameters': { hours: 24, parent: PRETRAINING },
  'Vocabulary of 128 k with balanced coverage of Chinese and English': { parent: PRETRAINING },
  'Remove evaluation texts from the training data': { parent: PRETRAINING },
  [ALIGNMENT]: { priority: 'MEDIUM', start: 30, due: 110 },
  'Freeze the evaluation suite before anybody looks at results': { priority: 'HIGH', due: 10, parent: ALIGNMENT },
  'Protocol for human preference labels': { due: 14, parent: ALIGNMENT },
  [SURVIVAL]: { priority: 'HIGH', start: -60, due: 21 },
  [STORAGE]: { priority: 'HIGH', start: -44, due: 10 },
  [QUEUES]: { priority: 'MEDIUM', start: -28, due: 45 },
  ...Object.fromEntries(
    [
      'Leases: a runner that is silent loses its run',
      'A run goes on from its last checkpoint',
      'Kill machines on purpose, every Wednesday',
      'Runbook for a lost rack',
      'Retries started before the machine was fenced',
    ].map((title): [string, Plan] => [title, { parent: SURVIVAL }]),
  ),
  ...Object.fromEntries(
    [
      'Checkpoints are written next to the old one, then renamed',
      'Old checkpoints go, the best three stay',
      'Scrub the checkpoint volume weekly',
      'Restores of 200 GB ran into a timeout',
      'Checkpoints in two buildings',
    ].map((title): [string, Plan] => [title, { parent: STORAGE }]),
  ),
  ...Object.fromEntries(
    ['Place in the queue, on the card', 'Reservations for a team and a night', 'Live queue times by pool', 'Quota of GPU-hours for each team'].map(
      (title): [string, Plan] => [title, { parent: QUEUES }],
    ),
  ),
  'Rehearse the loss of the database server': { priority: 'HIGH', due: 6, parent: SURVIVAL },
  'Checkpoints carry a digest and are checked on reading': { parent: STORAGE },
  'Say why a run waits, on its card': { priority: 'MEDIUM', due: 12, parent: QUEUES },
  'Jobs asking for a GPU fell back to the CPU without a word': { priority: 'URGENT', due: -2 },
  'Link flaps on switch 14 under all-reduce': { priority: 'URGENT', due: 1 },
  'Move the image archive to the new object store': {
    priority: 'MEDIUM',
    start: -9,
    due: 4,
    parent: STORAGE,
    blockedBy: ['Alarm at 80 % of the checkpoint volume', 'Link flaps on switch 14 under all-reduce'],
  },
  'Alarm at 80 % of the checkpoint volume': { priority: 'LOW', parent: STORAGE },
  'Small convolutional net on the full digit set': { priority: 'HIGH', due: 7, hours: 6.5 },
  'Mixup and cutout on top of the convolutional baseline': { priority: 'LOW', blockedBy: ['Small convolutional net on the full digit set'] },
};
