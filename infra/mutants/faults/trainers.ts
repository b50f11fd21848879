import { faultsOf, instead, leaveOut, type Fault } from '../fault.ts';

const at = (path: string): string => `apps/ml-runner/src/${path}`;
const TRAIN = at('trainers/train.spec.ts');
const CHECKPOINT = at('trainers/checkpoint.spec.ts');
const STEPS = [at('engines/wasm-steps.spec.ts'), at('engines/steps-check.spec.ts')];

const train = faultsOf(at('trainers/train.ts'), [TRAIN]);
const openJob = faultsOf(at('trainers/open-job.ts'), [TRAIN]);
const checkpoint = faultsOf(at('trainers/checkpoint.ts'), [CHECKPOINT]);
const score = faultsOf(at('trainers/score.ts'), [at('trainers/score.spec.ts')]);
const progress = faultsOf(at('trainers/progress-report.ts'), [at('trainers/progress-report.spec.ts')]);
const prepare = faultsOf(at('trainers/prepare-data.ts'), [at('trainers/prepare-data.spec.ts')]);
const optimizer = faultsOf(at('networks/optimizer.ts'), [at('networks/optimizer.spec.ts'), TRAIN]);
const kernels = faultsOf(at('engines/wasm-training-module.ts'), STEPS);
const products = faultsOf(at('engines/wasm-memory.ts'), STEPS);
const stages = faultsOf(at('engines/wasm-stages.ts'), STEPS);
const steps = faultsOf(at('engines/wasm-steps.ts'), [...STEPS, TRAIN]);
const check = faultsOf(at('engines/steps-check.ts'), [STEPS[1]!]);
const batch = faultsOf(at('trainers/batch.ts'), [TRAIN]);
const tables = faultsOf(at('datasets/table-file.ts'), [at('datasets/inspect-csv.spec.ts')]);
const inspected = faultsOf(at('datasets/inspect-dataset.ts'), [at('datasets/inspect-csv.spec.ts')]);
const idx = faultsOf(at('datasets/idx-files.ts'), [at('datasets/inspect-idx.spec.ts')]);

