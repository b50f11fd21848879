import fc from 'fast-check';
import { keysIn, longestExisting, type KeyPlace } from './keys.ts';

const keys = (text: string, place: KeyPlace) => keysIn(text, place).map(({ projectKey, number }) => `${projectKey}-${number}`);
const closing = (text: string) =>
  keysIn(text, 'TEXT')
    .filter(({ closes }) => closes)
    .map(({ projectKey, number }) => `${projectKey}-${number}`);

describe('keys in a text', () => {
  it.each([
    ['ABC-12', ['ABC-12']],
    ['Load shards once (ABC-12), see DC2-7.', ['ABC-12', 'DC2-7']],
    ['[ABC-1][ABC-2]ABC-3', ['ABC-1', 'ABC-2', 'ABC-3']],
    ['Merge branch feature/ABC-12-loader', ['ABC-12']],
    ['_ABC-12_ and **ABC-13**', ['ABC-12', 'ABC-13']],
    ['修复ABC-12的问题，以及ABC-13。', ['ABC-12', 'ABC-13']],
    ['#ABC-12: title', ['ABC-12']],
    // lower case means nothing outside of branches
    ['abc-12 Abc-12', []],
    // parts of words
    ['ABC-12th éABC-12 ABC-12é XABC-', []],
    ['A-1 ABCDEFGHIJK-1', []],
    // no ticket has such a number
    ['ABC-0 ABC-012 ABC-1234567890', []],
    // versions and shares
    ['GPU-90% of GPT-4.5', []],
    ['Ends with ABC-12.', ['ABC-12']],
    ['41D4-A716 550E8400-E29B-4124-A716-446655440000', []],
  ])('%s', (text, expected) => expect(keys(text, 'TEXT')).toEqual(expected));

  it('are not read from addresses', () => {
    for (const address of [
      'https://trainyard.example/t/ABC-12',
      'see(https://trainyard.example/a(b)/ABC-12?x=ABC-13#ABC-14',
      'www.example.com/ABC-12',
      'jira.example.com:8080/browse/ABC-12',
      'ABC-12@example.com',
      'mailto:team+ABC-12@example.com',
      'git@example.com:org/ABC-12.git',
      '@org/ABC-12',
    ]) {
      expect([address, keys(address, 'TEXT')]).toEqual([address, []]);
      expect(keys(`ABC-1 ${address} ABC-2`, 'TEXT')).toEqual(['ABC-1', 'ABC-2']);
    }
    expect(keys('见https://example.com/ABC-12，关联ABC-13', 'TEXT')).toEqual(['ABC-13']);
  });

  it('zielu/GitToolBox#638: a link in a commit message is no key', () => {
    expect(keys('fix ABC-4048: blabla\n\nSee https://google.com/ABC-1', 'TEXT')).toEqual(['ABC-4048']);
  });
});

describe('keys in a branch', () => {
  it.each([
    ['feature/ABC-12-loader', ['ABC-12']],
    ['abc-12', ['ABC-12']],
    ['fix/#12-ü-模型/abc-12', ['ABC-12']],
    ['abc-12-abc-13_dc2-7', ['ABC-12', 'ABC-13', 'DC2-7']],
    ['dependabot/npm_and_yarn/node-18.2', []],
    ['gh-readonly-queue/main/pr-104-0123456789abcdef0123456789abcdef01234567', []],
    // atlassian/github-for-jira#101
    ['branchname.ABC-12', ['ABC-12']],
    ['branchname_ABC-12', ['ABC-12']],
    // atlassian/github-for-jira#2185
    ['abcd-123lfr1m', []],
    ['abcd-admin-6lfr1m', []],
    ['abcd-admin-6-lfr1m', ['ADMIN-6']],
    ['abcd-admin-6_', ['ADMIN-6']],
    // infobip/kafkistry#19
    ['123ABC-456XYZ', []],
    ['KFK-123-my-feature', ['KFK-123']],
    // atlassian/atlascode#1830: a project of another tracker, whose key ends in a number
    ['SDR_6-44', []],
  ])('%s', (text, expected) => expect(keys(text, 'BRANCH')).toEqual(expected));

  it('never close', () => {
    expect(keysIn('fixes abc-12', 'BRANCH').map(({ closes }) => closes)).toEqual([false]);
  });
});

