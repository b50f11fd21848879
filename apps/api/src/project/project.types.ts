import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  PROJECT_DESCRIPTION_MAX,
  PROJECT_STATES,
  PROJECT_VISIBILITIES,
  PROJECT_WAITING_DAYS,
  type ProjectState,
  type ProjectVisibility,
} from '@trainyard/domain';
import { textCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import type { LabelType } from './label.types.ts';
import type { TeamType } from '../staffing/staffing.types.ts';

export const ProjectVisibilityEnum = enumOf(PROJECT_VISIBILITIES);
registerEnumType(ProjectVisibilityEnum, {
  name: 'ProjectVisibility',
  description: 'OPEN: every signed-in person reads it. PRIVATE: only its team and administrators know that it exists.',
});
export const ProjectStateEnum = enumOf(PROJECT_STATES);
registerEnumType(ProjectStateEnum, {
  name: 'ProjectState',
  description: `ARCHIVED: read-only and out of lists. DELETED: the same, for administrators alone, for ${PROJECT_WAITING_DAYS} days. ERASING: nobody sees it any more.`,
});

@ObjectType('Project', { description: 'A body of work owned by one team; its key begins the key of every ticket.' })
export class ProjectType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field({ description: 'Two to ten capitals or digits, such as NLP.' })
  key: string;
  @Field({ description: 'As people call it.' })
  name: string;
  @Field({ complexity: textCost(PROJECT_DESCRIPTION_MAX), description: 'Markdown.' })
  description: string;
  @Field(() => ProjectVisibilityEnum, { description: 'Who knows of it.' })
  visibility: ProjectVisibility;
  @Field(() => ProjectStateEnum, { description: 'Whether it can be changed.' })
  state: ProjectState;
  /** The same, as rights are asked on it. */
  projectState: ProjectState;
  /** A text where it was read together with a board. */
  archivedAt: Date | string | null;
  erasedAt: Date | string | null;
  teamId: string;
  @Field({ description: 'Its days are days of this zone (IANA name), such as Asia/Shanghai.' })
  timeZone: string;
  calendarId: string;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
  @Field(() => Int, { description: 'Position of the activity log now: subscribe with it to miss nothing.' })
  seq: number;
  /** Set where they were read together with the project. */
  team?: TeamType;
  labels?: LabelType[];
}

@InputType({ description: 'Changes to a project; what is left out stays.' })
export class UpdateProjectInput {
  @Field(() => String, { nullable: true, description: 'At most 120 characters.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'Markdown.' })
  description?: string | null;
  @Field(() => ProjectVisibilityEnum, { nullable: true, description: 'Who knows of it.' })
  visibility?: ProjectVisibility | null;
  @Field(() => ID, { nullable: true, description: 'Hands the project to another team.' })
  teamId?: string | null;
  @Field(() => String, { nullable: true, description: 'IANA name, such as Asia/Shanghai.' })
  timeZone?: string | null;
  @Field(() => ID, { nullable: true, description: 'Which of its days are worked.' })
  calendarId?: string | null;
}

@ObjectType({ description: 'What a project holds, and would take with it.' })
export class ProjectContents {
  @Field(() => Int, { description: 'Boards, those archived too.' })
  boards: number;
  @Field(() => Int, { description: 'Tickets that are not deleted.' })
  tickets: number;
  @Field(() => Int, { description: 'Comments that are not deleted.' })
  comments: number;
  @Field(() => Int, { description: 'Runs.' })
  runs: number;
  @Field(() => Int, { description: 'Of these, runs that wait for a runner.' })
  waitingRuns: number;
  @Field(() => Int, { description: 'Of these, runs in the hands of a runner.' })
  liveRuns: number;
  @Field(() => Int, { description: 'Datasets of the project; its own runs alone use them.' })
  datasets: number;
  @Field(() => Int, { description: 'Stored files that it refers to, each once.' })
  files: number;
  @Field(() => Float, { description: 'Bytes in these.' })
  bytes: number;
}
