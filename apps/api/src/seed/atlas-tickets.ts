import type { SeedTicket } from './workspace.ts';

const BACKLOG = 0;
const TO_DO = 1;
const IN_PROGRESS = 2;
const REVIEW = 3;
const DONE = 4;

export const ATLAS_TICKETS: readonly SeedTicket[] = [
  { column: BACKLOG, type: 'EPIC', stage: 'TRAINING', title: 'Pretraining of Atlas 70B', points: 100, labels: ['pretraining'], description: '2.1 T tokens, 512 GPUs, about 41 days at 42 % utilisation.\n\n1. smoke test at 125 M parameters\n2. scaling run at 1.3 B and 7 B\n3. the long run' },
  { column: BACKLOG, type: 'EPIC', stage: 'EVALUATION', title: 'Alignment and red teaming', points: 60, labels: ['alignment', 'safety'] },
  { column: BACKLOG, type: 'STORY', stage: 'DATA', title: 'Licensed textbooks: second delivery', points: 5 },
  { column: BACKLOG, type: 'SPIKE', stage: 'TRAINING', title: 'Eight-bit optimiser states: what do they cost in loss?', points: 8, labels: ['pretraining'] },
  { column: BACKLOG, type: 'STORY', stage: 'DEPLOYMENT', title: 'Serve 7B on a single card at 30 tokens a second', points: 8 },
  { column: BACKLOG, type: 'TASK', stage: 'MONITORING', title: 'Dashboard of refusals by topic', points: 3, labels: ['safety'] },
  { column: TO_DO, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Scaling run at 1.3 B parameters', points: 13, labels: ['pretraining'], assignee: 'wangqiang', description: 'Fits the loss curve `L(N, D)`. Stop when the interval of the exponent is below 0.01.' },
  { column: TO_DO, type: 'STORY', stage: 'DATA', title: 'Deduplicate the web crawl across languages', points: 8, assignee: 'lina', description: 'MinHash with 128 permutations, threshold 0.8, per language first and across afterwards.' },
  { column: TO_DO, type: 'TASK', stage: 'EVALUATION', title: 'Freeze the evaluation suite before anybody looks at results', points: 3, labels: ['evaluation'], assignee: 'grace' },
  { column: TO_DO, type: 'BUG', stage: 'PREPROCESSING', title: 'Tokeniser splits rare Chinese characters into bytes', points: 3, labels: ['tokeniser'], assignee: 'lina', comments: [['wangqiang', '姓名里的生僻字影响最大，请先统计词表外字符的频率。']] },
  { column: IN_PROGRESS, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Smoke test at 125 M parameters', points: 5, labels: ['pretraining'], assignee: 'daniel', description: 'Loss at 10 B tokens must be within 0.02 of the reference.', comments: [['daniel', 'Step 40,000: 3.11 against 3.10. No spikes so far.'], ['wangqiang', '很好。请保留第 20,000 步的检查点用于对比。']] },
  { column: IN_PROGRESS, type: 'STORY', stage: 'PREPROCESSING', title: 'Vocabulary of 128 k with balanced coverage of Chinese and English', points: 8, labels: ['tokeniser'], assignee: 'lina' },
  { column: IN_PROGRESS, type: 'TASK', stage: 'DATA', title: 'Remove evaluation texts from the training data', points: 5, labels: ['evaluation'], assignee: 'grace', description: '13-gram overlap, normalised. Report the share found per benchmark.' },
  { column: REVIEW, type: 'STORY', stage: 'TRAINING', title: 'Resume from a checkpoint on another number of machines', points: 8, labels: ['pretraining'], assignee: 'daniel' },
  { column: REVIEW, type: 'TASK', stage: 'EVALUATION', title: 'Protocol for human preference labels', points: 3, labels: ['alignment'], assignee: 'lina' },
  { column: DONE, type: 'SPIKE', stage: 'DATA', title: 'How much of the crawl is machine-translated?', points: 5, assignee: 'lina', comments: [['lina', '抽样 5,000 篇，约 11%；低资源语言超过一半。']] },
  { column: DONE, type: 'TASK', title: 'Choose the name', points: 1, assignee: 'wangqiang' },
  { column: DONE, type: 'TASK', stage: 'TRAINING', title: 'Reserve 512 GPUs from March', points: 2, assignee: 'wangqiang' },
  { column: DONE, type: 'STORY', stage: 'EVALUATION', title: 'Agree on what would stop the release', points: 5, labels: ['safety'], assignee: 'grace' },
];
