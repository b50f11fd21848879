import { notifications } from '@mantine/notifications';
import { useMemo } from 'react';
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
      failed: (error) => void notifications.show({ message: describe(error), color: 'red', autoClose: 8000 }),
    }),
    [describe],
  );
}
