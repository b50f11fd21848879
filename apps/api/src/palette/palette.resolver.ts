import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { listCost, searchCost } from '../platform/graphql/document-cost.ts';
import { PaletteReader } from './palette.reader.ts';
import { KnownThing, Thing } from './palette.types.ts';

@Resolver(() => Thing)
export class PaletteResolver {
  constructor(private readonly reader: PaletteReader) {}

  @Query(() => [Thing], {
    complexity: searchCost('first'),
    description: 'What fits a text by key, name or title, of all that one may know of: the best first, and the newest of those that fit alike.',
  })
  find(
    @CurrentActor() actor: Actor,
    @Args('text', { description: 'Words that must all be found. At most 8, of 200 letters together.' }) text: string,
    @Args('projectKey', { type: () => String, nullable: true, description: 'Of those with the number that was typed, what is of this project comes first.' })
    projectKey: string | null,
    @Args('first', { type: () => Int, defaultValue: 20, description: 'At most 50.' }) first: number,
  ): Promise<Thing[]> {
    return this.reader.find(actor, text, projectKey ?? null, first);
  }

  @Query(() => [Thing], { complexity: listCost(20), description: 'Those of these things, at most 50, that one may know of; in their order.' })
  knownThings(@CurrentActor() actor: Actor, @Args('things', { type: () => [KnownThing] }) things: KnownThing[]): Promise<Thing[]> {
    return this.reader.known(actor, things);
  }
}
