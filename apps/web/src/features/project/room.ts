import { IconStack2 } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../access/app-route.ts';
import { can } from '@trainyard/domain';
import { createElement } from 'react';
import type { Room } from '../shell/rooms.ts';
import { mayRestore } from './may-restore.ts';
import { projectRoute } from './project-route.ts';
import { SidebarProjects } from './SidebarProjects.tsx';
import type { ProjectSettingsPageProps } from './ProjectSettingsPage.tsx';
import type { Texts } from '../../i18n/languages.ts';
import { labelNews } from './label-news.ts';

const projects = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects',
  staticData: { texts: ['project'] },
  component: lazyRouteComponent(() => import('./ProjectsPage.tsx'), 'ProjectsPage'),
});

/** A dialog over the list. */
const newProject = createRoute({
  getParentRoute: () => projects,
  path: '/new',
  staticData: { texts: ['project', 'staffing'] },
  component: lazyRouteComponent(() => import('./NewProjectDialog.tsx'), 'NewProjectDialog'),
});

export const projectRoutes = [projects.addChildren([newProject])] as const;

/** `loadWebhooks`: the webhooks of a project are of a room above. */
export const settingsRoutes = (loadWebhooks: () => Promise<ProjectSettingsPageProps['Webhooks']>) => {
  const settings = createRoute({
    getParentRoute: () => projectRoute,
    path: '/settings',
    staticData: { texts: ['access', 'project', 'ticket', 'webhook'] },
    component: lazyRouteComponent(async () => {
      const [{ ProjectSettingsPage }, Webhooks] = await Promise.all([import('./ProjectSettingsPage.tsx'), loadWebhooks()]);
      return { default: () => createElement(ProjectSettingsPage, { Webhooks }) };
    }),
  });
  return [settings] as const;
};

export const projectTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const project: Room = {
  places: [{ to: '/projects', label: 'nav.projects', icon: IconStack2 }],
  tabs: [
    {
      tab: 'SETTINGS',
      label: 'tabs.settings',
      path: 'settings',
      link: ({ key, scope }, actor) =>
        can(actor, 'board.manage', scope) || mayRestore(actor, scope) ? { to: '/projects/$projectKey/settings', params: { projectKey: key } } : null,
    },
  ],
  Navigation: SidebarProjects,
  goKeys: [{ letter: 'p', text: 'shortcuts.goProjects', to: () => ({ to: '/projects' }) }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  thingAt: ([area, key, tab, id]) => {
    if (area !== 'projects' || !key || key === 'new') return null;
    return tab === 'board' && id ? { kind: 'BOARD', id } : { kind: 'PROJECT', id: key };
  },
  // short lists come whole, never in parts: the newest one is true
  typePolicies: { Project: { fields: { labels: { merge: false }, people: { merge: false }, boards: { merge: false } } } },
  news: labelNews,
};
