import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ManyWish } from '../../ticket/many/ticket-changes.ts';
import { useTellMany } from '../../ticket/many/useTellMany.tsx';
import type { UndoStep } from '../../ticket/ticket-holder.ts';
import type { BoardParts } from '../board-context.ts';
import type { MoveMessages } from '../useMoveMessages.ts';

const TOAST = 'board-many';

/** Does one thing with many cards and says what was done, with the way back. */
export function useMany(
  { changes, selection, moves, focus, model }: Pick<BoardParts, 'changes' | 'selection' | 'moves' | 'focus' | 'model'>,
  columns: () => readonly { id: string; name: string }[],
  messages: MoveMessages,
): (ids: readonly string[], wish: ManyWish) => Promise<void> {
  const { t } = useTranslation('board');
  const tell = useTellMany();
  const latest = useRef({ t, columns });
  useEffect(() => {
    latest.current = { t, columns };
  });
  return useCallback(
    async (ids, wish) => {
      const { t: text, columns: all } = latest.current;
      const done = changes.do(ids, wish);
      // taken back by the key as well, which waits for what is under way
      const step = done.then(({ outcome, takeBack }): UndoStep | null => {
        const [first] = outcome.changed;
        if (!first) return null;
        return {
          ticketId: first.id,
          takeBack: async () => {
            const undone = await takeBack();
            if (undone.refused.length > 0) messages.told(tell(TOAST, text('many.undone', { count: undone.changed.length }), undone, null));
            return undone.changed.length > 0;
          },
        };
      });
      try {
        const undo = await moves.doing(step);
        const { outcome } = await done;
        if (wish.kind === 'DELETE') selection.clear();
        const count = outcome.changed.length;
        if (count === 0 && outcome.refused.length === 0) return messages.told(text('many.same'));
        const column = wish.kind === 'MOVE' ? (all().find(({ id }) => id === wish.columnId)?.name ?? '') : '';
        const said = wish.kind === 'MOVE' ? text('many.moved', { count, column }) : text(wish.kind === 'DELETE' ? 'many.deleted' : 'many.changed', { count });
        messages.told(tell(TOAST, said, outcome, undo && (() => void moves.undo(undo))));
        const [first] = ids;
        if (first !== undefined && model.placeOf(first)) focus.want(first);
      } catch (error) {
        messages.refused(error);
      }
    },
    [changes, selection, moves, focus, model, messages, tell],
  );
}
