import { paramsWithoutTrace, withoutTrace } from './without-trace.ts';

const CRASH = `file:///srv/trainyard/apps/ml-runner/src/datasets/table-file.ts:123
    throw new CsvError('INVALID_OPENING_QUOTE', [
          ^

Error: Invalid Opening Quote: a quote is found on field 0
    at Parser.__parse (file:///srv/trainyard/node_modules/csv-parse/lib/api/index.js:280:19)
    at async work (/srv/trainyard/apps/ml-runner/src/child.ts:54:45)
    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)

Node.js v24.21.0`;

it('keeps what went wrong, and nothing of where on the machine', () => {
  const told = withoutTrace(CRASH);
  expect(told).toContain('Error: Invalid Opening Quote');
  expect(told).not.toMatch(/\/srv|node_modules|\bat (Parser|async|process)|Node\.js v/);
});

it.each([
  ['ENOENT: no such file, open /home/ana/data/x.csv', 'ENOENT: no such file, open …/x.csv'],
  ["open 'C:\\Users\\ana\\x.csv'", "open '…/x.csv'"],
  ['5/6 of the rows and 1/2', '5/6 of the rows and 1/2'],
  ['TypeError: x is not a function', 'TypeError: x is not a function'],
  ['look at the page', 'look at the page'],
])('%s', (words, told) => expect(withoutTrace(words)).toBe(told));

it('leaves the path that was asked for among the facts', () => {
  expect(paramsWithoutTrace({ path: '/data/in/x.csv', reason: 'open /data/in/x.csv', row: 3 })).toEqual({ path: '/data/in/x.csv', reason: 'open …/x.csv', row: 3 });
});
