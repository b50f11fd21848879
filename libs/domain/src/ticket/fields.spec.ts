import { RUN_STATES } from '../training/run-state.ts';
import { TICKET_FIELDS } from './fields.ts';

it('asks for the latest run by every state that a run has, and no other', () => {
  expect(TICKET_FIELDS.run.words).toEqual(RUN_STATES);
});
