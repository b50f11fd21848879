import { useQuery } from '@apollo/client/react';
import { Link } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import type { BoardHeadProps } from '../shell/rooms.ts';
import { BacklogColumnOffer } from './BacklogColumnOffer.tsx';
import classes from './BoardSprint.module.css';
import { SprintActions } from './SprintActions.tsx';
import { isOverdue, leftText, pointsText, projectDay } from './sprint-days.ts';
import { BoardSprintsDocument } from './sprints.generated.ts';

/** Above a board: the sprints that run on it, what they are to reach, and how long they have. */
export function BoardSprint({ boardId }: BoardHeadProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const actor = useActor();
  const { data } = useQuery(BoardSprintsDocument, { variables: { id: boardId }, fetchPolicy: 'cache-and-network' });
  const board = data?.board;
  if (!board) return null;
  const today = projectDay(board.project.timeZone);
  const mayManage = can(actor, 'sprint.manage', scopeOf(board.project));
  const isOffered = can(actor, 'board.manage', scopeOf(board.project));
  return (
    <>
      {isOffered && board.backlogColumn && <BacklogColumnOffer boardId={boardId} column={board.backlogColumn} />}
      {board.runningSprints.map((sprint) => (
        <div key={sprint.id} className={classes.root}>
          <Link className={classes.name} to="/projects/$projectKey/sprints/$sprintId" params={{ projectKey: board.project.key, sprintId: sprint.id }}>
            {sprint.name}
          </Link>
          {sprint.goal !== '' && (
            <span className={classes.goal} title={sprint.goal}>
              {sprint.goal}
            </span>
          )}
          <span className={classes.left} data-overdue={isOverdue(sprint, today) || undefined}>
            {leftText(t, sprint, today)}
          </span>
          <span className={classes.sums}>
            {format.number(sprint.totals.donePoints)} / {pointsText(t, format, sprint.totals.points)}
          </span>
          {mayManage && (
            <SprintActions sprint={sprint} projectId={board.project.id} today={today} boards={[]} open={[...board.project.sprints, ...board.runningSprints]} />
          )}
        </div>
      ))}
    </>
  );
}
