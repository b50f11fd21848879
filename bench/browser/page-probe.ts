import type { Page } from 'playwright-core';

/** What a page noted of itself between two questions. Milliseconds. */
export interface PageNotes {
  /** Time between painted frames. */
  frames: number[];
  /** Tasks of the main thread over 50 ms. */
  longTasks: number[];
  /** How often components drew: cards and columns, first mounts apart. */
  renders: { cards: number; columns: number; mounted: number };
}

/** Lives in the page as `window.probe`. Everything is read from the browser and from React's own commit hook: the app knows nothing of it. */
interface Probe {
  begin(): void;
  end(): PageNotes;
  vitals(): { largestPaint: number; shift: number };
  /** Durations of the interactions since the last question, of those that took 16 ms or more. */
  interactions(): number[];
  /** Resolves with performance.now() of the first painted frame in which `test` holds. */
  when(test: () => boolean, withinMs: number): Promise<number>;
  /** Resolves as soon as the document changed so that `test` holds, painted or not. */
  changed(test: () => boolean, withinMs: number): Promise<number>;
  /** performance.now() at which answers to an operation reached the page. */
  answers: Record<string, number[]>;
}

declare global {
  var probe: Probe;
}

/** Puts the probe into every document the page opens. Must run before the app does. */
export async function installProbe(page: Page): Promise<void> {
  await page.addInitScript(() => {
    interface Fiber {
      tag: number;
      flags: number;
      alternate: Fiber | null;
      child: Fiber | null;
      sibling: Fiber | null;
      memoizedProps: Record<string, unknown> | null;
    }
    const notes: PageNotes = { frames: [], longTasks: [], renders: { cards: 0, columns: 0, mounted: 0 } };
    let noting = false;
    let lastFrame = 0;
    let largestPaint = 0;
    let shift = 0;

    new PerformanceObserver((list) => {
      if (noting) for (const entry of list.getEntries()) notes.longTasks.push(entry.duration);
    }).observe({ type: 'longtask', buffered: false });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) largestPaint = entry.startTime;
    }).observe({ type: 'largest-contentful-paint', buffered: true });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[])
        if (!entry.hadRecentInput) shift += entry.value;
    }).observe({ type: 'layout-shift', buffered: true });

    // the events of one interaction (key down, press, up) carry its number: the longest of them counts
    let interactions = new Map<number, number>();
    const timing: PerformanceObserverInit & { durationThreshold: number } = { type: 'event', durationThreshold: 16 };
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries() as (PerformanceEntry & { interactionId: number })[]) {
        if (interactionId > 0) interactions.set(interactionId, Math.max(duration, interactions.get(interactionId) ?? 0));
      }
    }).observe(timing);

    const frame = (now: number): void => {
      if (!noting) return;
      if (lastFrame > 0) notes.frames.push(now - lastFrame);
      lastFrame = now;
      requestAnimationFrame(frame);
    };

    // React's flag of a function component that ran in this commit
    const PERFORMED_WORK = 1;
    const FUNCTION_TAGS = [0, 11, 15];
    const count = (fiber: Fiber): void => {
      const props = fiber.memoizedProps;
      if (props === null || !FUNCTION_TAGS.includes(fiber.tag)) return;
      const isCard = typeof props['ticketId'] === 'string' && typeof props['start'] === 'number';
      const isColumn = typeof props['column'] === 'object' && 'first' in props;
      if (!isCard && !isColumn) return;
      if (fiber.alternate === null) notes.renders.mounted += 1;
      else if ((fiber.flags & PERFORMED_WORK) === 0) return;
      else if (isCard) notes.renders.cards += 1;
      else notes.renders.columns += 1;
    };
    const visit = (fiber: Fiber | null): void => {
      for (let one = fiber; one !== null; one = one.sibling) {
        count(one);
        // a subtree that was not touched keeps its children
        if (one.alternate === null || one.child !== one.alternate.child) visit(one.child);
      }
    };
    Object.assign(globalThis, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        renderers: new Map(),
        checkDCE: () => undefined,
        inject: () => 1,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
        onScheduleFiberRoot: () => undefined,
        onCommitFiberRoot: (_renderer: number, root: { current: Fiber }) => {
          if (noting) visit(root.current.child);
        },
      },
    });

    const answers: Record<string, number[]> = {};
    const plainFetch = globalThis.fetch.bind(globalThis);
    globalThis.fetch = async (input, init) => {
      const answer = await plainFetch(input, init);
      const name = typeof init?.body === 'string' ? /"operationName":"(\w+)"/.exec(init.body)?.[1] : undefined;
      if (name !== undefined) (answers[name] ??= []).push(performance.now());
      return answer;
    };

    const within = (ms: number, reject: (reason: Error) => void): (() => void) => {
      const timer = setTimeout(() => reject(new Error(`Not so within ${ms} ms`)), ms);
      return () => clearTimeout(timer);
    };
    globalThis.probe = {
      answers,
      begin() {
        notes.frames = [];
        notes.longTasks = [];
        notes.renders = { cards: 0, columns: 0, mounted: 0 };
        lastFrame = 0;
        noting = true;
        requestAnimationFrame(frame);
      },
      end() {
        noting = false;
        return structuredClone(notes);
      },
      vitals: () => ({ largestPaint, shift }),
      interactions() {
        const durations = [...interactions.values()];
        interactions = new Map();
        return durations;
      },
      when: (test, ms) =>
        new Promise((resolve, reject) => {
          let over = false;
          const clear = within(ms, (reason) => {
            over = true;
            reject(reason);
          });
          const look = (): void => {
            if (over) return;
            if (!test()) return void requestAnimationFrame(look);
            // the frame that shows it is painted after this callback: its end is the next task
            const { port1, port2 } = new MessageChannel();
            port1.onmessage = () => {
              clear();
              resolve(performance.now());
            };
            port2.postMessage(null);
          };
          look();
        }),
      changed: (test, ms) =>
        new Promise((resolve, reject) => {
          const observer = new MutationObserver(() => look());
          const clear = within(ms, (reason) => {
            observer.disconnect();
            reject(reason);
          });
          const look = (): void => {
            if (!test()) return;
            observer.disconnect();
            clear();
            resolve(performance.now());
          };
          observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
          look();
        }),
    };
  });
}

/** What the page noted while `act` ran. */
export async function noted(page: Page, act: () => Promise<void>): Promise<PageNotes> {
  await page.evaluate(() => globalThis.probe.begin());
  await act();
  return page.evaluate(() => globalThis.probe.end());
}