describe('14: false friends', () => {
  const FRIENDS: [string, KeyPlace, string[]][] = [
    ['2022-02', 'TEXT', []],
    ['release/2022-02', 'BRANCH', []],
    ['2023-04-11-245a825', 'BRANCH', []],
    ['2023-04-11-245a825', 'TEXT', []],
    ['JSP_JIR-123', 'BRANCH', []],
    ['JSP_JIR-123', 'TEXT', []],
    ['ABC-123_2', 'BRANCH', ['ABC-123']],
    ['ABC-123_2', 'TEXT', ['ABC-123']],
    ['test-1234-my-branch', 'BRANCH', ['TEST-1234']],
    ['feature/lief-12155-test', 'BRANCH', ['LIEF-12155']],
    ['test-1234-my-branch', 'TEXT', []],
  ];
  it.each(FRIENDS)('%s in %s', (text, place, expected) => expect(keys(text, place)).toEqual(expected));

  it('are told apart by what exists: UTF-8, SHA-256 and ISO-8601 look like keys', () => {
    const text = 'Write UTF-8, hash by SHA-256, dates by ISO-8601 (ABC-7)';
    expect(longestExisting(keysIn(text, 'TEXT'), ({ projectKey }) => projectKey === 'ABC').map(({ number }) => number)).toEqual([7]);
    expect(longestExisting(keysIn(text, 'TEXT'), () => false)).toEqual([]);
  });
});

describe('closing words', () => {
  it.each([
    ['fixes ABC-1, ABC-2 and ABC-3; see ABC-4 and ABC-5', ['ABC-1', 'ABC-2', 'ABC-3']],
    ['Closes: ABC-1', ['ABC-1']],
    ['Resolved [ABC-1], [ABC-2]', ['ABC-1', 'ABC-2']],
    ['FIX #ABC-1', ['ABC-1']],
    ['close ABC-1, and ABC-2', ['ABC-1', 'ABC-2']],
    ['关闭 ABC-1、ABC-2和ABC-3', ['ABC-1', 'ABC-2', 'ABC-3']],
    ['修复了ABC-1，解决：ABC-2', ['ABC-1', 'ABC-2']],
    ['Fixes ABC-1\nABC-2', ['ABC-1']],
    // a scope of a conventional commit, and words that only end alike
    ['fix(ABC-1): load once', []],
    ['hotfix ABC-1, bug-fix ABC-2, prefixes ABC-3', []],
    ['fixes the loader of ABC-1', []],
    // the opposite
    ['does not fix ABC-1', []],
    ["doesn't close ABC-1, ABC-2", []],
    ['partly fixes ABC-1', []],
    ['will not be fixed: ABC-1; does not fully resolve ABC-2', []],
    ['not only fixes ABC-1', ['ABC-1']],
    ['未修复 ABC-1', []],
    ['没有解决ABC-1', []],
  ])('%s', (text, expected) => expect(closing(text)).toEqual(expected));
});

describe('the longest that exist', () => {
  const candidate = (at: number, projectKey: string, number: number, closes = false) => ({
    projectKey,
    number,
    closes,
    at,
    length: `${projectKey}-${number}`.length,
  });

  it('15: three keys in one title are three tickets', () => {
    expect(longestExisting(keysIn('ABC-1 ABC-2, DC2-3: one stack', 'TEXT'), () => true)).toHaveLength(3);
  });

  it('are chosen where candidates overlap', () => {
    const overlapping = [candidate(0, 'ABC', 12), candidate(0, 'ABC', 123), candidate(1, 'BC', 123)];
    expect(longestExisting(overlapping, () => true).map(({ number, at }) => [number, at])).toEqual([[123, 0]]);
    expect(longestExisting(overlapping, ({ number }) => number === 12)).toEqual([overlapping[0]]);
  });

  it('name a ticket once, and close it if one place does', () => {
    expect(longestExisting(keysIn('ABC-1: loader. Fixes ABC-1', 'TEXT'), () => true)).toMatchObject([{ number: 1, closes: true, at: 0 }]);
  });
});

describe('hostile texts', () => {
  it('are read in one pass: a second look at what stands before would not end', () => {
    for (const unit of ['A-A-A-', 'A', '9', 'AB-1,', 'AB-1_', '_', '@', 'a@', 'https://', ':/', 'a.', 'x-', 'fixes ', 'AB-12.', '０', '修', 'FFFFFFFF-']) {
      const found = keysIn(unit.repeat(Math.ceil(200_000 / unit.length)), 'TEXT');
      expect([unit, found.length <= 200_000 / 4]).toEqual([unit, true]);
      keysIn(unit.repeat(Math.ceil(200_000 / unit.length)), 'BRANCH');
    }
  });

  it('of any kind give only candidates that stand there', () => {
    const pieces = fc.constantFrom('ABC', '-', '1', '12', '_', '.', ' ', '@', '/', 'https://', 'fixes ', 'a', '修复', 'é', '𐐀', ',', '(', '%');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 30 }), fc.constantFrom<KeyPlace>('BRANCH', 'TEXT'), (parts, place) => {
        const text = parts.join('');
        let end = 0;
        for (const { projectKey, number, at, length } of keysIn(text, place)) {
          expect(text.slice(at, at + length).toUpperCase()).toBe(`${projectKey}-${number}`);
          expect(at).toBeGreaterThanOrEqual(end);
          end = at + length;
        }
      }),
      { numRuns: 500 },
    );
  });
});
