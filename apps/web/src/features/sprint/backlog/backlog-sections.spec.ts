import { backlogSearch, countedQuery, sectionQuery, sectionsOf } from './backlog-sections.ts';
import { pastedTitles } from './pasted-titles.ts';
import { sumsOf } from './sums.ts';

describe('the sections of a backlog', () => {
  it('ask the list for what belongs together, in the order of the project', () => {
    expect(sectionQuery('SPRINT', 's-1')).toBe('sprint:s-1 sort:backlog');
    expect(sectionQuery('SPRINT', null)).toBe('sprint:none is:unfinished sort:backlog');
    expect(sectionQuery('EPIC', 'ATL-3')).toBe('epic:ATL-3 is:unfinished -type:epic sort:backlog');
    expect(sectionQuery('ASSIGNEE', null)).toBe('assignee:none is:unfinished sort:backlog');
    expect(countedQuery('EPIC')).toBe('is:unfinished -type:epic sort:backlog');
  });

  it('end with those that have none, once', () => {
    const groups = [
      { key: 'e-1', name: 'Compress', ticketKey: 'ATL-3' },
      { key: null, name: null, ticketKey: null },
    ];
    expect(sectionsOf('EPIC', groups).map(({ key, query }) => [key, query])).toEqual([
      ['e-1', 'epic:ATL-3 is:unfinished -type:epic sort:backlog'],
      [null, 'epic:none is:unfinished -type:epic sort:backlog'],
    ]);
  });

  it('are named in the address; what is no grouping is none', () => {
    expect([{ group: 'epic' }, { group: 'assignee' }, { group: 'colour' }, {}].map(backlogSearch)).toEqual([{ group: 'epic' }, { group: 'assignee' }, {}, {}]);
  });
});

describe('several lines that are pasted', () => {
  it('are a title each, without the marks of lists and without empty ones', () => {
    expect(pastedTitles('- Clean the crawl\r\n\n  * Train again \r2) Compare\n[x] Tell\n• 比较两次运行\n3.5 points')).toEqual([
      'Clean the crawl',
      'Train again',
      'Compare',
      'Tell',
      '比较两次运行',
      '3.5 points',
    ]);
    expect(pastedTitles(' \n\n')).toEqual([]);
  });
});

describe('what tickets come to', () => {
  it('is the sum of those with an estimate; the others are counted apart, and nought is an estimate', () => {
    expect(
      sumsOf([
        { points: 3, deviceHours: null },
        { points: null, deviceHours: 2.5 },
        { points: 0, deviceHours: 0.25 },
      ]),
    ).toEqual({ points: 3, unestimated: 1, deviceHours: 2.75 });
  });
});
