import { lazy, Suspense, useMemo, useState } from 'react';
import { withTexts } from '../../i18n/index.ts';
import { useBoardParts, type QuickField } from './board-context.ts';
import type { BoardFrameFragment } from './board.generated.ts';
import type { LaneHead } from './lanes/useLanes.ts';

const CardMenu = lazy(withTexts(() => import('./card/CardMenu.tsx').then((module) => ({ default: module.CardMenu }))));
const QuickEdit = lazy(withTexts(() => import('./card/QuickEdit.tsx').then((module) => ({ default: module.QuickEdit }))));
const MoveSheet = lazy(withTexts(() => import('./card/MoveSheet.tsx').then((module) => ({ default: module.MoveSheet }))));
const QueueRunDialog = lazy(withTexts(() => import('../training/QueueRunDialog.tsx').then((module) => ({ default: module.QueueRunDialog }))));

interface Opened {
  ticketId: string;
  at: DOMRect;
}

/** What is open over a card, and what opens it. */
export interface Doors {
  menu: Opened | null;
  quick: (Opened & { field: QuickField }) | null;
  /** The ticket that a run is queued for. */
  queueing: string | null;
  /** The card that is moved by thumb. */
  moving: string | null;
  openMove: (ticketId: string) => void;
  closeMove: () => void;
  openMenu: (opened: Opened, byPointer?: boolean) => void;
  openQuick: (opened: Opened, field: QuickField) => void;
  openQueue: (ticketId: string) => void;
  closeMenu: () => void;
  closeQuick: () => void;
  closeQueue: () => void;
}

export function useDoors(): Doors {
  const [menu, setMenu] = useState<Opened | null>(null);
  const [quick, setQuick] = useState<(Opened & { field: QuickField }) | null>(null);
  const [queueing, setQueueing] = useState<string | null>(null);
  const [moving, setMoving] = useState<string | null>(null);
  const open = useMemo(
    () => ({
      // the key that opened it also makes the browser ask for a menu
      openMenu: (opened: Opened, byPointer = false) => setMenu((before) => (byPointer && before?.ticketId === opened.ticketId ? before : opened)),
      openQuick: (opened: Opened, field: QuickField) => setQuick({ ...opened, field }),
      openQueue: (ticketId: string) => setQueueing(ticketId),
      openMove: (ticketId: string) => setMoving(ticketId),
      closeMove: () => setMoving(null),
      closeMenu: () => setMenu(null),
      closeQuick: () => setQuick(null),
      closeQueue: () => setQueueing(null),
    }),
    [],
  );
  return { menu, quick, queueing, moving, ...open };
}

export interface CardDoorsProps {
  doors: Doors;
  frame: BoardFrameFragment;
  lanes: readonly LaneHead[];
  /** Opens an editor at the card as soon as that is drawn. */
  onEdit: (ticketId: string, field: QuickField) => void;
  onDelete: (ticketId: string) => void;
}

/** A card's menu, its small editors, and the dialog of its runs: each comes when it is opened. */
export function CardDoors({ doors: { menu, quick, queueing, moving, ...doors }, frame, lanes, onEdit, onDelete }: CardDoorsProps) {
  const { focus, boardId, projectId } = useBoardParts();
  return (
    <>
      {menu && (
        <Suspense fallback={null}>
          <CardMenu
            {...menu}
            frame={frame}
            onClose={doors.closeMenu}
            onEdit={(field) => onEdit(menu.ticketId, field)}
            onMove={() => doors.openMove(menu.ticketId)}
            onQueueRun={() => doors.openQueue(menu.ticketId)}
            onDelete={() => onDelete(menu.ticketId)}
          />
        </Suspense>
      )}
      {quick && (
        <Suspense fallback={null}>
          <QuickEdit
            {...quick}
            boardId={boardId}
            project={frame.project}
            columns={frame.columns}
            onClose={() => {
              doors.closeQuick();
              focus.want(quick.ticketId);
            }}
          />
        </Suspense>
      )}
      {moving !== null && (
        <Suspense fallback={null}>
          <MoveSheet ticketId={moving} columns={frame.columns} lanes={lanes} onClose={doors.closeMove} />
        </Suspense>
      )}
      {queueing !== null && (
        <Suspense fallback={null}>
          <QueueRunDialog opened ticketId={queueing} projectId={projectId} onClose={doors.closeQueue} />
        </Suspense>
      )}
    </>
  );
}
