import { CONTRACT_VERSION, contractOf, hasPlace, INSPECTION_QUEUE, PHASES, RUNNER_JOBS, RUNNER_QUEUE } from './contract.ts';

it('has a place in training from the first step on, and none while a claim only prepares', () => {
  expect(Object.fromEntries(PHASES.map((phase) => [phase, hasPlace(phase)]))).toEqual({
    PREPARING: false,
    LOADING_DATA: false,
    TRAINING: true,
    EVALUATING: true,
    SAVING: true,
  });
});

it('tells older and newer runners from its own, and those that say nothing for the oldest', () => {
  expect([null, 1, CONTRACT_VERSION, CONTRACT_VERSION + 1].map(contractOf)).toEqual(['OLDER', 'OLDER', 'SAME', 'NEWER']);
});

it('rings by names that older runners know: what is in the queue outlives an update', () => {
  expect([RUNNER_QUEUE, INSPECTION_QUEUE, RUNNER_JOBS]).toEqual(['runner', 'runner-inspection', { attempt: 'attempt', inspection: 'inspection' }]);
});
