import { useQuery } from '@apollo/client/react';
import { Kbd, Skeleton } from '@mantine/core';
import { IconCpu, IconDatabase, IconLayoutKanban, IconLock, IconPlus, IconSearch, IconStack2, IconUsers, IconUsersGroup, type Icon } from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useActor, useViewer } from '../access/useActor.tsx';
import { AccountButton } from './AccountButton.tsx';
import { Brand } from '../shell/Brand.tsx';
import { NavigationDocument, type NavigationQuery } from '../project/navigation.generated.ts';
import { MODIFIER } from '../shell/keys.ts';
import { openPalette } from './palette/palette-state.ts';
import classes from './Sidebar.module.css';

type NavigationProject = NavigationQuery['projects'][number];

export function Sidebar({ className }: { className?: string }) {
  const { t } = useTranslation('shell');
  const viewer = useViewer();
  const { data } = useQuery(NavigationDocument);
  return (
    <nav aria-label={t('nav.label')} className={`${classes.root} ${className ?? ''}`}>
      <div className={classes.top}>
        <Link to="/projects" className={classes.home}>
          <Brand name={viewer.organisation.name} />
        </Link>
        <button type="button" className={classes.search} onClick={openPalette}>
          <IconSearch size={14} aria-hidden="true" />
          <span>{t('palette.open')}</span>
          <Kbd size="xs" aria-hidden="true">
            {MODIFIER} K
          </Kbd>
        </button>
      </div>
      <div className={classes.scroll}>
        <ul className={classes.list}>
          <Item to="/projects" icon={IconStack2} label={t('nav.projects')} exact />
          <Item to="/datasets" icon={IconDatabase} label={t('nav.datasets')} />
          <Item to="/runners" icon={IconCpu} label={t('nav.runners')} />
          <Item to="/teams" icon={IconUsersGroup} label={t('nav.teams')} />
          <Item to="/people" icon={IconUsers} label={t('nav.people')} />
        </ul>
        <h2 className={classes.heading}>{t('nav.boards')}</h2>
        {data?.projects.length === 0 ? (
          <NoBoards />
        ) : (
          <ul className={classes.list}>
            {data ? (
              data.projects.flatMap((project) => project.boards.map((board) => <BoardItem key={board.id} project={project} board={board} />))
            ) : (
              <Waiting />
            )}
          </ul>
        )}
      </div>
      <AccountButton />
    </nav>
  );
}

function Item({ to, icon: Symbol, label, exact }: { to: LinkProps['to']; icon: Icon; label: string; exact?: boolean }) {
  return (
    <li>
      <Link to={to} className={classes.item} activeOptions={{ exact: exact ?? false, includeSearch: false }}>
        <Symbol size={16} stroke={1.6} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
      </Link>
    </li>
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
  const { t } = useTranslation(['shell', 'project']);
  const mayCreate = can(useActor(), 'project.create');
  return (
    <>
      <p className={classes.none}>{t(mayCreate ? 'nav.noBoards' : 'nav.noBoardsAsk')}</p>
      {mayCreate && (
        <ul className={classes.list}>
          <Item to="/projects/new" icon={IconPlus} label={t('project:new')} exact />
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
