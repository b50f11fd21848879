import { intoLane, laneOf } from './lanes.ts';

const ticket = { assigneeId: 'ada', labelIds: ['gpu', 'data', 'slow'], stage: 'DATA' } as const;
const bare = { assigneeId: null, labelIds: [], stage: null };
const plain = { ...ticket, labelIds: [...ticket.labelIds] };

it('is the one value of a ticket, of several labels the first', () => {
  expect([laneOf('ASSIGNEE', plain), laneOf('LABEL', plain), laneOf('STAGE', plain)]).toEqual(['ada', 'gpu', 'DATA']);
  expect([laneOf('ASSIGNEE', bare), laneOf('LABEL', bare), laneOf('STAGE', bare)]).toEqual([null, null, null]);
});

it.each([
  ['ASSIGNEE', 'bo', { assigneeId: 'bo' }],
  ['ASSIGNEE', null, { assigneeId: null }],
  ['ASSIGNEE', 'ada', {}],
  ['STAGE', 'TRAINING', { stage: 'TRAINING' }],
  ['STAGE', null, { stage: null }],
  ['LABEL', 'new', { labelIds: ['new', 'data', 'slow'] }],
  ['LABEL', 'slow', { labelIds: ['slow', 'data'] }],
  ['LABEL', 'gpu', {}],
  ['LABEL', null, { labelIds: [] }],
] as const)('changes what the lane stands for: %s to %s', (by, lane, change) => {
  expect(intoLane(by, plain, lane)).toEqual(change);
  expect(laneOf(by, { ...plain, ...intoLane(by, plain, lane) })).toBe(lane);
});

it('gives the first label to a ticket that has none', () => {
  expect(intoLane('LABEL', bare, 'gpu')).toEqual({ labelIds: ['gpu'] });
  expect(intoLane('LABEL', bare, null)).toEqual({});
});
