import { pagesOf } from '../../apollo-pages.ts';
import type { Room } from '../shell/room.ts';

export const activity: Room = {
  typePolicies: { Ticket: { fields: { activity: pagesOf() } } },
};
