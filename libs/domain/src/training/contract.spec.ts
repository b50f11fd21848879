import { CONTRACT_VERSION, contractOf, hasPlace, INSPECTION_QUEUE, PHASES, RUNNER_JOBS, RUNNER_QUEUE, withBothNames, withClaim } from './contract.ts';

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

it('says a claim under both names, and hears it under either', () => {
  const said = { claim: 2, seq: 0 };
  expect(withBothNames(said)).toEqual({ claim: 2, epoch: 2, seq: 0 });
  expect([{ epoch: 2, seq: 0 }, withBothNames(said), said].map(withClaim)).toEqual([said, withBothNames(said), said]);
  expect([null, 'x', { seq: 0 }].map(withClaim)).toEqual([null, 'x', { seq: 0 }]);
});
