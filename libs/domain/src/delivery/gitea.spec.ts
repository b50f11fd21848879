import { giteaNames, giteaState, giteaWords } from './gitea.ts';
import { rollup } from './rollup.ts';
import { check } from './story.fixture.ts';

const status = (id: number, name: string, word: string, warningFails = false) =>
  check({ source: 'STATUS', app: null, workflow: null, event: null, id: String(id), name, ...giteaWords(word, warningFails) });

describe('statuses of Gitea and Forgejo', () => {
  it.each<[string[], string]>([
    [[], 'pending'],
    [['success', 'skipped', 'warning'], 'success'],
    [['success', 'pending'], 'pending'],
    [['pending', 'error'], 'failure'],
    [['failure', 'success'], 'failure'],
    [['success', 'blocked'], 'pending'],
  ])('%j is %s', (words, state) => expect(giteaState(words.map((word, index) => status(index + 1, `ci/${index}`, word)))).toBe(state));

  it('count the newest of each context, by id, in both orders', () => {
    const posts = [status(9, 'ci', 'failure'), status(10, 'ci', 'success')];
    expect([giteaState(posts), giteaState(posts.toReversed())]).toEqual(['success', 'success']);
  });

  it('none is not a pass', () => expect(rollup([], null).verdict).toBe('NONE'));

  it('Mic92/gitea-mq#2 and go-gitea/gitea#37048: a warning is an end; whether it fails depends on the version, so it is counted apart', () => {
    const rolled = rollup([status(1, 'eval', 'warning'), status(2, 'ci', 'success')], [{ name: 'eval', app: null }]);
    expect(rolled).toMatchObject({ verdict: 'PASSING', counts: { WARNING: 1, PASS: 1 }, requiredCount: { passed: 1, total: 1 } });
    expect(rollup([status(1, 'eval', 'warning', true)], null).verdict).toBe('FAILING');
  });

  it('required contexts may be patterns; one that nothing fits is expected', () => {
    const rows = [status(1, 'ci/test (push)', 'success'), status(2, 'ci/lint (push)', 'pending')];
    const answers = (name: string) => rollup(rows, [{ name, app: null }], giteaNames).required![0]!.answer;
    expect(answers('ci/test*')).toBe('PASSED');
    expect(answers('ci/*')).toBe('PENDING');
    expect(answers('deploy/*')).toBe('EXPECTED');
  });

  it.each([
    ['ci/*', 'ci/', true],
    ['*', '', true],
    ['', '', true],
    ['', 'a', false],
    ['a*b*c', 'a-b-b-c', true],
    ['a*b*c', 'a-b-b', false],
    ['a?', 'a', false],
    ['a?', 'ab', true],
    ['a', 'a?', false],
    ['[ab]', 'a', false],
  ])('%s fits %s: %s', (pattern, name, fits) => expect(giteaNames(pattern, name)).toBe(fits));

  it('a hostile pattern ends', () => {
    expect(giteaNames('*a'.repeat(200), 'a'.repeat(1000) + 'b')).toBe(false);
  });
});
