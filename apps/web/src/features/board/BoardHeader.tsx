import { Button } from '@mantine/core';
import { IconEye, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { HeaderActions } from '../shell/HeaderActions.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import classes from './Board.module.css';
import { useBoardParts } from './board-context.ts';
import type { BoardFrameFragment } from './board.generated.ts';

export interface BoardHeaderProps {
  frame: BoardFrameFragment;
  mayWrite: boolean;
  /** Where a new ticket is written. */
  firstCell: string | undefined;
  children: ReactNode;
}

/** What the board is asked and what may be done here, in the header row of the project; the project's other boards below it. */
export function BoardHeader({ frame, mayWrite, firstCell, children }: BoardHeaderProps) {
  const { t } = useTranslation('board');
  const { creating } = useBoardParts();
  const { project } = frame;
  return (
    <>
      <PageTitle title={frame.name} hidden />
      <HeaderActions>
        <div className={classes.filter}>{children}</div>
        {!mayWrite && (
          <span className={classes.note}>
            <IconEye size={15} aria-hidden="true" />
            {t('readOnly')}
          </span>
        )}
        {mayWrite && firstCell !== undefined && (
          <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => creating.set(firstCell)}>
            {t('create.open')}
          </Button>
        )}
      </HeaderActions>
      {project.boards.length > 1 && (
        <nav className={classes.boards} aria-label={t('pages')}>
          {project.boards.map((board) => (
            <Link
              key={board.id}
              to="/projects/$projectKey/board/$boardId"
              params={{ projectKey: project.key, boardId: board.id }}
              className={classes.board}
              aria-current={board.id === frame.id ? 'page' : undefined}
            >
              {board.name}
            </Link>
          ))}
        </nav>
      )}
    </>
  );
}
