import { FAILURE_CODES, RETRIED_FAILURES } from './failure.ts';

it('tries again by itself what the machine did, and nothing that the code or the data did', () => {
  expect(FAILURE_CODES.filter((code) => RETRIED_FAILURES.includes(code))).toEqual(['CHILD_KILLED', 'RUNNER_LOST']);
});
