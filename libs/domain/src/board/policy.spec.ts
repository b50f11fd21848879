import { missingFields, REQUIRABLE_FIELDS } from './policy.ts';

describe('what a column requires', () => {
  it('is missing where a ticket has nothing in it; 0 is something', () => {
    expect(missingFields(['points', 'labelIds', 'assigneeId', 'description'], { points: 0, labelIds: [], assigneeId: null, description: '' })).toEqual([
      'labelIds',
      'assigneeId',
      'description',
    ]);
    expect(missingFields(['points', 'labelIds'], { points: null, labelIds: ['a'] })).toEqual(['points']);
    expect(missingFields([], {})).toEqual([]);
  });

  it('can be what a ticket may be without', () => {
    expect(REQUIRABLE_FIELDS).toContain('points');
    expect(REQUIRABLE_FIELDS).not.toContain('title');
    expect(REQUIRABLE_FIELDS).not.toContain('type');
  });
});
