import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { RETRO_KINDS, RETRO_NOTE_MAX, VOTES_EACH, type Resolution, type RetroKind, type TicketState } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { ResolutionEnum, TicketStateEnum } from '../ticket/ticket.types.ts';

export const RetroKindEnum = enumOf(RETRO_KINDS);
registerEnumType(RetroKindEnum, { name: 'RetroKind', description: 'What went well, what went badly, what to try.' });

@ObjectType('RetroNote', { description: 'What somebody says of a sprint.' })
export class RetroNoteType {
  @Field(() => ID)
  id: string;
  @Field(() => RetroKindEnum)
  kind: RetroKind;
  @Field()
  body: string;
  @Field(() => String, { nullable: true, description: 'Who says it. Null: nobody who is still known.' })
  author: string | null;
  @Field({ description: 'It is the own note of the reader.' })
  isOwn: boolean;
  @Field(() => Int)
  votes: number;
  @Field({ description: 'The reader voted for it.' })
  isVotedFor: boolean;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@ObjectType('RetroAction', { description: 'A ticket that came of a retrospective, as it is now.' })
export class RetroActionType {
  @Field(() => ID)
  ticketId: string;
  @Field()
  key: string;
  @Field()
  title: string;
  @Field(() => TicketStateEnum)
  state: TicketState;
  @Field(() => ResolutionEnum, { nullable: true })
  resolution: Resolution | null;
  @Field(() => String, { nullable: true })
  assignee: string | null;
}

@ObjectType('RetroBefore', { description: 'The sprint that ended before, and what was to be done after it.' })
export class RetroBeforeType {
  @Field(() => ID)
  sprintId: string;
  @Field()
  name: string;
  @Field(() => [RetroActionType])
  actions: RetroActionType[];
}

@ObjectType('Retro', { description: 'What a team says of a sprint.' })
export class RetroType {
  @Field(() => ID)
  sprintId: string;
  @Field(() => Date, { nullable: true, description: 'Since when everybody reads the notes of all. Null: each reads their own alone.' })
  revealedAt: Date | null;
  @Field(() => [RetroNoteType], { description: 'Once they are revealed, those with most votes first; until then the own ones.' })
  notes: RetroNoteType[];
  @Field(() => Int, { description: 'Notes of others that are hidden yet.' })
  hidden: number;
  @Field(() => Int, { description: `Votes that the reader has left of ${VOTES_EACH}.` })
  votesLeft: number;
  @Field(() => [RetroActionType], { description: 'The first first.' })
  actions: RetroActionType[];
  @Field(() => RetroBeforeType, { nullable: true, description: 'Of the same board, where something was to be done. Null: there is none.' })
  before: RetroBeforeType | null;
}

@InputType({ description: 'A new note.' })
export class AddRetroNoteInput {
  @Field(OWN_ID.type, OWN_ID)
  id?: string | null;
  @Field(() => ID, { description: 'A sprint that has started.' })
  sprintId: string;
  @Field(() => RetroKindEnum)
  kind: RetroKind;
  @Field({ description: `At most ${RETRO_NOTE_MAX} characters.` })
  body: string;
}
