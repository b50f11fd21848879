import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import type { Texts } from '../../i18n/languages.ts';
import { projectRoute } from '../project/project-route.ts';
import type { Room } from '../shell/rooms.ts';
import { ruleNews } from './rule-news.ts';

const rules = createRoute({
  getParentRoute: () => projectRoute,
  path: '/rules',
  staticData: { texts: ['activity', 'automation', 'ticket', 'training'] },
  component: lazyRouteComponent(() => import('./RulesPage.tsx'), 'RulesPage'),
});

/** `new` is one that is being written. */
const rule = createRoute({
  getParentRoute: () => projectRoute,
  path: '/rules/$ruleId',
  staticData: { texts: ['activity', 'automation', 'lists', 'ticket', 'training'] },
  component: lazyRouteComponent(() => import('./RulePage.tsx'), 'RulePage'),
});

export const automationProjectRoutes = [rules, rule] as const;

export const automationTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const automation: Room = {
  tabs: [{ tab: 'RULES', label: 'tabs.rules', path: 'rules', link: ({ key }) => ({ to: '/projects/$projectKey/rules', params: { projectKey: key } }) }],
  typePolicies: {
    Query: { fields: { rules: { merge: false }, ruleFirings: pagesOf('projectId', 'ruleId', 'outcome') } },
    Rule: { fields: { trigger: { merge: false } } },
  },
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  news: ruleNews,
};
