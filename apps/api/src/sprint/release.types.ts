import { Field, ID, InputType, Int, ObjectType } from '@nestjs/graphql';
import { OWN_ID } from '../platform/graphql/own-id.ts';

@ObjectType('Release', { description: 'What a project gives out on a day: a mark on its timeline.' })
export class ReleaseType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field(() => ID, { description: 'The project it belongs to.' })
  projectId: string;
  @Field({ description: 'As people call it; one of the project alone has it.' })
  name: string;
  @Field({ description: 'What is in it; empty: nothing is said.' })
  description: string;
  @Field({ description: 'The day it is planned for, ISO.' })
  plannedOn: string;
  @Field(() => String, { nullable: true, description: 'The day on which it came, ISO; null: not yet.' })
  releasedOn: string | null;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@InputType({ description: 'A new release.' })
export class CreateReleaseInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID, { description: 'Its project.' })
  projectId: string;
  @Field({ description: 'At most 80 characters; no other release of the project has it.' })
  name: string;
  @Field(() => String, { nullable: true, description: 'What is in it, at most 2,000 characters.' })
  description?: string | null;
  @Field({ description: 'The day it is planned for, ISO.' })
  plannedOn: string;
  @Field(() => String, { nullable: true, description: 'The day on which it came, ISO; today of the project at the latest.' })
  releasedOn?: string | null;
}

@InputType({ description: 'Changes to a release; what is left out stays.' })
export class UpdateReleaseInput {
  @Field(() => String, { nullable: true, description: 'At most 80 characters; no other release of the project has it.' })
  name?: string | null;
  @Field(() => String, { nullable: true, description: 'What is in it, at most 2,000 characters.' })
  description?: string | null;
  @Field(() => String, { nullable: true, description: 'The day it is planned for, ISO.' })
  plannedOn?: string | null;
  @Field(() => String, { nullable: true, description: 'The day on which it came, ISO; today of the project at the latest. Null: it has not.' })
  releasedOn?: string | null;
}
