import type { Fault } from '../fault.ts';
import { ACCESS_FAULTS } from './access.ts';
import { ACTIVITY_FAULTS } from './activity.ts';
import { ATTEMPT_FAULTS } from './attempts.ts';
import { CHANGE_TICKETS_FAULTS } from './change-tickets.ts';
import { AUTOMATION_FAULTS } from './automation.ts';
import { BOARD_FAULTS } from './board.ts';
import { DATASET_FAULTS } from './dataset.ts';
import { LIST_FAULTS } from './lists.ts';
import { PALETTE_FAULTS } from './palette.ts';
import { PLATFORM_FAULTS } from './platform.ts';
import { RUNNER_FAULTS } from './runner.ts';
import { SPRINT_FAULTS } from './sprint.ts';
import { STAFFING_FAULTS } from './staffing.ts';
import { SUBJECT_FAULTS } from './subject.ts';
import { TICKET_FAULTS } from './ticket.ts';
import { TIME_FAULTS } from './time.ts';
import { TRAINER_FAULTS } from './trainers.ts';
import { TRAINING_FAULTS } from './training.ts';
import { HOME_FAULTS } from './home.ts';
import { NOTIFY_FAULTS } from './notify.ts';
import { VIEW_FAULTS } from './view.ts';
import { WEBHOOK_FAULTS } from './webhook.ts';

/** Every deliberate fault, room by room. */
export const FAULTS: readonly Fault[] = [
  ...AUTOMATION_FAULTS,
  ...BOARD_FAULTS,
  ...TICKET_FAULTS,
  ...CHANGE_TICKETS_FAULTS,
  ...ACTIVITY_FAULTS,
  ...ACCESS_FAULTS,
  ...SPRINT_FAULTS,
  ...STAFFING_FAULTS,
  ...TIME_FAULTS,
  ...LIST_FAULTS,
  ...PLATFORM_FAULTS,
  ...DATASET_FAULTS,
  ...SUBJECT_FAULTS,
  ...TRAINING_FAULTS,
  ...ATTEMPT_FAULTS,
  ...RUNNER_FAULTS,
  ...TRAINER_FAULTS,
  ...HOME_FAULTS,
  ...NOTIFY_FAULTS,
  ...PALETTE_FAULTS,
  ...VIEW_FAULTS,
  ...WEBHOOK_FAULTS,
];
