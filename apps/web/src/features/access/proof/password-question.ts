import { createSignal } from '../../shell/signal.ts';

/** Whoever waits to hear whether the person gave the password. */
const asked = createSignal<((given: boolean) => void) | null>(null);
let answer: Promise<boolean> | null = null;

export const usePasswordQuestion = asked.use;

/** Asks for the password, and tells whether it was given. Who asks while it is asked shares the answer. */
export function askForPassword(): Promise<boolean> {
  answer ??= new Promise((resolve) => {
    asked.set((given) => {
      asked.set(null);
      answer = null;
      resolve(given);
    });
  });
  return answer;
}

export function cancelPasswordQuestion(): void {
  asked.get()?.(false);
}

/**
 * Esc answers the question while it is asked, and does not reach the dialog it stands over, whose own listener would close it
 * and lose what was filled in. Call it once, before anything of the component library listens on the window.
 */
export function keepEscapeOfPasswordQuestion(window: Window): void {
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || asked.get() === null) return;
    event.stopImmediatePropagation();
    cancelPasswordQuestion();
  };
  window.addEventListener('keydown', onKey, { capture: true });
}
