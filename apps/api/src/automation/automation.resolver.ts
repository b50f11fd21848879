import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { loopReason, type Actor, type Changes, type FiringOutcome, type LoopReason } from '@trainyard/domain';
import { ActivityType } from '../activity/activity.types.ts';
import { HistoryService } from '../activity/history.service.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost, pageCost } from '../platform/graphql/document-cost.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { loader } from '../platform/sql/loader.ts';
import { AutomationReader } from './automation.reader.ts';
import { AutomationService } from './automation.service.ts';
import {
  CreateRuleInput,
  FiringChange,
  FiringOutcomeEnum,
  LoopReasonEnum,
  RehearseRuleInput,
  RuleFiringConnection,
  RuleFiringType,
  RuleMark,
  RuleRehearsal,
  RuleType,
  UndoneFiring,
  UpdateRuleInput,
} from './automation.types.ts';
import { RehearsalReader } from './rehearsal.reader.ts';
import { UndoService } from './undo.service.ts';

@Resolver(() => RuleType)
export class RuleResolver {
  constructor(
    private readonly service: AutomationService,
    private readonly reader: AutomationReader,
    private readonly rehearsals: RehearsalReader,
    private readonly undoing: UndoService,
  ) {}

  @Query(() => [RuleType], { complexity: listCost(5), description: 'The rules of a project, oldest first.' })
  rules(@CurrentActor() actor: Actor, @Args('projectId', { type: () => ID }) projectId: string): Promise<RuleType[]> {
    return this.reader.rules(actor, projectId);
  }

  @Query(() => RuleType, { nullable: true, description: 'A rule.' })
  rule(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<RuleType | null> {
    return this.reader.rule(actor, id);
  }

  @Query(() => RuleFiringConnection, { complexity: pageCost('first'), description: 'What became of events for the rules of a project, newest first.' })
  ruleFirings(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID }) projectId: string,
    @Args('ruleId', { type: () => ID, nullable: true }) ruleId: string | null,
    @Args('outcome', { type: () => FiringOutcomeEnum, nullable: true }) outcome: FiringOutcome | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<RuleFiringConnection> {
    return this.reader.firings(actor, projectId, { ruleId: ruleId ?? null, outcome: outcome ?? null, first, after: after ?? null });
  }

  @Query(() => RuleRehearsal, { complexity: 500, description: 'Tries a rule on the last 30 days of the log. It writes nothing. For those who manage rules.' })
  rehearseRule(@CurrentActor() actor: Actor, @Args('input') input: RehearseRuleInput): Promise<RuleRehearsal> {
    return this.rehearsals.rehearse(actor, input);
  }

  @Mutation(() => RuleType, { description: 'A new rule.' })
  createRule(@CurrentActor() actor: Actor, @Args('input') input: CreateRuleInput): Promise<RuleType> {
    return this.service.create(actor, input);
  }

  @Mutation(() => RuleType, { description: 'Changes a rule, or switches it on or off.' })
  updateRule(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('input') input: UpdateRuleInput,
  ): Promise<RuleType> {
    return this.service.update(actor, id, version, input);
  }

  @Mutation(() => Boolean, { description: 'Takes a rule away. What it did stays.' })
  async deleteRule(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.service.delete(actor, id, version);
    return true;
  }

  @Mutation(() => UndoneFiring, {
    description: 'Takes back what one firing did, where the tickets still have what it set. Not versioned: what has changed since is left.',
  })
  undoFiring(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<UndoneFiring> {
    return this.undoing.undo(actor, id);
  }
}

@Resolver(() => RuleFiringType)
export class RuleFiringResolver {
  private readonly changesOf = loader<string, FiringChange[]>(async (ids) => {
    const found = Map.groupBy(await this.reader.changesOf(ids), ({ firingId }) => firingId);
    return ids.map((id) => found.get(id) ?? []);
  });

  constructor(private readonly reader: AutomationReader) {}

  @ResolveField(() => [FiringChange], { complexity: listCost(5), description: 'What it did, in the order in which it did it.' })
  changes(@Parent() { id }: RuleFiringType, @Context() context: RequestContext): Promise<FiringChange[]> {
    return this.changesOf(context).load(id) as Promise<FiringChange[]>;
  }

  @ResolveField(() => LoopReasonEnum, { nullable: true, description: 'Of LOOP: why it stopped.' })
  stopped(@Parent() { outcome, ruleIds }: RuleFiringType): LoopReason | null {
    return outcome === 'LOOP' ? loopReason(ruleIds) : null;
  }
}

@Resolver(() => FiringChange)
export class FiringChangeResolver {
  constructor(private readonly history: HistoryService) {}

  @ResolveField(() => JSONScalar, { complexity: 5, description: 'What the things that changes name were called then, by their ids.' })
  names(@Parent() change: FiringChange, @Context() context: RequestContext): Promise<Record<string, string>> {
    return this.history.names(context, change as FiringChange & { changes: Changes });
  }
}

@Resolver(() => ActivityType)
export class ActivityRuleResolver {
  private readonly marks = loader<string, RuleMark | null>(async (ids) => {
    const found = new Map((await this.reader.marksOf(ids)).map(({ id, ...mark }) => [id, mark]));
    return ids.map((id) => found.get(id) ?? null);
  });

  constructor(private readonly reader: AutomationReader) {}

  @ResolveField(() => RuleMark, { nullable: true, complexity: 2, description: 'The rule that did it, or whose firing it takes back (depth 0).' })
  rule(@Parent() { firingId }: ActivityType, @Context() context: RequestContext): Promise<RuleMark | null> | null {
    return firingId === null ? null : this.marks(context).load(firingId);
  }
}
