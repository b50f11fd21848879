import { isOwnContext, mustPost, type PostedStatus } from './posted-status.ts';
import { rollup } from './rollup.ts';
import { check } from './story.fixture.ts';

const status: PostedStatus = { sha: 'A', context: 'trainyard/done', state: 'PENDING', description: '1 of 2' };

describe('13: what we post', () => {
  it('is sent once as long as its state is the same', () => {
    expect(mustPost(null, status)).toBe(true);
    expect(mustPost(status, { ...status, description: '2 of 2' })).toBe(false);
    expect(mustPost(status, { ...status, state: 'SUCCESS' })).toBe(true);
    expect(mustPost(status, { ...status, sha: 'B' })).toBe(true);
  });

  it('is no check when it comes back, even if the branch requires it', () => {
    const own = check({ source: 'STATUS', name: 'trainyard/done', id: '9', state: 'QUEUED', conclusion: null });
    const required = [
      { name: 'tests', app: null },
      { name: 'trainyard/done', app: null },
    ];
    expect(rollup([check(), own], required)).toMatchObject({ verdict: 'PASSING', requiredCount: { passed: 1, total: 1 } });
    expect(rollup([own], null).verdict).toBe('NONE');
    expect(isOwnContext('tests/trainyard/')).toBe(false);
  });
});
