import { notifications } from '@mantine/notifications';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { UndoNotice } from '../UndoNotice.tsx';
import { drafts } from './drafts.ts';

const UNDO_MS = 10_000;

/** Throws a draft away; for a while it can be had back. `onUndo` is told when it is. */
export function useDiscard(): (key: string, onUndo?: () => void) => void {
  const { t } = useTranslation('shell');
  return useCallback(
    (key, onUndo) => {
      const draft = drafts.get(key);
      if (!draft) return;
      drafts.end(key);
      const id = `discarded-${key}`;
      const undo = (): void => {
        notifications.hide(id);
        drafts.restore(key, draft);
        onUndo?.();
      };
      notifications.show({ id, message: <UndoNotice text={t('draft.discarded')} onUndo={undo} />, autoClose: UNDO_MS, withBorder: true });
    },
    [t],
  );
}
