import { LogTail } from './log-tail.ts';

const line = (claim: number, number: number) => ({ claim, line: number, at: '2026-11-22T04:00:00Z', stream: 'OUT', text: `${claim}.${number}`, params: null });
const texts = (log: LogTail): string[] => log.get().map((one) => one.text);

it('keeps each line once, in order, and the newest when there are too many', () => {
  const log = new LogTail(3);
  log.append([line(1, 0), line(1, 1)]);
  log.append([line(1, 1), line(1, 2)]);
  log.append([line(2, 0)]);
  log.append([line(1, 9)]);
  expect(texts(log)).toEqual(['1.1', '1.2', '2.0']);
});

it('tells only of news', () => {
  const log = new LogTail();
  let told = 0;
  log.subscribe(() => (told += 1));
  log.append([line(1, 0)]);
  log.append([line(1, 0)]);
  expect(told).toBe(1);
  log.clear();
  log.clear();
  expect(told).toBe(2);
});
