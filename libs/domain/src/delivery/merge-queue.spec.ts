import { queueEntry } from './merge-queue.ts';

const BASE = '0123456789abcdef0123456789abcdef01234567';

describe('7: the merge queue', () => {
  it('tells its change inside the name of its branch alone', () => {
    expect(queueEntry(`refs/heads/gh-readonly-queue/main/pr-104-${BASE}`)).toEqual({ targetBranch: 'main', number: 104, baseSha: BASE });
    expect(queueEntry(`gh-readonly-queue/release/pr-9-x/pr-104-${BASE}`)).toEqual({ targetBranch: 'release/pr-9-x', number: 104, baseSha: BASE });
  });

  it.each(['main', `gh-readonly-queue/main/pr-104`, `feature/gh-readonly-queue/main/pr-104-${BASE}`, `gh-readonly-queue/main/pr-0-${BASE}`])(
    '%s is none',
    (ref) => expect(queueEntry(ref)).toBeNull(),
  );
});