/** What a child does with the data: how it is read and divided, trained on, scored and kept. */
export const TRAINER_FAULTS: readonly Fault[] = [
  inspected('LIMIT', 'shownColumns', 'a very wide table lists more than a message holds', instead('categories.slice(0, most)', 'categories')),

  openJob('DATA', 'datasetOf', 'other data than was queued is trained on', instead('loaded.digest === spec.datasetDigest', 'true')),
  train('DELIVERY', 'Training.checkpoint', 'a checkpoint is told before the figures of its steps', leaveOut('this.report.flush()')),
  train('LIMIT', 'Training.checkpoint', 'the checkpoint that is on its way is removed', instead('this.checkpoints.length > 2', 'this.checkpoints.length > 1')),
  train(
    'DATA',
    'Training.begin',
    'a resumed run draws other numbers',
    instead('saved ? SeededRandom.fromState(saved.random) : SeededRandom.fromSeed(parameters.seed)', 'SeededRandom.fromSeed(parameters.seed)'),
  ),
  train('DATA', 'Training.begin', 'a resumed run forgets its optimiser', instead('saved?.optimizer ?? null', 'null')),
  train('DATA', 'Training.trainEpoch', 'a run resumed within an epoch draws its order anew', instead('this.batch === 0', 'true')),
  train('END', 'Training.readPending', 'a loss that is no number goes on', leaveOut('if (diverged)')),
  train('DELIVERY', 'Training.begin', 'where it resumed is not said', leaveOut("this.send({ type: 'RESUMED'")),
  train(
    'DATA',
    'Training.run',
    'a checkpoint is written one epoch late',
    instead('this.epoch % checkpointEveryEpochs === 0 && this.epoch < epochs', 'this.epoch % checkpointEveryEpochs === 1 && this.epoch < epochs'),
  ),
  train(
    'FIGURE',
    'Training.evaluateModel',
    'the confusion is of the training samples',
    instead('if (counts) confusion = { split, classes: data.classes, counts }', 'if (counts) confusion ??= { split, classes: data.classes, counts }'),
  ),

  checkpoint('DATA', 'readCheckpoint', 'a damaged checkpoint is used', leaveOut('if (file.length < 32 ||')),
  checkpoint('DATA', 'readCheckpoint', "another run's checkpoint is used", leaveOut('if (madeFor !== fingerprint(spec))')),
  checkpoint('DATA', 'readCheckpoint', 'a checkpoint of another format is used', leaveOut('if (format !== FORMAT)')),
  checkpoint('DELIVERY', 'writeByRename', 'a reader meets half a checkpoint', instead('`${path}.part`', 'path')),
  checkpoint('DELIVERY', 'writeByRename', 'a write that failed leaves its draft', leaveOut('await rm(draft,')),

  score(
    'FIGURE',
    'scoreOutputs',
    'outputs beyond the classes are predicted',
    instead('i < classes && outputs[at + i]! > outputs[at + predicted]!', 'outputs[at + i]! > outputs[at + predicted]!'),
  ),
  score('FIGURE', 'addTally', 'right answers are not added', leaveOut('into.correct += other.correct')),
  score('FIGURE', 'addTally', 'samples are not added', leaveOut('into.samples += other.samples')),
  score('FIGURE', 'r2Of', 'a constant target is explained', instead('variance > 0', 'true')),
  progress('FIGURE', 'ProgressReport.progress', 'what remains is told of the whole run', instead('step - this.stepAtStart', 'step')),
  progress('DELIVERY', 'ProgressReport.flush', 'points are sent twice', leaveOut('this.points = new Map()')),
  progress('LIMIT', 'ProgressReport.at', 'every step is sent', leaveOut('if (this.now() - this.lastSent < INTERVAL_MS) return')),

  prepare('DATA', 'splitGroups', 'samples held out are trained on', instead('(rank < held[i]! ? validation : train).push(place)', 'train.push(place)')),
  prepare(
    'DATA',
    'splitGroups',
    'a resumed run holds out others',
    instead('SeededRandom.fromSeed(parameters.seed ^ 0x5911735)', 'SeededRandom.fromSeed(Date.now() & 0xffff)'),
  ),
  prepare(
    'DATA',
    'prepareTable',
    'an input is encoded by what is held out too',
    instead('learnEncoding(column, split.train)', 'learnEncoding(column, Uint32Array.from({ length: rows }, (_, i) => i))'),
  ),
  prepare('DATA', 'prepareTable', 'the target is one of the inputs', instead('columns.filter((column) => column !== target)', 'columns')),

  prepare('DATA', 'accountForRows', 'rows that vanished are not missed', leaveOut('throw new TrainingFailure('), [
    at('trainers/prepare-data.spec.ts'),
    at('trainers/rows.spec.ts'),
  ]),
  prepare('DATA', 'accountForRows', 'fewer rows than promised are trained on', instead('used === rows.used', 'true'), [
    at('trainers/prepare-data.spec.ts'),
    at('trainers/rows.spec.ts'),
  ]),
  prepare(
    'DATA',
    'prepareTable',
    'the scale of the target is learnt from what is held out too',
    instead('scaleOf(target.numbers!, split.train)', 'scaleOf(target.numbers!, Uint32Array.from({ length: rows }, (_, i) => i))'),
    [at('trainers/prepare-data.spec.ts'), at('trainers/rows.spec.ts')],
  ),
  optimizer('DATA', 'stepRate', 'Adam forgets its bias', instead('(learningRate * Math.sqrt(1 - BETA2 ** step)) / (1 - BETA1 ** step)', 'learningRate')),
  optimizer(
    'DATA',
    'FlatOptimizer.apply',
    'momentum climbs',
    instead('tf.add(tf.mul(first!, MOMENTUM), gradient)', 'tf.sub(tf.mul(first!, MOMENTUM), gradient)'),
  ),
  optimizer(
    'DATA',
    'average',
    'an average weighs the new as the old',
    instead('tf.add(tf.mul(old, decay), tf.mul(now, 1 - decay))', 'tf.add(tf.mul(old, 1 - decay), tf.mul(now, decay))'),
  ),
  batch(
    'DATA',
    'randomShift',
    'images are moved one way only',
    instead(
      '[random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT, random.below(2 * MAX_SHIFT + 1) - MAX_SHIFT]',
      '[random.below(2 * MAX_SHIFT + 1), random.below(2 * MAX_SHIFT + 1)]',
    ),
  ),
  tables('DATA', 'summariseTable', 'a format is believed that nothing told', leaveOut('if (unfounded)')),
  tables('DATA', 'cutterOf', 'what was read before readings is read as today', instead("format === 'LEGACY'", 'false')),
  idx('INPUT', 'loadIdx', 'images and labels of different number are trained on', leaveOut('if (pair.images.dimensions[0] !== pair.labels.dimensions[0])')),
  idx('INPUT', 'loadIdx', 'test images of another size are taken', leaveOut('if (testShape && testShape.join(')),
  idx('INPUT', 'readIdx', 'a file that is cut short is filled with zeros', leaveOut('if (filled < data!.length)')),
  idx('LIMIT', 'checkSize', 'a header promises what no file can hold', leaveOut('if (dataBytes > largest)')),

  kernels('FIGURE', 'KERNELS', 'every largest number of a window gets its gradient', instead('open.set(v128.without(open.get, here.get))', '[]')),
  kernels('FIGURE', 'elementwise', 'the last numbers of a vector are left out', instead('LANES.map', '[4 as const].map')),
  kernels('FIGURE', 'average', 'an average of the steps weighs the new as the old', instead('splat(1 - decay)', 'splat(decay)')),
  products('FIGURE', 'WasmMemory.addProduct', 'a product is as deep as what is worked on at once', instead('from < k', 'from < Math.min(k, DEPTH)')),
  products('FIGURE', 'WasmMemory.addProduct', 'the last columns add to what a product of before left', leaveOut('if (!whole) this.fill(')),
  products('FIGURE', 'WasmMemory.repeat', 'a bias is added to the first sample alone', leaveOut('for (let done = 1;')),
  stages('FIGURE', 'convolution', 'a second batch adds to the gradient of the first', leaveOut('memory.fill(input.gradient, count * pixels * channels, 0)')),
  stages(
    'FIGURE',
    'turn',
    'the filter of the gradient is not turned',
    instead('(place * channels + i) * filters + o', '((8 - place) * channels + i) * filters + o'),
  ),
  stages('FIGURE', 'dropout', 'what was dropped gets a gradient', leaveOut('memory.kernels.multiply(input.gradient, mask,')),
  check('FIGURE', 'problemOf', 'an engine that scores wrongly is offered', leaveOut('if (!agrees(scores,')),
  steps('FIGURE', 'WasmSteps.step', 'the gradient of a step holds that of the one before', leaveOut('memory.fill(gradient, net.parameterCount, 0)')),
  steps('FIGURE', 'WasmSteps.step', 'after a step the parameters of before are scored', leaveOut('this.forgetScoring()')),
  steps('FIGURE', 'WasmSteps.step', 'the penalty is half of what it should be', instead('2 * this.l2', 'this.l2')),
  steps(
    'FIGURE',
    'WasmSteps.step',
    'the gradient of a cut batch is that of its parts',
    instead(
      'writeLossGradient(net.head, raw, wanted, net.outputs, count, memory.read(last.gradient, raw.length))',
      'writeLossGradient(net.head, raw, wanted, net.outputs, some, memory.read(last.gradient, raw.length))',
    ),
  ),
  steps('DATA', 'WasmSteps.constructor', 'an optimiser goes on from zeros', leaveOut('if (saved)')),
];
