import { BacklogDocument, BoardSprintsDocument, ProjectSprintsDocument, type SprintHeadFragment, type SprintSumsFragment } from './sprints.generated.ts';

export type KnownSprint = SprintHeadFragment & SprintSumsFragment;

/** What shows the course of a sprint, and is read again when that goes on. */
export const COURSE_CHANGES = [BacklogDocument, ProjectSprintsDocument, BoardSprintsDocument];
