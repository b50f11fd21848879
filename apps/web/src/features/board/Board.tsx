import { useApolloClient, useFragment } from '@apollo/client/react';
import { can, entryAt } from '@trainyard/domain';
import { lazy, memo, Suspense, useEffect, useMemo, useRef, useState, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { withTexts } from '../../i18n/index.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { forgetBoard, rememberBoard } from '../project/recent-boards.ts';
import { useRooms } from '../shell/rooms.ts';
import { createSignal } from '../shell/signal.ts';
import { useAfterPaint } from '../shell/useAfterPaint.ts';
import { TicketCardFragmentDoc } from '../ticket/card.generated.ts';
import { TicketDocument } from '../ticket/ticket.generated.ts';
import { TicketHolderContext } from '../ticket/ticket-holder.ts';
import { Announcer } from './Announcer.tsx';
import { Asked } from './Asked.tsx';
import classes from './Board.module.css';
import { BoardContext, CardContext, useBoardParts, type BoardParts, type ManyQuickField, type QuickField } from './board-context.ts';
import { BoardFrameFragmentDoc, type BoardFrameFragment } from './board.generated.ts';
import { BoardColumn } from './BoardColumn.tsx';
import { BoardHeader } from './BoardHeader.tsx';
import { BoardNotice } from './BoardNotice.tsx';
import { BoardPeek } from './BoardPeek.tsx';
import { cardWords } from './card/card-words.ts';
import { useCardDrag } from './card/useCardDrag.ts';
import { useLongPress } from './card/useLongPress.ts';
import { CardDoors, useDoors } from './CardDoors.tsx';
import { useCollapsed } from './collapsed.ts';
import { CollapsedColumn } from './CollapsedColumn.tsx';
import { useCardAtHand } from './keys/useCardAtHand.ts';
import { useBoardKeys } from './keys/useBoardKeys.ts';
import { foldId } from './lanes/lane-layout.ts';
import { useLanes } from './lanes/useLanes.ts';
import { CellPaths } from './model/cell-paths.ts';
import { askedIn } from './model/open-board-query.ts';
import { readMatches } from './model/read-matches.ts';
import { useAsking } from './model/useAsking.ts';
import type { OpenBoard } from './model/useBoard.ts';
import { useBoardLive } from './model/useBoardLive.ts';
import { useKeptScroll } from './model/useKeptScroll.ts';
import type { SelectionBarProps } from './selection/SelectionBar.tsx';
import { useMany } from './selection/useMany.ts';
import { useBoardEngine } from './useBoardEngine.ts';
import { useCollapseKey } from './useCollapseKey.ts';
import { useMoveMessages } from './useMoveMessages.ts';
import { useTicketHolder } from './useTicketHolder.ts';

const BoardFilter = memo(lazy(withTexts(() => import('./filter/BoardFilter.tsx').then((module) => ({ default: module.BoardFilter })))));
const LaneBoard = lazy(withTexts(() => import('./lanes/LaneBoard.tsx').then((module) => ({ default: module.LaneBoard }))));
const SelectionBar = lazy(withTexts(() => import('./selection/SelectionBar.tsx').then((module) => ({ default: module.SelectionBar }))));

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

function BoardOf({ board, frame, reload, peekKey, onPeek, onOpenPage, asked, onAsk }: BoardProps & { frame: BoardFrameFragment }) {
  const { t } = useTranslation(['board', 'ticket']);
  const format = useFormat();
  const client = useApolloClient();
  const actor = useActor();
  const { model, boardId, projectId } = board;
  const { project, columns } = frame;
  const root = useRef<HTMLDivElement>(null);
  const doors = useDoors();
  const isPainted = useAfterPaint();
  const heads = useRooms().flatMap(({ BoardHead }) => BoardHead ?? []);
  const [said] = useState(() => createSignal(''));
  const nothing = (): void => undefined;
  const latest = useRef({ frame, onPeek, onOpenPage, onAsk, closePeek: nothing, toCards: nothing, catchUp: nothing });
  const by = useSyncExternalStore(
    (listener) => model.subscribeAll(listener),
    () => model.asked?.by,
  );
  const lanes = useLanes(model, frame, by);
  const messages = useMoveMessages(said, columns, lanes);
  const scope = scopeOf(project);
  const mayWrite = can(actor, 'ticket.write', scope) && !frame.archived;
  const mayManage = can(actor, 'board.manage', scope) && !frame.archived;
  const isUsed = project.state === 'ACTIVE' && !frame.archived;
  useEffect(() => {
    if (isUsed) rememberBoard({ projectKey: project.key, boardId });
    else forgetBoard(boardId);
  }, [isUsed, project.key, boardId]);

  const engine = useBoardEngine(board, messages, () => latest.current.catchUp());
  const { catchUp, news } = useBoardLive(board, engine.loader, engine.focus, reload);
  const scroll = useKeptScroll(root, (query) => (model.asked?.query ?? '') === (askedIn(query)?.query ?? ''));
  const asking = useAsking(board, news, asked, scroll);
  const { collapsed, ids: collapsedIds } = useCollapsed('collapsed', boardId);
  const { collapsed: folded, ids: foldedIds } = useCollapsed('folded', boardId);
  const [points] = useState(() => createSignal<ReadonlyMap<string, number>>(new Map()));
  const { openMenu } = doors;
  const parts = useMemo<BoardParts>(
    () => ({
      ...engine,
      collapsed,
      folded,
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
      openMenu: (ticketId, at, pointer) =>
        openMenu({ ticketId, at: pointer ? new DOMRect(pointer.clientX, pointer.clientY, 0, 0) : at.getBoundingClientRect() }, pointer !== undefined),
    }),
    [client, engine, collapsed, folded, points, boardId, projectId, mayWrite, mayManage, openMenu],
  );
  const holder = useTicketHolder(engine);
  const surroundings = useMemo(
    () => ({ labels: new Map(project.labels.map((label) => [label.id, label])), words: cardWords(t, format) }),
    [project.labels, t, format],
  );
  const columnIds = useMemo(() => columns.map((column) => column.id), [columns]);
  const paths = useMemo(() => {
    const open = lanes.filter(({ key }) => by === undefined || !foldedIds.has(foldId(by, key)));
    return new CellPaths(model, columnIds, by === undefined ? undefined : open.map(({ key }) => key));
  }, [model, columnIds, by, lanes, foldedIds]);

  const keyOf = (ticketId: string): string | undefined =>
    client.cache.readFragment({
      id: client.cache.identify({ __typename: 'Ticket', id: ticketId }),
      fragment: TicketCardFragmentDoc,
      fragmentName: 'TicketCard',
    })?.key;
  const elementOf = (ticketId: string): Element | null => root.current?.querySelector(`[data-ticket-id="${CSS.escape(ticketId)}"]`) ?? null;
  const withRect = (ticketId: string, open: (opened: { ticketId: string; at: DOMRect }) => void): void =>
    engine.focus.whenDrawn(ticketId, () => {
      const element = elementOf(ticketId);
      if (element) open({ ticketId, at: element.getBoundingClientRect() });
    });
  const edit = (ticketId: string, field: QuickField): void => withRect(ticketId, (opened) => doors.openQuick(opened, field));
  const closePeek = (): void => {
    onPeek(undefined);
    // one that was not opened from a card (by the palette, by its address) leaves the keyboard on its own card
    const opened = client.cache.readQuery({ query: TicketDocument, variables: { key: peekKey ?? '' } })?.ticket?.id;
    const next = engine.focus.current() ?? opened;
    if (next !== undefined && model.placeOf(next) !== null) engine.focus.want(next);
  };

  const toCards = (): void => {
    const current = engine.focus.current();
    const shown = current !== null && model.placeOf(current) ? current : paths.all().flatMap((id) => entryAt(model.view(id), 0)?.id ?? [])[0];
    if (shown !== undefined) engine.focus.want(shown);
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  };
  useEffect(() => {
    latest.current = { frame, onPeek, onOpenPage, onAsk, closePeek, toCards, catchUp };
  });
  // what they are given to is drawn only when what it shows changes
  const [acts] = useState(() => ({
    openPage: (key: string) => latest.current.onOpenPage(key),
    closePeek: () => latest.current.closePeek(),
    ask: (text: string, typing?: boolean) => latest.current.onAsk(text, typing),
    toCards: () => latest.current.toCards(),
  }));

  const [field, setField] = useState<ManyQuickField | null>(null);
  const [follows, setFollows] = useState(false);
  const many = useMany(engine, () => latest.current.frame.columns, messages);
  const peek = (ticketId: string, isFollowing: boolean): void => {
    setFollows(isFollowing);
    onPeek(keyOf(ticketId));
  };

  const remove = (ticketIds: readonly string[]): void => void many(ticketIds, { kind: 'DELETE' });
  useCardAtHand(root, parts, {
    keyOf,
    edit,
    queueRun: can(actor, 'run.queue', scope) ? doors.openQueue : null,
    remove: mayWrite && can(actor, 'ticket.delete', scope) ? (ticketId) => remove([ticketId]) : null,
  });
  useCardDrag(parts, root);
  useLongPress(parts, root);
  useCollapseKey(parts, root);
  useBoardKeys({
    root,
    parts,
    carry: engine.carry,
    columnIds,
    paths,
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
    onEdit: edit,
    onEditMany: setField,
    onColumn(ticketId, columnId) {
      doors.closeQuick();
      setField(null);
      if (ticketId === null) void many(engine.selection.inOrder(), { kind: 'MOVE', columnId });
      else void engine.moves.toEdge(ticketId, model.cellIn(columnId, ticketId), 'TOP').then(() => engine.focus.want(ticketId));
    },
    onDelete: remove,
    onMenu: (ticketId) => withRect(ticketId, doors.openMenu),
    onUndo: () => void engine.moves.undo().then((ticketId) => ticketId && engine.focus.want(ticketId)),
  });

  return (
    <BoardContext value={parts}>
      <CardContext value={surroundings}>
        <TicketHolderContext value={holder}>
          <div className={classes.frame}>
            <div className={classes.main}>
              <BoardHeader frame={frame} mayWrite={mayWrite} firstCell={paths.all()[0]}>
                {isPainted && (
                  <Suspense fallback={null}>
                    <BoardFilter frame={frame} asked={asked} onAsk={acts.ask} onLeave={acts.toCards} />
                  </Suspense>
                )}
              </BoardHeader>
              {isPainted &&
                heads.map((Head, i) => (
                  <Suspense key={i} fallback={null}>
                    <Head boardId={boardId} />
                  </Suspense>
                ))}
              <BoardNotice frame={frame} />
              <Asked asked={asked} asking={asking} onAsk={onAsk} />
              <div ref={root} className={by ? classes.lanes : classes.columns} data-board={boardId} aria-busy={asking.isOld}>
                {by ? (
                  <Suspense fallback={null}>
                    <LaneBoard by={by} lanes={lanes} columns={columns} collapsedIds={collapsedIds} foldedIds={foldedIds} scroller={root} />
                  </Suspense>
                ) : (
                  columns.map((column, i) =>
                    collapsedIds.has(column.id) ? (
                      <CollapsedColumn key={column.id} column={column} />
                    ) : (
                      <BoardColumn key={column.id} column={column} first={i === 0} />
                    ),
                  )
                )}
              </div>
            </div>
            <BoardPeek ticketKey={peekKey} follows={follows} onClose={acts.closePeek} onOpenPage={acts.openPage} />
          </div>
          <CardDoors doors={doors} frame={frame} lanes={lanes} onEdit={edit} onDelete={(ticketId) => remove([ticketId])} />
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
