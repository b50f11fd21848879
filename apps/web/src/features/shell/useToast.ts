import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
import { describeError } from './error/describe-error.ts';
import { useErrorMessage } from './error/useErrorMessage.ts';

export interface Toasts {
  done(message: string): void;
  failed(error: unknown): void;
}

/** Short notices in the corner. Errors stay longer than good news. */
export function useToast(): Toasts {
  const describe = useErrorMessage();
  return useMemo(
    () => ({
      done: (message) => void notifications.show({ message, color: 'teal', autoClose: 4000 }),
      failed: (error) => {
        const { code } = describeError(error);
        // what is pressed several times while the server is away is refused for one reason
        notifications.show({ ...(code === 'UNAVAILABLE' && { id: code }), message: describe(error), color: 'red', autoClose: 8000 });
      },
    }),
    [describe],
  );
}
