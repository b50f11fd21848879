import { Skeleton } from '@mantine/core';
import { useEffect, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { DataGroup } from '../lists/DataGroup.tsx';
import { DataRows, type Column } from '../lists/DataTable.tsx';
import { useList } from '../lists/useList.ts';
import type { RowSelection } from '../lists/useRowSelection.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { ShowMore } from '../shell/ShowMore.tsx';
import { TicketsDocument, type TicketRowFragment } from '../ticket/tickets.generated.ts';
import { backlogQuery } from './backlog-query.ts';
import classes from './Backlog.module.css';
import type { KnownSprint } from './known-sprint.ts';
import type { ShownLists } from './shown-lists.ts';
import { SprintActions, type SprintActionsProps } from './SprintActions.tsx';
import { daysText, isOverdue, leftText } from './sprint-days.ts';

export interface BacklogSectionProps {
  projectId: string;
  /** Null: what is in no sprint. */
  sprint: KnownSprint | null;
  columns: readonly Column<TicketRowFragment>[];
  selection: RowSelection | undefined;
  lists: ShownLists;
  /** Null: the reader may not manage sprints. */
  actions: Pick<SprintActionsProps, 'boards' | 'open'> | null;
  isOpen: boolean;
  onToggle: () => void;
  /** What stands here where the project has nothing at all. */
  nothing?: ReactNode;
}

/** A sprint with what is in it, or the backlog with what is in none. */
export function BacklogSection({ projectId, sprint, columns, selection, lists, actions, isOpen, onToggle, nothing }: BacklogSectionProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const answer = useList(TicketsDocument, { projectId, query: backlogQuery(sprint?.id ?? null) }, ({ tickets }) => tickets);
  const rows = answer.found?.nodes ?? [];
  useEffect(() => {
    lists.show(
      sprint?.id ?? null,
      rows.map(({ id }) => id),
    );
  });
  const line = (content: ReactNode) => (
    <tr role="row" data-gap>
      <td role="cell" colSpan={columns.length}>
        {content}
      </td>
    </tr>
  );
  const totals = sprint?.totals;
  return (
    <>
      <DataGroup
        name={sprint?.name ?? t('backlog.rest')}
        count={answer.found?.totalCount ?? totals?.tickets ?? 0}
        aside={
          sprint && (
            <>
              {daysText(t, format, sprint)}
              {totals && ` · ${t('list.points', { points: format.number(totals.points) })}`}
              {totals && totals.unestimated > 0 && ` · ${t('backlog.unestimated', { number: format.number(totals.unestimated) })}`}
              {sprint.state === 'RUNNING' && (
                <span className={classes.left} data-overdue={isOverdue(sprint) || undefined}>
                  {` · ${leftText(t, sprint)}`}
                </span>
              )}
            </>
          )
        }
        isOpen={isOpen}
        onToggle={onToggle}
        columns={columns.length}
      >
        {sprint && (sprint.goal !== '' || actions) && (
          <tr role="row" data-gap>
            <td role="cell" colSpan={columns.length}>
              <div className={classes.head}>
                <span className={classes.goal}>{sprint.goal}</span>
                {actions && <SprintActions sprint={sprint} projectId={projectId} {...actions} />}
              </div>
            </td>
          </tr>
        )}
        <DataRows columns={columns} rows={rows} selection={selection} />
        {!answer.found && line(answer.error ? <ErrorNotice error={answer.error} onRetry={() => void answer.refetch()} /> : <Skeleton height={72} />)}
        {answer.found &&
          rows.length === 0 &&
          line(sprint ? <p className={classes.empty}>{t('backlog.emptySprint')}</p> : (nothing ?? <p className={classes.empty}>{t('backlog.empty')}</p>))}
        {answer.found?.pageInfo.hasNextPage && line(<ShowMore onMore={answer.fetchMore} />)}
      </DataGroup>
    </>
  );
}
