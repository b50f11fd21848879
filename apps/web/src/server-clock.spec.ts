import { jest } from '@jest/globals';
import { learnServerTime, serverNow, serverToday } from './server-clock.ts';

const NOON = Date.parse('2026-11-28T12:00:00Z');
const HOUR = 3_600_000;

beforeEach(() => jest.useFakeTimers({ now: NOON }));
afterEach(() => {
  learnServerTime(new Date(Date.now()).toUTCString(), Date.now(), Date.now());
  jest.useRealTimers();
});

describe('the time of the server', () => {
  it('is what the answers say where this clock is wrong', () => {
    learnServerTime(new Date(NOON - 3 * HOUR).toUTCString(), NOON, NOON + 200);
    expect(Math.abs(serverNow() - (NOON - 3 * HOUR))).toBeLessThan(1_000);
  });

  it('is this clock where the two agree as exactly as a header can say', () => {
    learnServerTime(new Date(NOON - 900).toUTCString(), NOON, NOON + 300);
    expect(serverNow()).toBe(NOON);
    // nor does a slow answer move it
    learnServerTime(new Date(NOON + 3_000).toUTCString(), NOON, NOON + 8_000);
    expect(serverNow()).toBe(NOON);
  });

  it.each([null, '', 'yesterday'])('is left alone by an answer dated %j', (date) => {
    learnServerTime(date, NOON, NOON);
    expect(serverNow()).toBe(NOON);
  });

  it('says which day it is where rights are decided: in UTC and by the clock of the server', () => {
    expect(serverToday()).toBe('2026-11-28');
    learnServerTime(new Date(NOON + 13 * HOUR).toUTCString(), NOON, NOON);
    expect(serverToday()).toBe('2026-11-29');
  });
});
