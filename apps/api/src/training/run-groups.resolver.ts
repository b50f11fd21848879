import { Args, ID, Query, Resolver } from '@nestjs/graphql';
import type { Actor, RunGroupField } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { searchCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { RunColumnsType, RunGroupFieldEnum, RunGroupType } from './run-groups.types.ts';
import { RunGroups } from './run-groups.ts';

@Resolver(() => RunGroupType)
export class RunGroupsResolver {
  constructor(private readonly groups: RunGroups) {}

  @Query(() => [RunGroupType], {
    complexity: searchCost('by'),
    description: 'The runs that `runs` finds, in groups, those with most runs first; at most 200.',
  })
  runGroups(
    @CurrentActor() actor: Actor,
    @Args('by', { type: () => RunGroupFieldEnum }) by: RunGroupField,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<RunGroupType[]> {
    return this.groups.groups(actor, { projectId: projectId ?? null, query: query ?? null, timeZone: timeZone ?? null }, by);
  }

  @Query(() => RunColumnsType, { complexity: searchCost('by'), description: 'Metrics and parameters of the runs that `runs` finds.' })
  runColumns(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<RunColumnsType> {
    return this.groups.columns(actor, { projectId: projectId ?? null, query: query ?? null, timeZone: timeZone ?? null });
  }
}
