import { useApolloClient, useFragment } from '@apollo/client/react';
import { can, entryAt, wipAfter } from '@trainyard/domain';
import { lazy, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n/index.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { describeError } from '../shell/error/describe-error.ts';
import { createSignal } from '../shell/signal.ts';
import { Announcer } from './Announcer.tsx';
import { Asked } from './Asked.tsx';
import { CollapsedColumn } from './CollapsedColumn.tsx';
import { useCollapsedColumns } from './collapsed-columns.ts';
import { useCollapseKey } from './useCollapseKey.ts';
import { BoardColumn } from './BoardColumn.tsx';
import { BoardContext, CardContext, useBoardParts, type BoardColumnHead, type BoardParts, type QuickField, type Refused } from './board-context.ts';
import { BoardSelection } from './selection/board-selection.ts';
import type { SelectionBarProps } from './selection/SelectionBar.tsx';
import { TicketChanges } from './selection/ticket-changes.ts';
import { useMany } from './selection/useMany.ts';
import { TicketCardFragmentDoc } from '../ticket/card.generated.ts';
import { BoardFrameFragmentDoc, ColumnHeadFragmentDoc, type BoardFrameFragment } from './board.generated.ts';
import { TicketDocument } from '../ticket/ticket.generated.ts';
import { TicketHolderContext, type TicketHolder } from '../ticket/ticket-holder.ts';
import { BoardFocus } from './keys/board-focus.ts';
import { BoardHeader } from './BoardHeader.tsx';
import { BoardNotice } from './BoardNotice.tsx';
import { forgetBoard, rememberBoard } from '../project/recent-boards.ts';
import { BoardMoves } from './model/board-moves.ts';
import { cardWords } from './card/card-words.ts';
import { DropTargets } from './card/drop-targets.ts';
import classes from './Board.module.css';
import { KeyboardMove } from './keys/keyboard-move.ts';
import { readMatches } from './model/read-matches.ts';
import { readWindow, type OpenBoard } from './model/useBoard.ts';
import { useBoardKeys } from './keys/useBoardKeys.ts';
import { askedIn } from './model/open-board-query.ts';
import { useAsking } from './model/useAsking.ts';
import { useKeptScroll } from './model/useKeptScroll.ts';
import { useBoardLive } from './model/useBoardLive.ts';
import { useCardDrag } from './card/useCardDrag.ts';
import { useMoveMessages } from './useMoveMessages.ts';
import { WindowLoader } from './model/window-loader.ts';

const BoardFilter = lazy(withTexts(() => import('./filter/BoardFilter.tsx').then((module) => ({ default: module.BoardFilter }))));
const CardMenu = lazy(withTexts(() => import('./card/CardMenu.tsx').then((module) => ({ default: module.CardMenu }))));
const QuickEdit = lazy(withTexts(() => import('./card/QuickEdit.tsx').then((module) => ({ default: module.QuickEdit }))));
const QueueRunDialog = lazy(withTexts(() => import('../training/QueueRunDialog.tsx').then((module) => ({ default: module.QueueRunDialog }))));
const SelectionBar = lazy(withTexts(() => import('./selection/SelectionBar.tsx').then((module) => ({ default: module.SelectionBar }))));
const TicketPeek = lazy(withTexts(() => import('../ticket/TicketPeek.tsx').then((module) => ({ default: module.TicketPeek }))));

export interface BoardProps {
  board: OpenBoard;
  reload: () => void;
  /** Key of the ticket shown beside the board. */
  peekKey: string | undefined;
  onPeek: (key: string | undefined) => void;
  /** What is asked, in the query language of tickets, and how something else is. */
  asked: string;
  onAsk: (text: string, typing?: boolean) => void;
  onOpenPage: (key: string) => void;
}

/** An open board. */
export function Board({ board, ...props }: BoardProps) {
  const { data: frame, complete } = useFragment({
    fragment: BoardFrameFragmentDoc,
    fragmentName: 'BoardFrame',
    from: { __typename: 'Board', id: board.boardId },
  });
  return complete ? <BoardOf board={board} frame={frame} {...props} /> : null;
}

/** The bar comes with the first card that is chosen. */
function Chosen(props: SelectionBarProps) {
  const { selection } = useBoardParts();
  const isNone = useSyncExternalStore(selection.subscribe, () => selection.ids().length === 0);
  return isNone ? null : (
    <Suspense fallback={null}>
      <SelectionBar {...props} />
    </Suspense>
  );
}

interface Opened {
  ticketId: string;
  at: DOMRect;
}

function BoardOf({ board, frame, reload, peekKey, onPeek, onOpenPage, asked, onAsk }: BoardProps & { frame: BoardFrameFragment }) {
  const { t } = useTranslation(['board', 'ticket']);
  const client = useApolloClient();
  const actor = useActor();
  const { model, boardId, projectId } = board;
  const { project, columns } = frame;
  const root = useRef<HTMLDivElement>(null);
  const [menu, setMenu] = useState<Opened | null>(null);
  const [quick, setQuick] = useState<(Opened & { field: QuickField }) | null>(null);
  const [said] = useState(() => createSignal(''));
  const latest = useRef({ frame, onPeek, onOpenPage, catchUp: () => undefined as void });
  const messages = useMoveMessages(said, () => latest.current.frame.columns);
  const scope = scopeOf(project);
  const mayWrite = can(actor, 'ticket.write', scope) && !frame.archived;
  const mayManage = can(actor, 'board.manage', scope) && !frame.archived;
  const isUsed = project.state === 'ACTIVE' && !frame.archived;
  useEffect(() => {
    if (isUsed) rememberBoard({ projectKey: project.key, boardId });
    else forgetBoard(boardId);
  }, [isUsed, project.key, boardId]);

  const engine = useMemo(() => {
    const loader = new WindowLoader(
      model,
      (columnId, offset, limit) => readWindow(client, model, columnId, offset, limit),
      () => latest.current.catchUp(),
    );
    const focus = new BoardFocus(model);
    const refusal = createSignal<Refused | null>(null);
    // as the cache has them: a limit that was just raised holds before it is drawn
    const rulesOf = (id: string): BoardColumnHead | undefined =>
      client.cache.readFragment({ id: client.cache.identify({ __typename: 'Column', id }), fragment: ColumnHeadFragmentDoc }) ?? undefined;
    const moves = new BoardMoves(client, model, loader, rulesOf, {
      moved: (report, step) => messages.moved(report, step && (() => void moves.undo(step))),
      refused(report, error, wanted) {
        // a limit that this browser has not heard of yet is told in words alone
        const isFull = wanted !== undefined && rulesOf(wanted.columnId)?.wipLimit != null && describeError(error).code === 'WIP_LIMIT_REACHED';
        messages.refused(error, isFull);
        if (isFull) refusal.set({ ticketId: report.ticketId, ...wanted });
        focus.want(report.ticketId);
      },
    });
    const turnsAway = (columnId: string): boolean => {
      const rules = rulesOf(columnId);
      return rules !== undefined && wipAfter({ ...rules, count: model.all(columnId) }, 1).refused;
    };
    const carry = new KeyboardMove(model, focus, moves, loader, {
      grabbed: messages.grabbed,
      stepped: (ticketId, columnId, index) => messages.stepped(ticketId, columnId, index, model.view(columnId).total),
      dropped: messages.dropped,
      restored: messages.restored,
      refused: (_ticketId, error) => messages.refused(error),
    });
    return {
      model,
      loader,
      focus,
      moves,
      carry,
      turnsAway,
      refusal,
      drops: new DropTargets(),
      creating: createSignal<string | null>(null),
      selection: new BoardSelection(model),
      changes: new TicketChanges(client, model, moves),
    };
  }, [client, model, messages]);
  useEffect(() => () => engine.loader.stop(), [engine]);

  const { catchUp, news } = useBoardLive(board, engine.loader, engine.focus, reload);
  const scroll = useKeptScroll(root, (query) => (model.asked?.query ?? '') === (askedIn(query)?.query ?? ''));
  const asking = useAsking(board, news, asked, scroll);
  useEffect(() => {
    latest.current = { frame, onPeek, onOpenPage, catchUp };
  });

  const { collapsed, ids: collapsedIds } = useCollapsedColumns(boardId);
  const [points] = useState(() => createSignal<ReadonlyMap<string, number>>(new Map()));
  const parts = useMemo<BoardParts>(
    () => ({
      ...engine,
      collapsed,
      points,
      boardId,
      projectId,
      mayWrite,
      mayManage,
      openTicket: (key, where) => (where === 'PEEK' ? latest.current.onPeek(key) : latest.current.onOpenPage(key)),
      isShown: (ticketId, query) =>
        readMatches(client, boardId, [ticketId], query).then(
          (matches) => matches.some((one) => one.matches),
          // not known: it is shown until the log says better
          () => true,
        ),
      openMenu: (ticketId, at, pointer) => {
        const place = pointer ? new DOMRect(pointer.clientX, pointer.clientY, 0, 0) : at.getBoundingClientRect();
        // the key that opened it also makes the browser ask for a menu
        setMenu((opened) => (pointer && opened?.ticketId === ticketId ? opened : { ticketId, at: place }));
      },
    }),
    [client, engine, collapsed, points, boardId, projectId, mayWrite, mayManage],
  );
  const holder = useMemo<TicketHolder>(
    () => ({
      toTop: (ticketId, columnId) => (model.placeOf(ticketId) && model.columnIds().includes(columnId) ? engine.moves.toEdge(ticketId, columnId, 'TOP') : null),
      remove(ticketId) {
        const token = model.draft(ticketId, null);
        return { accepted: () => model.settle(ticketId, token, null), refused: () => model.discard(ticketId, token) };
      },
      put(ticketId, place) {
        // a ticket of another board can be open beside this one
        if (model.columnIds().includes(place.columnId)) model.settle(ticketId, model.draft(ticketId, place), place);
      },
      placeOf: (ticketId) => model.placeOf(ticketId),
      doing: (change) => engine.moves.doing(change),
      undo: (step) => engine.moves.undo(step),
      back: (ticketId, place, off) => (model.columnIds().includes(place.columnId) ? engine.moves.back(ticketId, place, off) : null),
    }),
    [engine, model],
  );
  const surroundings = useMemo(() => ({ labels: new Map(project.labels.map((label) => [label.id, label])), words: cardWords(t) }), [project.labels, t]);
  const columnIds = useMemo(() => columns.map((column) => column.id), [columns]);

  const keyOf = (ticketId: string): string | undefined =>
    client.cache.readFragment({
      id: client.cache.identify({ __typename: 'Ticket', id: ticketId }),
      fragment: TicketCardFragmentDoc,
      fragmentName: 'TicketCard',
    })?.key;
  const elementOf = (ticketId: string): Element | null => root.current?.querySelector(`[data-ticket-id="${CSS.escape(ticketId)}"]`) ?? null;
  const withRect = (ticketId: string, open: (opened: Opened) => void): void =>
    engine.focus.whenDrawn(ticketId, () => {
      const element = elementOf(ticketId);
      if (element) open({ ticketId, at: element.getBoundingClientRect() });
    });
  const closePeek = (): void => {
    onPeek(undefined);
    // one that was not opened from a card (by the palette, by its address) leaves the keyboard on its own card
    const opened = client.cache.readQuery({ query: TicketDocument, variables: { key: peekKey ?? '' } })?.ticket?.id;
    const next = engine.focus.current() ?? opened;
    if (next !== undefined && model.placeOf(next) !== null) engine.focus.want(next);
  };

  const toCards = (): void => {
    const current = engine.focus.current();
    const shown = current !== null && model.placeOf(current) ? current : columnIds.flatMap((id) => entryAt(model.view(id), 0)?.id ?? [])[0];
    if (shown !== undefined) engine.focus.want(shown);
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };

  const [field, setField] = useState<QuickField | null>(null);
  const [follows, setFollows] = useState(false);
  const [queueing, setQueueing] = useState<string | null>(null);
  const many = useMany(engine, () => latest.current.frame.columns, messages);
  const peek = (ticketId: string, isFollowing: boolean): void => {
    setFollows(isFollowing);
    onPeek(keyOf(ticketId));
  };

  useCardDrag(parts, root);
  useCollapseKey(parts, root);
  useBoardKeys({
    root,
    parts,
    carry: engine.carry,
    columnIds,
    peekOpen: peekKey !== undefined,
    onPeek(ticketId) {
      const key = keyOf(ticketId);
      if (key === peekKey) closePeek();
      else peek(ticketId, false);
    },
    onFollow: (ticketId) => peek(ticketId, true),
    onOpen(ticketId) {
      const key = keyOf(ticketId);
      if (key) onOpenPage(key);
    },
    onClosePeek: closePeek,
    onEdit: (ticketId, field) => withRect(ticketId, (opened) => setQuick({ ...opened, field })),
    onEditMany: setField,
    onColumn(ticketId, columnId) {
      setQuick(null);
      setField(null);
      if (ticketId === null) void many(engine.selection.inOrder(), { kind: 'MOVE', columnId });
      else void engine.moves.toEdge(ticketId, columnId, 'TOP').then(() => engine.focus.want(ticketId));
    },
    onDelete: (ticketIds) => void many(ticketIds, { kind: 'DELETE' }),
    onMenu: (ticketId) => withRect(ticketId, setMenu),
    onUndo: () => void engine.moves.undo().then((ticketId) => ticketId && engine.focus.want(ticketId)),
  });

  return (
    <BoardContext value={parts}>
      <CardContext value={surroundings}>
        <TicketHolderContext value={holder}>
          <div className={classes.frame}>
            <div className={classes.main}>
              <BoardHeader frame={frame} mayWrite={mayWrite}>
                <Suspense fallback={null}>
                  <BoardFilter frame={frame} asked={asked} onAsk={onAsk} onLeave={toCards} />
                </Suspense>
              </BoardHeader>
              <BoardNotice frame={frame} />
              <Asked asked={asked} asking={asking} onAsk={onAsk} />
              <div ref={root} className={classes.columns} data-board={boardId} aria-busy={asking.isOld}>
                {columns.map((column, i) =>
                  collapsedIds.has(column.id) ? (
                    <CollapsedColumn key={column.id} column={column} />
                  ) : (
                    <BoardColumn key={column.id} column={column} first={i === 0} />
                  ),
                )}
              </div>
            </div>
            {peekKey !== undefined && (
              <Suspense fallback={<aside className={classes.peekWaiting} />}>
                <TicketPeek key={peekKey} ticketKey={peekKey} follows={follows} onClose={closePeek} onOpenPage={onOpenPage} />
              </Suspense>
            )}
          </div>
          {menu && (
            <Suspense fallback={null}>
              <CardMenu
                {...menu}
                frame={frame}
                onClose={() => setMenu(null)}
                onEdit={(one) => withRect(menu.ticketId, (opened) => setQuick({ ...opened, field: one }))}
                onQueueRun={() => setQueueing(menu.ticketId)}
                onDelete={() => void many([menu.ticketId], { kind: 'DELETE' })}
              />
            </Suspense>
          )}
          {quick && (
            <Suspense fallback={null}>
              <QuickEdit
                {...quick}
                boardId={boardId}
                project={project}
                columns={columns}
                onClose={() => {
                  setQuick(null);
                  engine.focus.want(quick.ticketId);
                }}
              />
            </Suspense>
          )}
          {queueing !== null && (
            <Suspense fallback={null}>
              <QueueRunDialog opened ticketId={queueing} projectId={projectId} onClose={() => setQueueing(null)} />
            </Suspense>
          )}
          <Chosen frame={frame} field={field} onField={setField} onWish={(wish) => many(engine.selection.inOrder(), wish)} />
          <p id="board-card-keys" hidden>
            {mayWrite ? t('card.keys') : t('card.keysReadOnly')}
          </p>
          <Announcer said={said} />
        </TicketHolderContext>
      </CardContext>
    </BoardContext>
  );
}
