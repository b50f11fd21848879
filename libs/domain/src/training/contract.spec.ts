import { FAILURE_CODES, hasPlace, INSPECTION_QUEUE, PHASES, RETRIED_FAILURES, RUNNER_JOBS, RUNNER_QUEUE } from './contract.ts';

it('has a place in training from the first step on, and none while a claim only prepares', () => {
  expect(Object.fromEntries(PHASES.map((phase) => [phase, hasPlace(phase)]))).toEqual({ PREPARING: false, LOADING_DATA: false, TRAINING: true, EVALUATING: true, SAVING: true });
});

it('tries again by itself what the machine did, and nothing that the code or the data did', () => {
  expect(FAILURE_CODES.filter((code) => RETRIED_FAILURES.includes(code))).toEqual(['CHILD_KILLED', 'RUNNER_LOST']);
});

it('rings by names that older runners know: what is in the queue outlives an update', () => {
  expect([RUNNER_QUEUE, INSPECTION_QUEUE, RUNNER_JOBS]).toEqual(['runner', 'runner-inspection', { attempt: 'attempt', inspection: 'inspection' }]);
});
