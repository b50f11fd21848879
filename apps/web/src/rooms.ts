import type { TypePolicies } from '@apollo/client';
import { access, accessTexts } from './features/access/room.ts';
import { activity, activityTexts } from './features/activity/room.ts';
import { automation, automationTexts } from './features/automation/room.ts';
import { board, boardTexts } from './features/board/room.ts';
import { dataset, datasetTexts } from './features/dataset/room.ts';
import { flow, flowTexts } from './features/flow/room.ts';
import { notify, notifyTexts } from './features/notify/room.ts';
import { project, projectTexts } from './features/project/room.ts';
import { runner, runnerTexts } from './features/runner/room.ts';
import { home, homeTexts } from './features/home/room.ts';
import { listsTexts } from './features/lists/room.ts';
import type { Room } from './features/shell/rooms.ts';
import { subjectTexts } from './features/subject/room.ts';
import { errorTexts, shellTexts } from './features/shell/texts.ts';
import { sprint, sprintTexts } from './features/sprint/room.ts';
import { staffing, staffingTexts } from './features/staffing/room.ts';
import { ticket, ticketTexts } from './features/ticket/room.ts';
import { training, trainingTexts } from './features/training/room.ts';
import { webhook, webhookTexts } from './features/webhook/room.ts';

/** All rooms, in the order in which sidebar, palette and the list of shortcuts show them. */
export const ROOMS: readonly Room[] = [
  home,
  notify,
  ticket,
  board,
  sprint,
  flow,
  project,
  training,
  dataset,
  runner,
  staffing,
  access,
  activity,
  webhook,
  automation,
];

/** How Apollo's cache holds what they read. */
export const TYPE_POLICIES: readonly TypePolicies[] = ROOMS.flatMap(({ typePolicies }) => (typePolicies ? [typePolicies] : []));

/** Their texts, by the name of the room. */
export const TEXTS = {
  access: accessTexts,
  activity: activityTexts,
  automation: automationTexts,
  board: boardTexts,
  dataset: datasetTexts,
  errors: errorTexts,
  flow: flowTexts,
  home: homeTexts,
  notify: notifyTexts,
  lists: listsTexts,
  project: projectTexts,
  runner: runnerTexts,
  shell: shellTexts,
  sprint: sprintTexts,
  staffing: staffingTexts,
  subject: subjectTexts,
  ticket: ticketTexts,
  training: trainingTexts,
  webhook: webhookTexts,
};
