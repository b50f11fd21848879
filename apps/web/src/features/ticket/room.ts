import { IconListCheck, IconListDetails } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { pagesOf } from '../../apollo-pages.ts';
import { appRoute } from '../access/app-route.ts';
import { projectRoute } from '../project/project-route.ts';
import { listSearch } from '../lists/list-search.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';
import { NewTicket } from './NewTicket.tsx';
import { NewTicketButton } from './NewTicketButton.tsx';
import { ticketNews } from './write-tickets.ts';

const ticketPage = createRoute({
  getParentRoute: () => appRoute,
  path: '/tickets/$ticketKey',
  staticData: { texts: ['ticket', 'activity', 'subject', 'training', 'dataset'] },
  component: lazyRouteComponent(() => import('./TicketPage.tsx'), 'TicketPage'),
});

const tickets = createRoute({
  getParentRoute: () => projectRoute,
  path: '/tickets',
  staticData: { texts: ['lists', 'ticket'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./TicketsPage.tsx'), 'TicketsPage'),
});

const allTickets = createRoute({
  getParentRoute: () => appRoute,
  path: '/tickets',
  staticData: { texts: ['lists', 'ticket'] },
  validateSearch: listSearch,
  component: lazyRouteComponent(() => import('./TicketsPage.tsx'), 'AllTicketsPage'),
});

export const ticketRoutes = [ticketPage, allTickets] as const;
export const ticketProjectRoutes = [tickets] as const;

export const ticketTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const ticket: Room = {
  places: [
    { to: '/tickets', search: { query: 'assignee:me is:unfinished' }, label: 'nav.myTickets', icon: IconListCheck },
    { to: '/tickets', label: 'nav.tickets', icon: IconListDetails },
  ],
  tabs: [
    {
      tab: 'TICKETS',
      label: 'tabs.tickets',
      path: 'tickets',
      link: ({ key }) => ({ to: '/projects/$projectKey/tickets', params: { projectKey: key } }),
    },
  ],
  NewButton: NewTicketButton,
  Overlay: NewTicket,
  shortcuts: [{ heading: 'shortcuts.group.anywhere', lines: [{ keys: ['C'], text: 'shortcuts.newTicket' }] }],
  palette: () => import('./palette-part.tsx').then(({ palettePart }) => palettePart),
  // on its page, or beside a board
  thingAt: ([area, key], { ticket }) => {
    const shown = area === 'tickets' ? key : area === 'projects' && typeof ticket === 'string' ? ticket : undefined;
    return shown ? { kind: 'TICKET', id: shown } : null;
  },
  // the newest labels and files are true
  typePolicies: {
    Query: { fields: { tickets: pagesOf('projectId', 'search', 'query', 'timeZone') } },
    Ticket: { fields: { labelIds: { merge: false }, attachments: { merge: false }, blockers: { merge: false }, links: { merge: false }, comments: pagesOf() } },
  },
  news: ticketNews,
};
