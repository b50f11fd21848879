import { pointsIn, TICKET_TITLE_MAX, titleExcess, titleOf } from './ticket.ts';

describe('pointsIn', () => {
  it.each([
    ['', null],
    ['  ', null],
    ['3', 3],
    [' 0.5 ', 0.5],
    ['.5', 0.5],
    ['1000', 1000],
    ['2,5', 2.5],
    ['３．５', 3.5],
    ['-1', undefined],
    ['1.3', undefined],
    ['1000.5', undefined],
    ['1,000', undefined],
    ['1e2', undefined],
    ['0x10', undefined],
    ['three', undefined],
    ['.', undefined],
    ['1.2.3', undefined],
    ['5²', undefined],
  ])('%j', (typed, points) => {
    expect(pointsIn(typed)).toBe(points);
  });
});

describe('a title', () => {
  it('is one line', () => {
    expect(titleOf('  Clean \r\n\n the crawl\n')).toBe('Clean the crawl');
    expect(titleOf('two  spaces\n \nstay')).toBe('two  spaces stay');
    expect(titleOf(' \n ')).toBe('');
  });

  it('is too long by what cannot be kept', () => {
    expect(titleExcess(` ${'x'.repeat(TICKET_TITLE_MAX)} `)).toBe(0);
    expect(titleExcess('x'.repeat(TICKET_TITLE_MAX + 12))).toBe(12);
  });
});
