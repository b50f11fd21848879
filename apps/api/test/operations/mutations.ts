import { BACKLOG_MUTATIONS } from './backlog-mutations.ts';
import { BOARD_MUTATIONS } from './board-mutations.ts';
import { CALENDAR_MUTATIONS } from './calendar-mutations.ts';
import { CARD_MUTATIONS } from './card-mutations.ts';
import type { MutationCase } from './case.ts';
import { HOME_MUTATIONS } from './home-mutations.ts';
import { NOTIFY_MUTATIONS } from './notify-mutations.ts';
import { PEOPLE_MUTATIONS } from './people-mutations.ts';
import { RULE_MUTATIONS } from './rule-mutations.ts';
import { SPRINT_MUTATIONS } from './sprint-mutations.ts';
import { TRAINING_MUTATIONS } from './training-mutations.ts';
import { VIEW_MUTATIONS } from './view-mutations.ts';
import { WEBHOOK_MUTATIONS } from './webhook-mutations.ts';
import { WORK_TIME_MUTATIONS } from './work-time-mutations.ts';

/** Every mutation, with what it demands and what it leaves behind; several where that differs by what it is asked on. */
export const MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  ...BACKLOG_MUTATIONS,
  ...BOARD_MUTATIONS,
  ...CALENDAR_MUTATIONS,
  ...CARD_MUTATIONS,
  ...HOME_MUTATIONS,
  ...NOTIFY_MUTATIONS,
  ...PEOPLE_MUTATIONS,
  ...RULE_MUTATIONS,
  ...SPRINT_MUTATIONS,
  ...TRAINING_MUTATIONS,
  ...VIEW_MUTATIONS,
  ...WEBHOOK_MUTATIONS,
  ...WORK_TIME_MUTATIONS,
};
