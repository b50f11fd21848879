import { useEffect } from 'react';

const DIALOG = '[role="dialog"][aria-modal="true"]';
/** What opens a dialog may be gone with it, such as an entry of a menu; what had the focus before stands for it. */
const KEPT = 8;

/** A dialog that is drawn only while it is open takes the focus with it: it goes back to where it was. */
export function useFocusBack(): void {
  useEffect(() => {
    let before: HTMLElement[] = [];
    let dialog: Element | null = null;
    let timer: number | undefined;
    const goBack = (): void => {
      // whoever closed it may have put the focus elsewhere
      if (document.activeElement !== document.body) return;
      before.findLast((element) => element.isConnected && !element.matches(':disabled'))?.focus({ preventScroll: true });
    };
    const changes = new MutationObserver(() => {
      if (dialog?.isConnected) return;
      changes.disconnect();
      dialog = null;
      timer = window.setTimeout(goBack);
    });
    const onFocus = ({ target }: FocusEvent): void => {
      if (!(target instanceof HTMLElement)) return;
      before = [...before.filter((element) => element !== target && element.isConnected), target].slice(-KEPT);
      dialog = target.closest(DIALOG);
      changes.disconnect();
      if (dialog) changes.observe(document.body, { childList: true, subtree: true });
    };
    document.addEventListener('focusin', onFocus);
    return () => {
      document.removeEventListener('focusin', onFocus);
      changes.disconnect();
      window.clearTimeout(timer);
    };
  }, []);
}
