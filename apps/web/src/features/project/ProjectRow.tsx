import { can } from '@trainyard/domain';
import { IconLayoutKanban, IconLock, IconSettings } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { LinkIcon } from '../shell/LinkButton.tsx';
import { mayRestore } from './may-restore.ts';
import { ProjectStateNotice } from './ProjectStateNotice.tsx';
import classes from './ProjectsPage.module.css';
import type { ProjectsQuery } from './projects.generated.ts';

export function ProjectRow({ project }: { project: ProjectsQuery['projects'][number] }) {
  const { t } = useTranslation('project');
  const actor = useActor();
  const scope = scopeOf(project);
  const mayManage = can(actor, 'project.manage', scope) || mayRestore(actor, scope);
  const [board] = project.boards;
  return (
    <li className={classes.row}>
      <span className={classes.key}>{project.key}</span>
      <div className={classes.text}>
        <div className={classes.nameLine}>
          {board ? (
            <Link className={classes.name} to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: board.id }}>
              {project.name}
            </Link>
          ) : (
            <span className={classes.name}>{project.name}</span>
          )}
          {project.visibility === 'PRIVATE' && (
            <span className={classes.private}>
              <IconLock size={12} aria-hidden="true" />
              {t('visibility.PRIVATE')}
            </span>
          )}
        </div>
        <ProjectStateNotice project={project} />
        {project.description && <p className={classes.description}>{project.description}</p>}
        {project.boards.length > 1 && (
          <ul className={classes.boards}>
            {project.boards.map((each) => (
              <li key={each.id}>
                <Link className={classes.board} to="/projects/$projectKey/board/$boardId" params={{ projectKey: project.key, boardId: each.id }}>
                  <IconLayoutKanban size={14} stroke={1.6} aria-hidden="true" />
                  {each.name}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </div>
      <Link className={classes.team} to="/teams/$teamId" params={{ teamId: project.team.id }}>
        {project.team.name}
      </Link>
      {mayManage && (
        <LinkIcon
          to="/projects/$projectKey/settings"
          params={{ projectKey: project.key }}
          className={classes.settings}
          variant="subtle"
          color="gray"
          aria-label={t('settingsOf', { name: project.name })}
        >
          <IconSettings size={16} stroke={1.6} />
        </LinkIcon>
      )}
    </li>
  );
}
