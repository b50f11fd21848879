import type { SeedTicket } from './workspace.ts';

const IDEAS = 0;
const READY = 1;
const IN_PROGRESS = 2;
const REVIEW = 3;
const DONE = 4;

/** Kanban. In progress holds five cards under a limit of four: the board shows what over the limit looks like. */
export const VISION_TICKETS: readonly SeedTicket[] = [
  { column: IDEAS, type: 'SPIKE', stage: 'TRAINING', title: 'Would a vision transformer beat our convolutions below 1 M parameters?', labels: ['paper'], description: 'Read two recent papers, train the smallest published variant on the digits, compare at equal **FLOPs** and not at equal epochs.' },
  { column: IDEAS, type: 'STORY', stage: 'DEPLOYMENT', title: 'Run the classifier in the browser of the inspection tablet', description: 'The tablets have no network on the shop floor. WebAssembly is enough for 28x28; measure on the oldest tablet.' },
  { column: IDEAS, type: 'SPIKE', stage: 'DATA', title: 'Can we label by clustering first and naming clusters second?' },
  { column: IDEAS, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Mixup and cutout on top of the convolutional baseline', points: 3, labels: ['paper'] },
  { column: IDEAS, type: 'STORY', stage: 'MONITORING', title: 'Alert when the class balance of incoming images drifts', points: 5, description: 'Compare the last 24 h with the training set:\n\n- population stability index per class\n- warn above 0.1, page above 0.25' },
  { column: READY, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Small convolutional net on the full digit set', points: 3, labels: ['baseline', 'gpu'], assignee: 'chenxiaoming', description: 'Acceptance: held-out accuracy of at least **0.984**. Use the template *CNN 28x28*, cosine schedule, dropout 0.25.' },
  { column: READY, type: 'EXPERIMENT', stage: 'EVALUATION', title: 'Does the accuracy hold on digits written by left-handers?', points: 2, labels: ['dataset'] },
  { column: READY, type: 'TASK', stage: 'PREPROCESSING', title: 'Deskew by second moments before normalising', points: 2, description: '```\nalpha = mu11 / mu02\n```\nShear by `-alpha`, keep the centre of mass in place.' },
  { column: READY, type: 'BUG', stage: 'EVALUATION', title: 'Confusion matrix counts the padding sample of the last batch', points: 1, labels: ['regression'], assignee: 'grace', description: 'The last batch is filled up to the batch size and the fill is counted as class 0. Seen with 10,000 samples and batch 64: the matrix sums to 10,048.' },
  { column: READY, type: 'STORY', stage: 'DATA', title: 'Register the factory images with their digests', points: 5, labels: ['dataset'], assignee: 'grace' },
  {
    column: IN_PROGRESS,
    type: 'EXPERIMENT',
    stage: 'TRAINING',
    title: 'Baseline: two-layer network on stroke digits',
    points: 2,
    labels: ['baseline'],
    assignee: 'chenxiaoming',
    description: 'The floor that everything else has to beat.\n\n| | |\n|---|---|\n| model | MLP 784-128-10 |\n| data | stroke digits (synthetic), 6,000 |\n| optimiser | Adam, 0.001 |\n\nQueue it from here and watch the curve on the card.',
    comments: [
      ['sofia', 'Keep the seed at 42 so that we can compare with the numbers of last week.'],
      ['chenxiaoming', '好的。先跑 5 个 epoch，看验证损失是否还在下降。'],
    ],
  },
  { column: IN_PROGRESS, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Learning-rate sweep for the 784-64-64-10 network', points: 3, labels: ['baseline'], assignee: 'chenxiaoming', description: '0.0003, 0.001, 0.003, 0.01; constant against cosine.', comments: [['grace', '0.01 with a warm-up of 100 steps is worth a try before we call it unstable.']] },
  { column: IN_PROGRESS, type: 'TASK', stage: 'DATA', title: 'Measure agreement between the two groups of annotators', points: 3, assignee: 'grace', labels: ['dataset'], description: "Cohen's kappa per class; below 0.8 a class goes back." },
  { column: IN_PROGRESS, type: 'STORY', stage: 'EVALUATION', title: 'Show the twenty worst mistakes beside each run', points: 5, assignee: 'liuyang', comments: [['sofia', 'Sort by confidence in the wrong class, not by loss: that is what people look for.']] },
  { column: IN_PROGRESS, type: 'BUG', stage: 'PREPROCESSING', title: 'Images of odd width lose their last column', points: 1, assignee: 'sofia', labels: ['regression'], comments: [['tomas', 'Reproduced with 27x28. 28x28 is not affected, so the digits are fine.']] },
  { column: REVIEW, type: 'TASK', stage: 'TRAINING', title: 'Save optimiser state in every checkpoint', points: 3, assignee: 'chenxiaoming', labels: ['gpu'], description: 'Without it a resumed run drifts: Adam starts with empty moments.', comments: [['marco', 'Checked: killed at step 900, resumed, weights equal bit by bit.']] },
  { column: REVIEW, type: 'STORY', stage: 'DEPLOYMENT', title: 'Export the classifier for the inspection line', points: 5, assignee: 'liuyang' },
  { column: DONE, type: 'TASK', stage: 'DATA', title: 'Licence of the public digit set cleared', points: 1, assignee: 'sofia' },
  { column: DONE, type: 'EXPERIMENT', stage: 'TRAINING', title: 'Which of two numbers is larger: 2-3-1 network', points: 1, labels: ['baseline'], assignee: 'chenxiaoming', description: 'Accuracy **1.0** after 1,000 epochs with targets 0/1 and binary cross-entropy. Targets of -1/+1 under that loss are wrong; that is why the first try got stuck.' },
  { column: DONE, type: 'BUG', stage: 'TRAINING', title: 'Same seed gave two different curves', points: 2, labels: ['regression'], assignee: 'grace', comments: [['grace', 'Shuffling used its own generator. Both come from the run seed now.']] },
  { column: DONE, type: 'STORY', title: 'Write down how we name experiments', points: 1, assignee: 'sofia' },
  { column: DONE, type: 'TASK', stage: 'PREPROCESSING', title: 'Normalise by the training split only', points: 1, assignee: 'chenxiaoming' },
];
