import { jest } from '@jest/globals';
import { act, fireEvent, renderHook } from '@testing-library/react';
import { useStillKnown } from './useStillKnown.ts';

const look = (visibility: DocumentVisibilityState): void => {
  jest.spyOn(document, 'visibilityState', 'get').mockReturnValue(visibility);
  fireEvent(document, new Event('visibilitychange'));
};

describe('whether one is still signed in', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  it('is asked while the tab is seen, and at once when it is looked at again', () => {
    let asked = 0;
    const { unmount } = renderHook(() => useStillKnown(() => Promise.resolve((asked += 1))));
    act(() => jest.advanceTimersByTime(60_000));
    expect(asked).toBe(2);
    look('hidden');
    act(() => jest.advanceTimersByTime(600_000));
    expect(asked).toBe(2);
    look('visible');
    expect(asked).toBe(3);
    unmount();
    act(() => jest.advanceTimersByTime(60_000));
    expect(asked).toBe(3);
  });
});
