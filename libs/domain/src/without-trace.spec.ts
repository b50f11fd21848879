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
  expect(withoutTrace(CRASH)).toBe("throw new CsvError('INVALID_OPENING_QUOTE', [\n\nError: Invalid Opening Quote: a quote is found on field 0");
});

it.each([
  ['    at f (/srv/trainyard/x.js:1:2)'],
  ['at async Server.answer (/srv/x.js:105:19)'],
  ['\tat /srv/x.js:12:34'],
  ['    at Array.map (<anonymous>)'],
  ['    at <anonymous>'],
  ['    at Array.map (native)'],
  ['    at f (C:\\trainyard\\x.js:1:2)\r'],
  ['    ^'],
  ['        ^^^^^^^'],
  ['file:///srv/x.ts:123'],
  ['node:internal/modules/run_main:107'],
  ['/srv/trainyard/x.js:9'],
  ['/srv/trainyard/x.js:123'],
  ['Node.js v24.21.0'],
])('nothing of a line that only says where: %j', (line) => {
  expect(withoutTrace(`${line}\nIt broke.`)).toBe('It broke.');
  expect(withoutTrace(`It broke.\n${line}`)).toBe('It broke.');
});

it.each([
  ['the disk was full at 10:15:30'],
  ['at 10:15:30 the disk was full'],
  ['at step 9 of 10'],
  ['m² is ^2'],
  ['^ is no operator'],
  ['node:fs is not there'],
  ['it takes Node.js v24'],
  ['Node.js is not there'],
  ['one line\n\n  and another'],
])('all of a line that says more: %j', (words) => expect(withoutTrace(` ${words} \n`)).toBe(words));

it.each([
  ['ENOENT: no such file, open /home/ana/data/x.csv', 'ENOENT: no such file, open …/x.csv'],
  ["open 'C:\\Users\\ana\\x.csv'", "open '…/x.csv'"],
  ['5/6 of the rows and 1/2', '5/6 of the rows and 1/2'],
  ['TypeError: x is not a function', 'TypeError: x is not a function'],
  ['open /home/李伟/数据/x.csv', 'open …/x.csv'],
  ["open '/数据/训练/样本.csv'", "open '…/样本.csv'"],
  ['打开/home/ana/x.csv', '打开…/x.csv'],
  ['stat file:///home/josé/x.csv', 'stat …/x.csv'],
  ["open 'C:\\用户\\李伟\\x.csv'", "open '…/x.csv'"],
  ['男/女/其他', '男/女/其他'],
  ['train/validation/test', 'train/validation/test'],
  ['/data/in/x.csv:3 holds no number', '…/x.csv:3 holds no number'],
  ['look at the page', 'look at the page'],
])('%s', (words, told) => expect(withoutTrace(words)).toBe(told));

it('leaves the path that was asked for among the facts', () => {
  expect(paramsWithoutTrace({ path: '/data/in/x.csv', reason: 'open /data/in/x.csv', row: 3 })).toEqual({
    path: '/data/in/x.csv',
    reason: 'open …/x.csv',
    row: 3,
  });
});
