import { ApolloLink } from '@apollo/client';
import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { ErrorLink } from '@apollo/client/link/error';
import { Observable, type Subscription } from 'rxjs';
import { askForPassword } from './features/access/proof/password-question.ts';

/**
 * What the api refuses with PASSWORD_REQUIRED is sent once more when the person has given the password; who asked for it sees
 * only the last answer. When they do not give it, that is the refusal. The one place for every operation of the app.
 */
export function proofLink(): ApolloLink {
  return ApolloLink.from([rememberFocus, onRefusal]);
}

/** A button that waits for an answer is disabled, and a disabled button loses the focus: where it was is known only before. */
const rememberFocus = new ApolloLink((operation, forward) => {
  operation.setContext({ focused: document.activeElement });
  return forward(operation);
});

const onRefusal = new ErrorLink(({ error, result, operation, forward }) => {
  if (!result || !CombinedGraphQLErrors.is(error) || !error.errors.some((one) => one.extensions?.code === 'PASSWORD_REQUIRED')) return;
  return new Observable((observer) => {
    let again: Subscription | undefined;
    void askForPassword().then((given) => {
      if (observer.closed) return;
      if (given) again = forward(operation).subscribe(observer);
      else {
        observer.next(result);
        observer.complete();
        const { focused } = operation.getContext();
        if (focused instanceof HTMLElement) focusAgain(focused, 30);
      }
    });
    return () => again?.unsubscribe();
  });
});

/** As soon as it takes the focus, within some frames, unless the person has gone elsewhere. */
function focusAgain(element: HTMLElement, frames: number): void {
  requestAnimationFrame(() => {
    if (!element.isConnected || document.activeElement === element) return;
    if (document.activeElement === document.body) element.focus({ preventScroll: true });
    if (document.activeElement !== element && frames > 0) focusAgain(element, frames - 1);
  });
}
