import { bytes, refusal } from './bytes.fixture.ts';
import { readLcov } from './lcov.ts';
import { DIFF_MOST, patchCoverage, type PatchCoverage } from './patch-coverage.ts';

const PATHS = ['src/a.py', 'src/模型 ü.py', 'b/a/x.py', 'gone.py'];
async function covered(diff: string, lcov: string): Promise<PatchCoverage> {
  const { files } = await readLcov(bytes(lcov), PATHS);
  return patchCoverage(diff, files);
}
const A = 'SF:src/a.py\nDA:1,1\nDA:2,1\nDA:3,0\nDA:5,7\nend_of_record\n';
const DIFF = `diff --git a/src/a.py b/src/a.py
index 83db48f..bf269f4 100644
--- a/src/a.py
+++ b/src/a.py
@@ -1,2 +1,5 @@ def f():
 import os
-x = 1
+x = 2
+y = 3
+
+z = x
\\ No newline at end of file
`;

it('added lines are covered, not covered, or cannot be; those of a file without coverage are unknown', async () => {
  const readme = `diff --git a/README.md b/README.md\nnew file mode 100644\nindex 0000000..257cc56\n--- /dev/null\n+++ b/README.md\n@@ -0,0 +1,2 @@\n+# Title\n+words\n`;
  expect(await covered(DIFF + readme, A)).toEqual({
    files: [
      { path: 'src/a.py', covered: [2, 5], uncovered: [3], unknown: [] },
      { path: 'README.md', covered: [], uncovered: [], unknown: [1, 2] },
    ],
    counts: { added: 6, coverable: 3, covered: 2, unknown: 2 },
  });
});

it.each([
  ['one line without counts', '@@ -0,0 +1 @@\n+a\n', [1]],
  ['lines that look like a header', '@@ -0,0 +1,3 @@\n+a\n+++ b/other.py\n+-- c\n', [1, 2]],
  ['two chunks', '@@ -1 +1 @@\n-a\n+b\n@@ -9,2 +5,2 @@\n context\n-a\n+b\n', [1]],
  ['line ends of Windows', '@@ -0,0 +1,2 @@\r\n+a\r\n+b\r\n', [1, 2]],
])('%s', async (_, chunks, lines) => {
  const { files } = await covered(`diff --git a/src/a.py b/src/a.py\n--- a/src/a.py\n+++ b/src/a.py\n${chunks}`, A);
  expect(files).toMatchObject([{ path: 'src/a.py', covered: lines }]);
});

it('names in other scripts as git quotes them, folders called a and b, renames, deletions, pictures', async () => {
  const quoted = String.raw`"b/src/\346\250\241\345\236\213 \303\274.py"`;
  const diff = `diff --git "a/src/x.py" ${quoted}
similarity index 90%
rename from src/x.py
rename to src/x2.py
--- a/src/x.py
+++ ${quoted}
@@ -0,0 +1 @@
+a
diff --git a/b/a/x.py b/b/a/x.py
--- a/b/a/x.py
+++ b/b/a/x.py
@@ -0,0 +1 @@
+a
diff --git a/gone.py b/gone.py
deleted file mode 100644
index 257cc56..0000000
--- a/gone.py
+++ /dev/null
@@ -1 +0,0 @@
-a
diff --git a/logo.png b/logo.png
index 1..2 100644
Binary files a/logo.png and b/logo.png differ
`;
  const { files, counts } = await covered(diff, 'SF:src/模型 ü.py\nDA:1,1\nend_of_record\nSF:b/a/x.py\nDA:1,0\nend_of_record\n');
  expect(files).toEqual([
    { path: 'src/模型 ü.py', covered: [1], uncovered: [], unknown: [] },
    { path: 'b/a/x.py', covered: [], uncovered: [1], unknown: [] },
  ]);
  expect(counts).toEqual({ added: 2, coverable: 2, covered: 1, unknown: 0 });
});

it('a diff of nothing adds nothing', () => {
  expect(patchCoverage('', []).counts).toEqual({ added: 0, coverable: 0, covered: 0, unknown: 0 });
});

it.each([
  ['cut off in a chunk', DIFF.slice(0, DIFF.indexOf('+y')), { reason: 'CUT_OFF', file: 'src/a.py' }],
  ['cut off after the head of a chunk', DIFF.slice(0, DIFF.indexOf(' import')), { reason: 'CUT_OFF', file: 'src/a.py' }],
  ['with more lines in a chunk than that says', DIFF.replace('+1,5', '+1,4'), { reason: 'MALFORMED' }],
  ['a combined diff of a merge', 'diff --cc a.py\nindex 1,2..3\n--- a/a.py\n+++ b/a.py\n@@@ -1,1 -1,1 +1,2 @@@\n++a\n', { reason: 'MALFORMED', line: 5 }],
  ['no diff', 'hello\nworld\n', { reason: 'OTHER_FORMAT' }],
  ['a remark before any line', '--- a/x\n+++ b/x\n@@ -1 +1 @@\n\\ No newline at end of file\n+a\n', { reason: 'MALFORMED' }],
  ['too long', 'x'.repeat(DIFF_MOST + 1), { reason: 'LIMIT', most: DIFF_MOST }],
])('%s is refused', async (_, diff, why) => {
  expect(await refusal(Promise.resolve().then(() => patchCoverage(diff, [])))).toMatchObject(why);
});
