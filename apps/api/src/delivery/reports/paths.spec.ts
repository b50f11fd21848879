import { resolvePaths } from './paths.ts';

const resolved = (names: string[], roots: string[], paths: string[]): (string | null)[] =>
  [...resolvePaths(names, roots, paths).values()].map(({ path, why }) => path ?? why);

it.each([
  ['as it stands', ['src/a.ts'], [], ['src/a.ts', 'lib/src/a.ts'], ['src/a.ts']],
  ['of another machine', ['/home/ci/build/src/a.ts'], [], ['src/a.ts'], ['src/a.ts']],
  ['of a container that has a part of the repository', ['/app/src/a.ts'], [], ['services/shop/src/a.ts', 'src/b.ts'], ['services/shop/src/a.ts']],
  ['relative to a source', ['a.py'], ['/ws/pkg'], ['pkg/a.py', 'other/a.py'], ['pkg/a.py']],
  ['without its source', ['com/x/Foo.java'], [], ['core/src/main/java/com/x/Foo.java'], ['core/src/main/java/com/x/Foo.java']],
  ['a bare name that only one file has', ['Foo.swift'], [], ['ios/Foo.swift'], ['ios/Foo.swift']],
  ['by the name of a module', ['github.com/org/shop/cart/cart.go'], [], ['cart/cart.go', 'cart.go'], ['cart/cart.go']],
  ['of Windows', [String.raw`D:\a\shop\src\a.cs`], [], ['src/a.cs'], ['src/a.cs']],
  ['as an address, with dots', ['file:///ws/src/x/../a.ts', './src/b.ts'], [], ['src/a.ts', 'src/b.ts'], ['src/a.ts', 'src/b.ts']],
  ['in the root', ['/ws/setup.py'], ['/ws'], ['setup.py'], ['setup.py']],
  ['in the root, as others show', ['/ws/setup.py', '/ws/src/a.py'], [], ['setup.py', 'src/a.py'], ['setup.py', 'src/a.py']],
  ['unlike in letters', ['src/A.ts'], [], ['src/a.ts'], ['MISSING']],
  ['that is nowhere', ['gen/x.ts'], [], ['src/a.ts'], ['MISSING']],
  ['of two files', ['/ws/src/a.ts'], [], ['x/src/a.ts', 'y/src/a.ts'], ['AMBIGUOUS']],
  ['of two files, as others show', ['/ws/src/a.ts', '/ws/src/b.ts'], [], ['x/src/a.ts', 'y/src/a.ts', 'y/src/b.ts'], ['y/src/a.ts', 'y/src/b.ts']],
  ['of a dependency, by a bare name', ['/ws/node_modules/z/index.js', '/ws/src/a.js'], [], ['index.js', 'src/a.js'], ['MISSING', 'src/a.js']],
  [
    'of a dependency, by two names',
    ['/ws/node_modules/z/src/a.js', '/ws/lib/b.js', '/ws/lib/c.js'],
    [],
    ['core/src/a.js', 'lib/b.js', 'lib/c.js'],
    ['MISSING', 'lib/b.js', 'lib/c.js'],
  ],
  [
    'of two packages, each from its own folder',
    ['src/a1.ts', 'src/a2.ts', 'src/b1.ts', 'src/b2.ts', 'src/index.ts'],
    [],
    ['a/src/a1.ts', 'a/src/a2.ts', 'b/src/b1.ts', 'b/src/b2.ts', 'a/src/index.ts', 'b/src/index.ts'],
    ['a/src/a1.ts', 'a/src/a2.ts', 'b/src/b1.ts', 'b/src/b2.ts', 'AMBIGUOUS'],
  ],
])('a name %s', (_, names, roots, paths, expected) => {
  expect(resolved(names, roots, paths)).toEqual(expected);
});

it('100,000 files of a repository and 10,000 of one name in a report take seconds at most', () => {
  const paths = Array.from({ length: 100_000 }, (_, i) => `packages/p${i % 500}/src/f${Math.floor(i / 500)}/index.ts`);
  const names = paths.slice(0, 10_000).map((path) => `/ws/${path}`);
  const began = performance.now();
  expect(resolved(names, [], paths)).toEqual(paths.slice(0, 10_000));
  expect(performance.now() - began).toBeLessThan(10_000);
});
