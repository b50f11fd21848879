import { Link, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { scopeOf } from '../access/project-scope.ts';
import { useActor } from '../access/useActor.ts';
import { PROJECT_TABS, useRooms } from '../shell/rooms.ts';
import classes from './ProjectFrame.module.css';
import type { ProjectFrameQuery } from './project-frame.generated.ts';

/** The pages of a project: what the rooms have of it. */
export function ProjectTabs({ project }: { project: NonNullable<ProjectFrameQuery['project']> }) {
  const { t } = useTranslation('shell');
  const actor = useActor();
  const rooms = useRooms();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const [, , , here = ''] = path.split('/');
  const { key, boards } = project;
  const tabs = rooms
    .flatMap(({ tabs: ofRoom = [] }) => ofRoom)
    .toSorted((a, b) => PROJECT_TABS.indexOf(a.tab) - PROJECT_TABS.indexOf(b.tab))
    .flatMap((tab) => {
      const link = tab.link({ key, scope: scopeOf(project), boards }, actor);
      return link ? [{ ...tab, link }] : [];
    });
  const list = useRef<HTMLUListElement>(null);
  // on a narrow screen they scroll: the one at hand is in sight, and the page stays where it is
  useEffect(() => {
    const row = list.current;
    const tab = row?.querySelector('[aria-current]')?.getBoundingClientRect();
    if (!row || !tab) return;
    const { left, width } = row.getBoundingClientRect();
    row.scrollLeft += tab.left + tab.width / 2 - (left + width / 2);
  }, [here, tabs.length]);
  return (
    <nav aria-label={t('tabs.label')}>
      <ul ref={list} className={classes.tabs}>
        {tabs.map(({ tab, label, path: begins, link }) => (
          <li key={tab}>
            <Link
              {...(link as { to: '.' })}
              className={classes.tab}
              aria-current={here === begins ? 'page' : undefined}
              activeOptions={{ exact: true, includeSearch: false }}
              activeProps={{}}
            >
              {t(label)}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
