import type { TypePolicies } from '@apollo/client';
import { access } from './features/access/room.ts';
import { activity } from './features/activity/room.ts';
import { board } from './features/board/room.ts';
import { dataset } from './features/dataset/room.ts';
import { project } from './features/project/room.ts';
import { runner } from './features/runner/room.ts';
import type { Room } from './features/shell/room.ts';
import { staffing } from './features/staffing/room.ts';
import { ticket } from './features/ticket/room.ts';
import { training } from './features/training/room.ts';

/** All rooms, in the order in which sidebar, palette and the list of shortcuts show them. */
export const ROOMS: readonly Room[] = [board, project, dataset, runner, staffing, access, activity, training, ticket];

/** How Apollo's cache holds what they read. */
export const TYPE_POLICIES: readonly TypePolicies[] = ROOMS.flatMap(({ typePolicies }) => (typePolicies ? [typePolicies] : []));
