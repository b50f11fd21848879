import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { RetroReader } from './retro.reader.ts';
import { RetroService } from './retro.service.ts';
import { AddRetroNoteInput, RetroNoteType, RetroType } from './retro.types.ts';

@Resolver()
export class RetroResolver {
  constructor(
    private readonly retros: RetroService,
    private readonly reader: RetroReader,
  ) {}

  @Query(() => RetroType, { nullable: true, complexity: 200, description: 'What a team says of a sprint.' })
  retro(@CurrentActor() actor: Actor, @Args('sprintId', { type: () => ID }) sprintId: string): Promise<RetroType | null> {
    return this.reader.retro(actor, sprintId);
  }

  @Mutation(() => RetroNoteType, { description: 'Says something of a sprint that has started. Others read it when notes are revealed.' })
  addRetroNote(@CurrentActor() actor: Actor, @Args('input') input: AddRetroNoteInput): Promise<RetroNoteType> {
    return this.retros.addNote(actor, input);
  }

  @Mutation(() => RetroType, { description: "Says it otherwise: one's own note." })
  changeRetroNote(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('body') body: string,
  ): Promise<RetroType> {
    return this.retros.changeNote(actor, id, version, body);
  }

  @Mutation(() => RetroType, { description: "Takes one's own note back, and votes for it with it." })
  removeRetroNote(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<RetroType> {
    return this.retros.removeNote(actor, id, version);
  }

  @Mutation(() => RetroType, { description: 'Everybody who may read the project reads all notes, from now on. Not versioned: they are revealed once.' })
  revealRetro(@CurrentActor() actor: Actor, @Args('sprintId', { type: () => ID }) sprintId: string): Promise<RetroType> {
    return this.retros.reveal(actor, sprintId);
  }

  @Mutation(() => RetroType, { description: 'Votes for a note, or takes that back. Not versioned: what is said last holds.' })
  voteForRetroNote(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('isFor', { type: () => Boolean }) isFor: boolean,
  ): Promise<RetroType> {
    return this.retros.vote(actor, id, isFor);
  }

  @Mutation(() => RetroType, {
    description:
      'A ticket of the project is what came of it, or is so no more; the next retrospective shows what became of it. Not versioned: what is said last holds.',
  })
  setRetroAction(
    @CurrentActor() actor: Actor,
    @Args('sprintId', { type: () => ID }) sprintId: string,
    @Args('ticketId', { type: () => ID }) ticketId: string,
    @Args('isOne', { type: () => Boolean }) isOne: boolean,
  ): Promise<RetroType> {
    return this.retros.setAction(actor, sprintId, ticketId, isOne);
  }
}
