import { Button } from '@mantine/core';
import { IconEye, IconLock, IconPlus, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { can } from '@trainyard/domain';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { mayRestore } from '../project/may-restore.ts';
import { LinkIcon } from '../shell/LinkButton.tsx';
import { PageTitle } from '../shell/PageTitle.tsx';
import classes from './Board.module.css';
import { useBoardParts } from './board-context.ts';
import type { BoardFrameFragment } from './board.generated.ts';

/** Which board this is, the project's other boards, and what may be done here. */
export function BoardHeader({ frame, mayWrite }: { frame: BoardFrameFragment; mayWrite: boolean }) {
  const { t } = useTranslation('board');
  const { creating } = useBoardParts();
  const { project } = frame;
  const actor = useActor();
  const scope = scopeOf(project);
  const hasSettings = can(actor, 'board.manage', scope) || mayRestore(actor, scope);
  const first = frame.columns[0];
  return (
    <header className={classes.header}>
      <PageTitle title={`${project.name} · ${frame.name}`} hidden />
      <div className={classes.title}>
        <span className={classes.name} title={project.name} aria-hidden="true">
          {project.name}
        </span>
        {project.visibility === 'PRIVATE' && <IconLock size={14} role="img" aria-label={t('private')} />}
        {project.boards.length === 1 && <span className={classes.kind}>{t(`kind.${frame.kind}`)}</span>}
      </div>
      <nav className={classes.boards} aria-label={t('pages')}>
        {project.boards.length > 1 &&
          project.boards.map((board) => (
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
        <Link to="/projects/$projectKey/tickets" params={{ projectKey: project.key }} className={classes.board}>
          {t('tickets')}
        </Link>
        <Link to="/projects/$projectKey/runs" params={{ projectKey: project.key }} className={classes.board}>
          {t('runs')}
        </Link>
      </nav>
      {!mayWrite && (
        <span className={classes.note}>
          <IconEye size={15} aria-hidden="true" />
          {t('readOnly')}
        </span>
      )}
      <div className={classes.actions}>
        {mayWrite && first && (
          <Button size="compact-sm" leftSection={<IconPlus size={14} />} onClick={() => creating.set(first.id)}>
            {t('create.open')}
          </Button>
        )}
        {hasSettings && (
          <LinkIcon
            to="/projects/$projectKey/settings"
            params={{ projectKey: project.key }}
            variant="subtle"
            color="gray"
            aria-label={t('settings')}
            title={t('settings')}
          >
            <IconSettings size={16} aria-hidden="true" />
          </LinkIcon>
        )}
      </div>
    </header>
  );
}
