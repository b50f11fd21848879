import { createSignal } from './features/shell/signal.ts';

/** Whether the server answers, as the shell's banner shows it. Fed by every request and by the socket. */
export type Connection = 'ONLINE' | 'RECONNECTING';

const PROBE_EVERY_MS = 1000;
const PROBE_WITHIN_MS = 5000;

const state = createSignal<Connection>('ONLINE');
let probing: ReturnType<typeof setTimeout> | undefined;

export const useConnection = state.use;

export const connection = {
  restored(): void {
    clearTimeout(probing);
    probing = undefined;
    state.set('ONLINE');
  },
  lost(): void {
    state.set('RECONNECTING');
    probing ??= setTimeout(() => void probe(), PROBE_EVERY_MS);
  },
  /** Resolves to true when the server answers again, at the latest after `withinMs` to false. */
  back(withinMs: number): Promise<boolean> {
    return new Promise((resolve) => {
      const done = (answers: boolean): void => {
        clearTimeout(timer);
        stop();
        resolve(answers);
      };
      const timer = setTimeout(() => done(false), withinMs);
      const stop = state.subscribe(() => state.get() === 'ONLINE' && done(true));
    });
  },
};

async function probe(): Promise<void> {
  const answered = await serverAnswers();
  probing = undefined;
  if (state.get() === 'ONLINE') return;
  if (answered) connection.restored();
  else connection.lost();
}

async function serverAnswers(): Promise<boolean> {
  try {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-trainyard-csrf': '1' },
      body: '{"query":"{__typename}"}',
      signal: AbortSignal.timeout(PROBE_WITHIN_MS),
    });
    // any answer of the api itself will do; a proxy in front of a dead api says 5xx
    return response.status < 500;
  } catch {
    return false;
  }
}
