import { act, renderHook } from '@testing-library/react';
import { jest } from '@jest/globals';
import { connection, useConnection } from './connection.ts';

const answer = (status: number) => Promise.resolve({ status } as Response);

describe('the connection', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    act(() => connection.restored());
    jest.useRealTimers();
  });

  it('is looked for until the api itself answers: a proxy in front of a dead api does not count', async () => {
    const answers = [() => Promise.reject(new TypeError('Failed to fetch')), () => answer(502), () => answer(200)];
    const asked = jest.fn(() => (answers.shift() ?? (() => answer(200)))());
    globalThis.fetch = asked as unknown as typeof fetch;
    AbortSignal.timeout ??= () => new AbortController().signal;
    const { result } = renderHook(useConnection);
    expect(result.current).toBe('ONLINE');
    act(() => connection.lost());
    expect(result.current).toBe('RECONNECTING');
    for (let i = 0; i < 2; i += 1) {
      await act(() => jest.advanceTimersByTimeAsync(1_000));
      expect(result.current).toBe('RECONNECTING');
    }
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(result.current).toBe('ONLINE');
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(asked).toHaveBeenCalledTimes(3);
  });

  it('asks once however many requests failed, and not at all when one of them succeeds', async () => {
    const asked = jest.fn(() => answer(200));
    globalThis.fetch = asked as unknown as typeof fetch;
    act(() => {
      connection.lost();
      connection.lost();
      connection.lost();
    });
    await act(() => jest.advanceTimersByTimeAsync(1_000));
    expect(asked).toHaveBeenCalledTimes(1);
    act(() => connection.lost());
    act(() => connection.restored());
    await act(() => jest.advanceTimersByTimeAsync(10_000));
    expect(asked).toHaveBeenCalledTimes(1);
  });

  it('wakes who waits for it as soon as the server answers, and lets nobody wait longer than they want', async () => {
    globalThis.fetch = (() => answer(200)) as unknown as typeof fetch;
    const woken: string[] = [];
    act(() => connection.lost());
    void connection.back(5_000).then((answers) => woken.push(`patient: ${answers}`));
    void connection.back(300).then((answers) => woken.push(`hasty: ${answers}`));
    await act(() => jest.advanceTimersByTimeAsync(300));
    expect(woken).toEqual(['hasty: false']);
    await act(() => jest.advanceTimersByTimeAsync(700));
    expect(woken).toEqual(['hasty: false', 'patient: true']);
  });
});
