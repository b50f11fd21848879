import { hasPlace, INSPECTION_QUEUE, PHASES, RUNNER_JOBS, RUNNER_QUEUE } from './contract.ts';

it('has a place in training from the first step on, and none while a claim only prepares', () => {
  expect(Object.fromEntries(PHASES.map((phase) => [phase, hasPlace(phase)]))).toEqual({ PREPARING: false, LOADING_DATA: false, TRAINING: true, EVALUATING: true, SAVING: true });
});

it('rings by names that older runners know: what is in the queue outlives an update', () => {
  expect([RUNNER_QUEUE, INSPECTION_QUEUE, RUNNER_JOBS]).toEqual(['runner', 'runner-inspection', { attempt: 'attempt', inspection: 'inspection' }]);
});
