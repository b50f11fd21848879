import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { offerUndo } from '../offer-undo.tsx';
import { drafts } from './drafts.ts';

/** Throws a draft away; for a while it can be had back. `onUndo` is told when it is. */
export function useDiscard(): (key: string, onUndo?: () => void) => void {
  const { t } = useTranslation('shell');
  return useCallback(
    (key, onUndo) => {
      const draft = drafts.get(key);
      if (!draft) return;
      drafts.end(key);
      offerUndo(`discarded-${key}`, t('draft.discarded'), () => {
        drafts.restore(key, draft);
        onUndo?.();
      });
    },
    [t],
  );
}
