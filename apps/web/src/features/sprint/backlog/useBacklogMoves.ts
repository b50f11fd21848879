import { useApolloClient } from '@apollo/client/react';
import { notifications } from '@mantine/notifications';
import type { BacklogGroup } from '@trainyard/domain';
import { useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../../shell/useToast.ts';
import type { Signal } from '../../shell/signal.ts';
import { TicketChanges, type ManyOutcome, type ManyWish } from '../../ticket/many/ticket-changes.ts';
import { useTellMany, type Told } from '../../ticket/many/useTellMany.tsx';
import { BacklogDocument, BacklogGroupsDocument, SprintCapacityDocument } from '../sprints.generated.ts';
import { useUndoKey } from '../useUndoKey.ts';
import type { BacklogLists } from './backlog-lists.ts';
import { BacklogMoves, type Target } from './backlog-moves.ts';

const TOAST = 'backlog';
const NOTHING: Told = { changed: [], unchanged: 0, refused: [] };
const UNDO_KEPT = 50;

/** What was done on this page, as the notice and the key take it back. */
type Step = () => Promise<ManyOutcome | null>;

export interface BacklogDoing {
  changes: TicketChanges;
  move: (ids: readonly string[], target: Target, said: string) => Promise<boolean>;
  change: (ids: readonly string[], wish: ManyWish, said: (count: number) => string) => Promise<void>;
  /** What was made: taken back, it is deleted. */
  made: (said: string, takeBack: Step) => void;
}

/** Does things with tickets of a backlog, says what became of each, and takes them back: by the notice, or by Control+Z. */
export function useBacklogMoves(by: BacklogGroup, lists: BacklogLists, heard: Signal<string>): BacklogDoing {
  const client = useApolloClient();
  const { t } = useTranslation('sprint');
  const tell = useTellMany();
  const toast = useToast();
  const steps = useRef<Step[]>([]);
  const engine = useMemo(() => {
    const changes = new TicketChanges(client);
    const renew = (isAll: boolean): Promise<unknown> =>
      Promise.all([
        client.refetchQueries({ include: [BacklogDocument, BacklogGroupsDocument, ...(by === 'SPRINT' ? [SprintCapacityDocument] : [])] }),
        isAll && lists.renew(),
      ]);
    return { changes, renew, moves: new BacklogMoves(by, lists, changes, renew) };
  }, [client, by, lists]);

  const undo = async (step: Step): Promise<void> => {
    steps.current = steps.current.filter((one) => one !== step);
    // by the key: its notice offers nothing any more
    notifications.hide(TOAST);
    try {
      const outcome: Told = (await step()) ?? NOTHING;
      heard.set(t('backlog.undone'));
      if (outcome.refused.length > 0) tell(TOAST, t('backlog.undone'), outcome, null);
    } catch (error) {
      toast.failed(error);
    }
  };
  const latest = useRef({ undo, tell, failed: toast.failed });
  useEffect(() => {
    latest.current = { undo, tell, failed: toast.failed };
  });
  useUndoKey(() => {
    const step = steps.current.at(-1);
    if (step) void undo(step);
    return step !== undefined;
  });

  return useMemo(() => {
    const { changes, moves, renew } = engine;
    const done = (said: string, outcome: Told, step: Step | null): void => {
      if (step) steps.current = [...steps.current, step].slice(-UNDO_KEPT);
      latest.current.tell(TOAST, said, outcome, step && (() => void latest.current.undo(step)));
    };
    const failed = (error: unknown): void => latest.current.failed(error);
    const renewing =
      (takeBack: Step, isAll: boolean): Step =>
      async () => {
        try {
          return await takeBack();
        } finally {
          await renew(isAll);
        }
      };
    return {
      changes,
      move: async (ids, target, said) => {
        try {
          const step = await moves.move(ids, target);
          if (step) done(said, step.outcome, step.takeBack);
          return step !== null;
        } catch (error) {
          failed(error);
          return false;
        }
      },
      change: async (ids, wish, said) => {
        try {
          const { outcome, takeBack } = await changes.do(ids, wish);
          const isGone = wish.kind === 'DELETE' || wish.kind === 'ASSIGN' || wish.kind === 'PARENT';
          await renew(isGone);
          done(said(outcome.changed.length), outcome, outcome.changed.length > 0 ? renewing(takeBack, isGone) : null);
        } catch (error) {
          failed(error);
        }
      },
      made: (said, takeBack) => {
        void renew(true);
        done(said, { ...NOTHING, changed: [said] }, renewing(takeBack, true));
      },
    };
  }, [engine]);
}
