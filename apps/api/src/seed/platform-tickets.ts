import type { SeedTicket } from './workspace.ts';

const BACKLOG = 0;
const TO_DO = 1;
const IN_PROGRESS = 2;
const REVIEW = 3;
const DONE = 4;

export const PLATFORM_TICKETS: readonly SeedTicket[] = [
  { column: BACKLOG, type: 'EPIC', title: 'Every run survives the loss of its machine', points: 40, labels: ['scheduler'], description: 'Leases, epochs, checkpoints. **Nothing lost, nothing run twice.**' },
  { column: BACKLOG, type: 'STORY', stage: 'MONITORING', title: 'Energy per run, from the rack meters', points: 8, labels: ['energy'], description: 'The meters report every 10 s per rack. Attribute by GPU utilisation; idle power is shared evenly.' },
  { column: BACKLOG, type: 'SPIKE', title: 'Compare fair-share with strict priority on last month of queue data', points: 5, labels: ['scheduler'], assignee: 'daniel' },
  { column: BACKLOG, type: 'STORY', title: 'Quota of GPU-hours for each team', points: 8, labels: ['scheduler'] },
  { column: BACKLOG, type: 'TASK', title: 'Second path for the storage network of row C', points: 5, labels: ['network'] },
  { column: BACKLOG, type: 'TASK', title: 'Retire the eight-card nodes of 2021', points: 3, labels: ['energy'], description: 'They use 2.3 times the energy per sample of the new ones. Move the two jobs that still ask for them first.' },
  { column: TO_DO, type: 'STORY', title: 'Say why a run waits, on its card', points: 3, labels: ['scheduler'], assignee: 'zhangmin', description: 'No runner, no engine that fits, or all busy: three different things to do about it.' },
  { column: TO_DO, type: 'BUG', title: 'Jobs asking for a GPU fell back to the CPU without a word', points: 2, labels: ['incident'], assignee: 'daniel', description: 'A library was missing after the image update; eleven runs took 40 h each. **A run that asks for a GPU waits or fails; it never falls back.**', comments: [['priya', '这十一次运行浪费的算力请记到事故报告里。']] },
  { column: TO_DO, type: 'TASK', title: 'Rehearse the loss of the database server', points: 5, assignee: 'tomas' },
  { column: TO_DO, type: 'TASK', title: 'Alarm at 80 % of the checkpoint volume', points: 1, labels: ['storage'], assignee: 'marco' },
  { column: IN_PROGRESS, type: 'STORY', title: 'Live queue times by pool', points: 5, labels: ['scheduler'], assignee: 'zhangmin', comments: [['marco', 'p50 and p90; the mean hides the long waits.']] },
  { column: IN_PROGRESS, type: 'BUG', title: 'Link flaps on switch 14 under all-reduce', points: 3, labels: ['network', 'incident'], assignee: 'marco', description: 'Seen 9 times since Monday, always above 60 % load. Cable and both optics were changed; the port is next.' },
  { column: IN_PROGRESS, type: 'TASK', stage: 'DATA', title: 'Move the image archive to the new object store', points: 8, labels: ['storage'], assignee: 'zhangmin', comments: [['zhangmin', '已迁移 62%，校验全部通过。'], ['marco', 'Keep both copies until the digests of all datasets were checked again.']] },
  { column: REVIEW, type: 'STORY', title: 'Memory limit for training processes', points: 3, assignee: 'daniel', description: 'One run took its neighbours down. The limit ends it with `OUT_OF_MEMORY` and says at which size.' },
  { column: REVIEW, type: 'TASK', title: 'Time limit of six hours unless asked otherwise', points: 1, labels: ['scheduler'], assignee: 'tomas' },
  { column: DONE, type: 'BUG', title: 'Cancelled runs kept their GPU for ten minutes', points: 2, labels: ['incident'], assignee: 'daniel', comments: [['sofia', 'Measured again: gone within two seconds.']] },
  { column: DONE, type: 'STORY', title: 'One command starts everything on a laptop', points: 5, assignee: 'liuyang' },
  { column: DONE, type: 'TASK', title: 'Checkpoints carry a digest and are checked on reading', points: 3, labels: ['storage'], assignee: 'zhangmin' },
  { column: DONE, type: 'SPIKE', title: 'Which PostgreSQL settings matter for a metrics store', points: 3, assignee: 'zhangmin' },
];
