import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconLayoutKanban, IconLock, IconPlus } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import classes from '../frame/Sidebar.module.css';
import { SidebarItem } from '../frame/SidebarItem.tsx';
import { NavigationDocument, type NavigationQuery } from './navigation.generated.ts';

type NavigationProject = NavigationQuery['projects'][number];

/** The boards of all projects that the reader may see, in the sidebar. */
export function BoardList() {
  const { t } = useTranslation('shell');
  const { data } = useQuery(NavigationDocument);
  return (
    <>
      <h2 className={classes.heading}>{t('nav.boards')}</h2>
      {data?.projects.length === 0 ? (
        <NoBoards />
      ) : (
        <ul className={classes.list}>
          {data ? data.projects.flatMap((project) => project.boards.map((board) => <BoardItem key={board.id} project={project} board={board} />)) : <Waiting />}
        </ul>
      )}
    </>
  );
}

function BoardItem({ project, board }: { project: NavigationProject; board: NavigationProject['boards'][number] }) {
  const { t } = useTranslation('shell');
  const name = project.boards.length > 1 ? `${project.name} · ${board.name}` : project.name;
  return (
    <li>
      <Link
        to="/projects/$projectKey/board/$boardId"
        params={{ projectKey: project.key, boardId: board.id }}
        className={classes.item}
        activeOptions={{ includeSearch: false }}
        title={name}
      >
        <IconLayoutKanban size={16} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{name}</span>
        {project.visibility === 'PRIVATE' && <IconLock size={12} aria-label={t('nav.private')} role="img" className={classes.lock} />}
        <span className={classes.key}>{project.key}</span>
      </Link>
    </li>
  );
}

/** What to do where no board is yet: make a project, or ask those who may. */
function NoBoards() {
  const { t } = useTranslation('shell');
  const mayCreate = can(useActor(), 'project.create');
  return (
    <>
      <p className={classes.none}>{t(mayCreate ? 'nav.noBoards' : 'nav.noBoardsAsk')}</p>
      {mayCreate && (
        <ul className={classes.list}>
          <SidebarItem to="/projects/new" icon={IconPlus} label={t('palette.command.newProject')} exact />
        </ul>
      )}
    </>
  );
}

function Waiting() {
  return (
    <Delayed>
      {[72, 56, 64].map((width) => (
        <li key={width} className={classes.item} aria-hidden="true">
          <Skeleton height={10} width={`${width}%`} />
        </li>
      ))}
    </Delayed>
  );
}
