import { act, renderHook, waitFor } from '@testing-library/react';
import { useLater } from './useLater.ts';

const SOON = 5;

/** A part that comes at the `nth` try: the server is away before. */
function part(nth: number) {
  let tries = 0;
  const load = (): Promise<{ default: string }> => {
    tries += 1;
    return tries < nth ? Promise.reject(new TypeError('Failed to fetch')) : Promise.resolve({ default: 'it' });
  };
  let failures = 0;
  const onFail = (): void => void (failures += 1);
  return { load, onFail, seen: () => ({ tries, failures }) };
}

describe('a part that comes later', () => {
  // jsdom knows no idleness: here the page is always idle
  beforeAll(() => {
    window.requestIdleCallback = (task) => window.setTimeout(task, 0);
    window.cancelIdleCallback = (handle) => window.clearTimeout(handle);
  });
  afterAll(() => {
    for (const name of ['requestIdleCallback', 'cancelIdleCallback']) Reflect.deleteProperty(window, name);
  });

  it('is tried again where nobody waits for it, and says nothing of what failed', async () => {
    const { load, onFail, seen } = part(3);
    const { result } = renderHook(() => useLater(load, false, onFail, SOON));
    await waitFor(() => expect(result.current).toBe('it'));
    expect(seen()).toEqual({ tries: 3, failures: 0 });
  });

  it('says that it cannot come to whoever waits, and comes with the next wish', async () => {
    const { load, onFail, seen } = part(2);
    const { result, rerender } = renderHook(({ wanted }) => useLater(load, wanted, onFail, 60_000), { initialProps: { wanted: true } });
    await waitFor(() => expect(seen()).toEqual({ tries: 1, failures: 1 }));
    expect(result.current).toBeNull();
    rerender({ wanted: false });
    rerender({ wanted: true });
    await waitFor(() => expect(result.current).toBe('it'));
    expect(seen()).toEqual({ tries: 2, failures: 1 });
  });

  it('is left when the page is left', async () => {
    const { load, onFail, seen } = part(Infinity);
    const { unmount } = renderHook(() => useLater(load, false, onFail, SOON));
    await waitFor(() => expect(seen().tries).toBeGreaterThan(0));
    unmount();
    const { tries } = seen();
    await act(() => new Promise((resolve) => setTimeout(resolve, 80 * SOON)));
    expect(seen().tries).toBe(tries);
  });
});
