import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { PROJECT_DESCRIPTION_MAX, PROJECT_VISIBILITIES, type ProjectVisibility } from '@trainyard/domain';
import { textCost } from '../platform/graphql/document-cost.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import type { LabelType } from './label.types.ts';
import type { TeamType } from '../staffing/staffing.types.ts';

export const ProjectVisibilityEnum = enumOf(PROJECT_VISIBILITIES);
registerEnumType(ProjectVisibilityEnum, {
  name: 'ProjectVisibility',
  description: 'OPEN: every signed-in person reads it. PRIVATE: only its team and administrators know that it exists.',
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
  teamId: string;
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
}
