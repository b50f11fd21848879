import { pagesOf } from '../../apollo-pages.ts';
import type { Room } from '../shell/rooms.ts';

export const activityTexts = { en: () => import('./i18n/en.json'), zh: () => import('./i18n/zh.json') };

export const activity: Room = {
  typePolicies: { Ticket: { fields: { activity: pagesOf() } } },
};
