import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { offerUndo } from '../../shell/offer-undo.tsx';
import type { BoardParts } from '../board-context.ts';
import type { MoveMessages } from '../useMoveMessages.ts';
import type { ManyWish } from './ticket-changes.ts';

const TOAST = 'board-many';

/** Does one thing with many cards and says what was done, with the way back. */
export function useMany(
  { changes, selection, moves, focus, model }: Pick<BoardParts, 'changes' | 'selection' | 'moves' | 'focus' | 'model'>,
  columns: () => readonly { id: string; name: string }[],
  messages: MoveMessages,
): (ids: readonly string[], wish: ManyWish) => Promise<void> {
  const { t } = useTranslation('board');
  const latest = useRef({ t, columns });
  useEffect(() => {
    latest.current = { t, columns };
  });
  return useCallback(
    async (ids, wish) => {
      const { t: text, columns: all } = latest.current;
      try {
        const done = await changes.do(ids, wish);
        const count = done?.ids.length ?? 0;
        if (wish.kind === 'DELETE') selection.clear();
        if (!done) return messages.told(text('many.same'));
        const column = wish.kind === 'MOVE' ? (all().find(({ id }) => id === wish.columnId)?.name ?? '') : '';
        const said = wish.kind === 'MOVE' ? text('many.moved', { count, column }) : text(wish.kind === 'DELETE' ? 'many.deleted' : 'many.changed', { count });
        messages.told(said);
        offerUndo(TOAST, said, () => moves.undo(done.step));
        const [first] = ids;
        if (first !== undefined && model.placeOf(first)) focus.want(first);
      } catch (error) {
        messages.refused(error);
      }
    },
    [changes, selection, moves, focus, model, messages],
  );
}
