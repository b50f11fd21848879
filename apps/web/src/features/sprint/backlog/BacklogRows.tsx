import { useFragment } from '@apollo/client/react';
import { memo, useCallback, useEffect, useLayoutEffect, useRef, useSyncExternalStore, type ReactNode, type RefObject } from 'react';
import { Skeleton } from '@mantine/core';
import { DataRow, useTickLabel, type Column } from '../../lists/DataTable.tsx';
import { useRowsInSight } from '../../lists/useRowsInSight.ts';
import type { RowTicks } from '../../lists/useRowSelection.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { ShowMore } from '../../shell/ShowMore.tsx';
import { TicketRowFragmentDoc, type TicketRowFragment } from '../../ticket/tickets.generated.ts';
import classes from './Backlog.module.css';
import { PAGE, type BacklogLists, type SectionList } from './backlog-lists.ts';

export interface BacklogRowsProps {
  list: SectionList;
  lists: BacklogLists;
  /** Tickets in it, where that is known before they are read. */
  count: number;
  columns: readonly Column<TicketRowFragment>[];
  selection: RowTicks<TicketRowFragment> | undefined;
  scroller: RefObject<HTMLElement | null>;
  /** What stands here where there is nothing. */
  nothing: ReactNode;
}

/** The rows of a section: those near what is seen are read, and drawn. */
export function BacklogRows({ list, lists, count, columns, selection, scroller, nothing }: BacklogRowsProps) {
  const anchor = useRef<HTMLTableRowElement>(null);
  useSyncExternalStore(list.subscribe, () => list.version);
  const { total, error } = list;
  const { pieces, from, to, onFocus } = useRowsInSight(scroller, anchor, total ?? Math.max(1, count));
  // cards of a phone are read on by hand: what is below them stays in reach
  const read = list.ids.length;
  const [first, last] = pieces ? [from, to] : [0, Math.max(1, read)];
  useEffect(() => {
    if (last > 0) lists.want(list, first, last);
  }, [lists, list, first, last, total]);

  const latest = useRef({ list, selection, onFocus });
  useLayoutEffect(() => {
    latest.current = { list, selection, onFocus };
  });
  const onTick = useCallback((id: string, range: boolean) => {
    const { list: now, selection: ticks } = latest.current;
    ticks?.toggle(id, now.ids.filter((one) => one !== undefined) as string[], range);
  }, []);
  const onRowFocus = useCallback((index: number | null) => latest.current.onFocus(index), []);
  const tickLabel = useTickLabel(selection);

  const waits = <Skeleton height={Math.max(1, Math.min(count, 8)) * 36} />;
  const line = (content: ReactNode) => (
    <tr role="row" data-gap>
      <td role="cell" colSpan={columns.length}>
        {content}
      </td>
    </tr>
  );
  const rowAt = (index: number) => {
    const id = list.ids[index];
    if (id === undefined)
      return (
        <tr key={`hole-${index}`} aria-hidden="true" className={classes.hole}>
          <td colSpan={columns.length} />
        </tr>
      );
    return (
      <LiveRow
        key={id}
        id={id}
        columns={columns}
        index={index}
        isSelected={selection ? selection.selected.has(id) : null}
        tickLabel={tickLabel}
        onTick={onTick}
        onFocus={onRowFocus}
      />
    );
  };
  const hasMore = pieces === null && total !== null && read < total;
  return (
    <>
      <tr ref={anchor} data-gap aria-hidden="true" className={classes.anchor} style={pieces === null ? { display: 'none' } : undefined}>
        <td colSpan={columns.length} />
      </tr>
      {total === null && error === null && line(waits)}
      {error !== null && line(<ErrorNotice error={error} onRetry={() => lists.retry(list)} meanwhile={total === null && waits} />)}
      {total !== null &&
        (pieces === null
          ? list.ids.map((_id, index) => rowAt(index))
          : pieces.map((piece, i) =>
              'index' in piece ? (
                rowAt(piece.index)
              ) : (
                <tr key={i === 0 ? 'before' : i === pieces.length - 1 ? 'behind' : 'between'} data-gap aria-hidden="true" style={{ height: piece.gap }}>
                  <td colSpan={columns.length} />
                </tr>
              ),
            ))}
      {total === 0 && line(nothing)}
      {hasMore && line(<ShowMore onMore={() => lists.load(list, Math.floor(read / PAGE))} />)}
    </>
  );
}

interface LiveRowProps {
  id: string;
  columns: readonly Column<TicketRowFragment>[];
  index: number;
  isSelected: boolean | null;
  tickLabel: (ticket: TicketRowFragment) => string;
  onTick: (id: string, range: boolean) => void;
  onFocus: (index: number | null) => void;
}

/** A row as the cache has it: news of one ticket draw one row. */
const LiveRow = memo(function LiveRow({ id, columns, ...row }: LiveRowProps) {
  const { data, complete } = useFragment({ fragment: TicketRowFragmentDoc, fragmentName: 'TicketRow', from: { __typename: 'Ticket', id } });
  if (!complete) return null;
  return <DataRow row={data as TicketRowFragment} columns={columns} isOnTop={false} from={1} to={columns.length - 1} {...row} />;
});
