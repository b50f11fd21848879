import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import {
  THING_KINDS,
  type DatasetState,
  type Resolution,
  type RunState,
  type SprintState,
  type ThingKind,
  type TicketKind,
  type TicketState,
} from '@trainyard/domain';
import { PersonType } from '../access/person.types.ts';
import { DatasetStateEnum } from '../dataset/dataset.types.ts';
import { enumOf } from '../platform/graphql/enum.ts';
import { ResolutionEnum, TicketKindEnum, TicketStateEnum } from '../ticket/ticket.types.ts';
import { SprintStateEnum } from '../sprint/sprint.types.ts';
import { RunStateEnum } from '../training/run.types.ts';

const ThingKindEnum = enumOf(THING_KINDS);
registerEnumType(ThingKindEnum, { name: 'ThingKind', description: 'What is found.' });

@ObjectType({ description: 'A thing as a line of the palette shows it.' })
export class Thing {
  @Field(() => ThingKindEnum)
  kind: ThingKind;
  @Field(() => ID)
  id: string;
  @Field({ description: 'Its name or title; of a run the title of its ticket.' })
  title: string;
  @Field(() => String, { nullable: true, description: 'Of a ticket, of the ticket of a run, or of a project.' })
  key: string | null;
  @Field(() => Int, { nullable: true, description: 'Of a ticket or a run.' })
  number: number | null;
  @Field(() => String, { nullable: true, description: 'What it belongs to: a project, the machine of a runner.' })
  of: string | null;
  @Field(() => String, { nullable: true, description: 'Key of its project.' })
  projectKey: string | null;
  @Field(() => ID, { nullable: true, description: 'The board that a ticket lies on or a sprint runs on, or the first one of a project.' })
  boardId: string | null;
  @Field(() => PersonType, { nullable: true, description: 'Who does it, queued it or added it; a person themself.' })
  person: PersonType | null;
  @Field(() => TicketKindEnum, { nullable: true })
  ticketType: TicketKind | null;
  @Field(() => TicketStateEnum, { nullable: true })
  ticketState: TicketState | null;
  @Field(() => ResolutionEnum, { nullable: true })
  resolution: Resolution | null;
  @Field(() => RunStateEnum, { nullable: true })
  runState: RunState | null;
  @Field(() => DatasetStateEnum, { nullable: true })
  datasetState: DatasetState | null;
  @Field(() => SprintStateEnum, { nullable: true })
  sprintState: SprintState | null;
  @Field(() => Boolean, { nullable: true, description: 'Of a runner: whether it was heard of lately.' })
  online: boolean | null;
}

@InputType({ description: 'A thing that one knows already.' })
export class KnownThing {
  @Field(() => ThingKindEnum)
  kind: ThingKind;
  @Field({ description: 'Its id, or the key of a ticket or project.' })
  id: string;
}
