import { pagesOf } from '../../apollo-pages.ts';
import type { Room } from '../shell/rooms.ts';
import type { Texts } from '../../i18n/languages.ts';

export const activityTexts: Texts<typeof import('./i18n/en.json')> = (language) => import(`./i18n/${language}.json`);

export const activity: Room = {
  typePolicies: { Ticket: { fields: { activity: pagesOf() } } },
};
