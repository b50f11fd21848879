import { signInSearch } from './sign-in-search.ts';

describe('where to go after signing in', () => {
  it.each([['/people'], ['/projects/NLP/board/1?ticket=NLP-1']])('takes the path %s of this app', (to) => {
    expect(signInSearch({ to })).toEqual({ to });
  });

  it.each([['https://evil.example'], ['//evil.example'], ['/\\\\evil.example'], ['javascript:alert(1)'], ['people'], [''], [7], [undefined]])(
    'refuses %s',
    (to) => {
      expect(signInSearch({ to })).toEqual({});
    },
  );
});
