import type { RunParameters } from '@trainyard/domain';
import { PARAMETER_NAMES } from '../RunFacts.tsx';

/** What tells runs apart, the most telling first. Seeds differ often and say little. */
const TELLING: readonly (keyof RunParameters)[] = [
  'learningRate',
  'batchSize',
  'optimizer',
  'schedule',
  'hiddenUnits',
  'dropout',
  'l2',
  'epochs',
  'warmupSteps',
  'validationSplit',
  'targetColumn',
  'checkpointEveryEpochs',
  'seed',
];

/** The parameters in which runs differ, the most telling first. */
export function differingParameters(runs: readonly { parameters: RunParameters }[]): (keyof RunParameters)[] {
  const isSame = (name: keyof RunParameters): boolean => new Set(runs.map(({ parameters }) => JSON.stringify(parameters[name]))).size < 2;
  return [...TELLING, ...PARAMETER_NAMES.filter((name) => !TELLING.includes(name))].filter((name) => !isSame(name));
}
