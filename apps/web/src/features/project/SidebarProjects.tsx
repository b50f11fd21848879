import { useQuery } from '@apollo/client/react';
import { Skeleton } from '@mantine/core';
import { IconLock, IconPlus, IconStack2 } from '@tabler/icons-react';
import { Link, useRouterState } from '@tanstack/react-router';
import { can } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useActor } from '../access/useActor.ts';
import classes from '../frame/Sidebar.module.css';
import { SidebarItem } from '../frame/SidebarItem.tsx';
import { useRooms, type ProjectMarksProps } from '../shell/rooms.ts';
import { NavigationDocument, type NavigationQuery } from './navigation.generated.ts';
import { lastBoard, useRecentProjects } from './recent-boards.ts';
import { sidebarProjects } from './sidebar-projects.ts';

type NavigationProject = NavigationQuery['projects'][number];

/** Often enough that a number beside a project is not doubted. */
const EVERY_MS = 15_000;

/** The projects one has pinned and those one was in, in the sidebar. */
export function SidebarProjects() {
  const { t } = useTranslation('shell');
  const { data } = useQuery(NavigationDocument, { pollInterval: EVERY_MS });
  const recent = useRecentProjects();
  const projects = data ? sidebarProjects(data.projects, recent) : [];
  const Marks = useRooms().find((room) => room.ProjectMarks)?.ProjectMarks ?? NoMarks;
  const pathname = useRouterState({ select: (state) => state.location.pathname });
  const [, area, here] = pathname.split('/');
  return (
    <section>
      <h2 className={classes.heading}>{t('nav.projects')}</h2>
      {data?.projects.length === 0 ? (
        <NoProjects />
      ) : (
        <ul className={classes.list}>
          {data ? (
            <Marks ids={projects.map(({ id }) => id)}>
              {(markOf) =>
                projects.map((project) => (
                  <ProjectItem key={project.id} project={project} mark={markOf(project.id)} isHere={area === 'projects' && here === project.key} />
                ))
              }
            </Marks>
          ) : (
            <Waiting />
          )}
          <SidebarItem to="/projects" icon={IconStack2} label={t('nav.allProjects')} exact />
        </ul>
      )}
    </section>
  );
}

const NoMarks = ({ children }: ProjectMarksProps): ReactNode => children(() => null);

function ProjectItem({ project, mark, isHere }: { project: NavigationProject; mark: ReactNode; isHere: boolean }) {
  const { t } = useTranslation('shell');
  const { key, name, boards, visibility, liveRuns } = project;
  const board = boards.find(({ id }) => id === lastBoard(key)?.boardId) ?? boards[0];
  const content = (
    <>
      <span className={classes.tile} aria-hidden="true">
        {key.slice(0, 2)}
      </span>
      <span className={classes.label}>{name}</span>
      {visibility === 'PRIVATE' && <IconLock size={12} aria-label={t('nav.private')} role="img" className={classes.lock} />}
      {mark}
      {liveRuns > 0 && (
        <span className={classes.running} role="img" aria-label={t('nav.running', { count: liveRuns })} title={t('nav.running', { count: liveRuns })}>
          {liveRuns}
        </span>
      )}
    </>
  );
  const look = { className: classes.item, title: name, 'data-here': isHere || undefined };
  return (
    <li>
      {board ? (
        <Link {...look} to="/projects/$projectKey/board/$boardId" params={{ projectKey: key, boardId: board.id }} activeOptions={{ includeSearch: false }}>
          {content}
        </Link>
      ) : (
        <Link {...look} to="/projects/$projectKey/tickets" params={{ projectKey: key }} activeOptions={{ includeSearch: false }}>
          {content}
        </Link>
      )}
    </li>
  );
}

/** What to do where no project is yet: make one, or ask those who may. */
function NoProjects() {
  const { t } = useTranslation('shell');
  const mayCreate = can(useActor(), 'project.create');
  return (
    <>
      <p className={classes.none}>{t(mayCreate ? 'nav.noProjects' : 'nav.noProjectsAsk')}</p>
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
