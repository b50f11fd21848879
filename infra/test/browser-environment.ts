import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';
import { JSDOM, VirtualConsole, type DOMWindow } from 'jsdom';
import { createRequire } from 'node:module';
import { runInNewContext } from 'node:vm';
import NativeEnvironment from './native-environment.ts';

const ADDRESS = 'http://localhost/';

const told = new VirtualConsole();
/** One for all the spec files of a worker, as its modules are: React and testing-library's `screen` keep the document they first saw. */
const page = new JSDOM('<!DOCTYPE html>', { url: ADDRESS, pretendToBeVisual: true, virtualConsole: told });
const window: DOMWindow & Record<string, unknown> = page.window;

const TIMERS = ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] as const;
/** What the page shares with the process: the language itself, and what both have alike. */
const SHARED = new Set<string>([
  ...(runInNewContext('Object.getOwnPropertyNames(globalThis)') as string[]),
  ...TIMERS,
  ...['atob', 'btoa', 'console', 'crypto', 'performance', 'queueMicrotask'],
]);

// Fake timers replace those of the process: the page has no others.
for (const name of TIMERS) Object.assign(window, { [name]: (...args: never[]) => (globalThis[name] as (...args: never[]) => unknown)(...args) });

// Read at each use, so that the two never differ. A function of the page wants the page for its `this`.
for (const name of [...Object.getOwnPropertyNames(window), 'addEventListener', 'removeEventListener', 'dispatchEvent']) {
  if (SHARED.has(name) || name.startsWith('_')) continue;
  let bound: unknown = null;
  let of: unknown = null;
  const get = (): unknown => {
    const value = window[name];
    if (value === page.window) return globalThis;
    if (typeof value !== 'function' || /^[A-Z]/.test(name)) return value;
    if (value !== of) [of, bound] = [value, value.bind(page.window)];
    return bound;
  };
  Object.defineProperty(globalThis, name, { configurable: true, get, set: (value: unknown) => void (window[name] = value) });
}

// React has its work done by what it finds when it is loaded. By what Node has of its own, effects would come now before and now behind the timer for
// which testing-library waits; as timers, they come in their turn.
const { setImmediate, MessageChannel } = globalThis;
Object.assign(globalThis, { setImmediate: undefined, MessageChannel: undefined });
createRequire(import.meta.url)('scheduler');
Object.assign(globalThis, { setImmediate, MessageChannel });

type FakeTimersConfig = NonNullable<Parameters<ModernFakeTimers['useFakeTimers']>[0]>;
/** Node itself, and Jest, go on by these. */
const NODES_TIMERS: FakeTimersConfig['doNotFake'] = ['nextTick', 'hrtime', 'setImmediate', 'clearImmediate', 'queueMicrotask', 'performance'];

const mocker = new ModuleMocker(globalThis);
let timers: ModernFakeTimers;
/** As much of Jest's `jest` as screens have a use for. */
const jest = {
  fn: mocker.fn.bind(mocker),
  spyOn: mocker.spyOn.bind(mocker),
  restoreAllMocks: () => mocker.restoreAllMocks(),
  useFakeTimers: (config: FakeTimersConfig = {}) => timers.useFakeTimers({ doNotFake: NODES_TIMERS, ...config }),
  useRealTimers: () => timers.useRealTimers(),
  runAllTimers: () => timers.runAllTimers(),
  advanceTimersByTime: (ms: number) => timers.advanceTimersByTime(ms),
  advanceTimersByTimeAsync: (ms: number) => timers.advanceTimersByTimeAsync(ms),
};

/** The environment of the specs of screens: native-environment.ts, with the globals of a browser. */
export default class BrowserEnvironment extends NativeEnvironment {
  private readonly fetch = globalThis.fetch;

  constructor({ projectConfig }: JestEnvironmentConfig, { console }: EnvironmentContext) {
    super();
    timers = new ModernFakeTimers({ config: projectConfig, global: globalThis });
    told.removeAllListeners();
    told.forwardTo(console);
  }

  override async setup(): Promise<void> {
    await super.setup();
    // React asks for the first at each change.
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true, jest });
  }

  override async teardown(): Promise<void> {
    timers.dispose();
    mocker.restoreAllMocks();
    globalThis.fetch = this.fetch;
    document.head.replaceChildren();
    document.body.replaceChildren();
    window.history.replaceState(null, '', ADDRESS);
    await super.teardown();
  }
}
