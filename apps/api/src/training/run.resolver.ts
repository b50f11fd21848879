import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import { resumableStep, SERIES_LIMITS, type Actor } from '@trainyard/domain';
import { PersonLoader } from '../access/person.loader.ts';
import { PersonType } from '../access/person.types.ts';
import { TicketType } from '../ticket/ticket.types.ts';
import { DatasetLoader } from '../dataset/dataset.loader.ts';
import { DatasetType } from '../dataset/dataset.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { Database } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { listCost, pageCost, searchCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { ArtifactType, AttemptType, LastPointType, LogLineType, MetricSeriesType, RunResultType, RunSeriesType } from './attempt.types.ts';
import { LastPointLoader } from './last-point.loader.ts';
import { MetricStore } from './metric-store.ts';
import { RunCardLoader } from './run-card.loader.ts';
import { RunConnectionType, RunProgressType, RunType } from './run-detail.types.ts';
import { RunLive } from './run-live.ts';
import { RunNeighbours } from './run-neighbours.loader.ts';
import { resultOf, RunReader } from './run-reader.ts';
import { QueueRunInput, RunCardType } from './run.types.ts';
import { RunService } from './run.service.ts';

const MAX_WIDTH = 10_000;

/** Looked for among all runs on a dataset, or of a ticket. */
const NEIGHBOUR_PRICE = 50;

const idsCost = ({ args, childComplexity }: { args: Record<string, unknown>; childComplexity: number }): number =>
  1 + (Array.isArray(args['ids']) ? args['ids'].length : 1) * childComplexity;

/** A bucket gives two points, and a series as many buckets as it is asked for. */
const seriesCost = ({ args, childComplexity }: { args: Record<string, unknown>; childComplexity: number }): number => {
  const { series } = args;
  return (Array.isArray(series) ? series.length : 1) * pageCost('width', 0.1)({ args, childComplexity });
};

@Resolver(() => RunType)
export class RunResolver {
  constructor(
    private readonly runs: RunService,
    private readonly reader: RunReader,
    private readonly live: RunLive,
    private readonly cards: RunCardLoader,
    private readonly people: PersonLoader,
    private readonly datasets: DatasetLoader,
    private readonly neighbours: RunNeighbours,
  ) {}

  @Query(() => RunType, { nullable: true, description: 'One run.' })
  run(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<RunType | null> {
    return this.reader.runOrNull(actor, id);
  }

  @Query(() => [RunType], {
    complexity: idsCost,
    description: 'Runs by their ids, 1 to 20, in that order, to compare them. Those that you may not read, or that there are none of, are left out alike.',
  })
  runsById(@CurrentActor() actor: Actor, @Args('ids', { type: () => [ID] }) ids: string[]): Promise<RunType[]> {
    return this.reader.runsById(actor, ids);
  }

  @Query(() => RunConnectionType, {
    name: 'runs',
    complexity: searchCost('first'),
    description: 'Runs you may read, of a project or of all: what `query` says, in its order; else newest first.',
  })
  listRuns(
    @CurrentActor() actor: Actor,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<RunConnectionType> {
    return this.reader.runs(actor, { projectId: projectId ?? null, query: query ?? null, timeZone: timeZone ?? null, first, after: after ?? null });
  }

  @Mutation(() => RunType, { description: 'Freezes what to train and puts it in the queue.' })
  queueRun(@CurrentActor() actor: Actor, @Args('input') input: QueueRunInput): Promise<RunType> {
    return this.runs.queue(actor, input);
  }

  @Mutation(() => RunType, { description: 'Ends a queued run at once and a running one within seconds.' })
  cancelRun(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<RunType> {
    return this.runs.cancel(actor, id);
  }

  @Mutation(() => RunType, {
    description:
      'A new attempt of a failed or cancelled run: it goes on after the `resumableStep`. Where there is none, or on request, it begins at the first step.',
  })
  retryRun(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('fromBeginning', { type: () => Boolean, defaultValue: false }) fromBeginning: boolean,
  ): Promise<RunType> {
    return this.runs.retry(actor, id, fromBeginning);
  }

  @Subscription(() => [RunCardType], { description: 'Cards of runs going on in a project, at most 4 times a second; each once more when it has ended.' })
  runCards(@Context() context: RequestContext, @Args('projectId', { type: () => ID }) projectId: string): AsyncGenerator<{ runCards: RunCardType[] }> {
    return this.live.cards(context, projectId);
  }

  @Subscription(() => RunProgressType, { description: 'One run while somebody looks at it, at most 4 times a second; completes when it has ended.' })
  runProgress(@Context() context: RequestContext, @Args('runId', { type: () => ID }) runId: string): AsyncGenerator<{ runProgress: RunProgressType }> {
    return this.live.progress(context, runId);
  }

  @ResolveField(() => RunCardType, { description: 'What a card shows of it.' })
  async card(@Parent() run: RunType, @Context() context: RequestContext): Promise<RunCardType> {
    const card = await this.cards.load(context, run.id);
    if (!card) throw new DomainError('NOT_FOUND');
    return card;
  }

  @ResolveField(() => DatasetType, { nullable: true, description: 'What it trains on; null when it was deleted since (the digest stays).' })
  dataset(@Parent() run: RunType, @Context() context: RequestContext): Promise<DatasetType | null> {
    return this.datasets.load(context, run.datasetId);
  }

  @ResolveField(() => TicketType, { nullable: true, description: 'The ticket it was queued from; null when that was deleted since.' })
  ticket(@Parent() run: RunType, @Context() context: RequestContext): Promise<TicketType | null> {
    return this.reader.ticketOf(context, run);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Who queued it.' })
  createdBy(@Parent() run: RunType, @Context() context: RequestContext): Promise<PersonType | null> {
    return this.people.load(context, run.createdById);
  }

  @ResolveField(() => AttemptType, { nullable: true, description: 'The attempt whose results count: the newest.' })
  async attempt(@Parent() run: RunType, @Context() context: RequestContext): Promise<AttemptType | null> {
    return (await this.reader.attempts(context, run.id)).find((attempt) => attempt.id === run.attemptId) ?? null;
  }

  @ResolveField(() => [AttemptType], { complexity: listCost(3), description: 'All attempts, oldest first.' })
  attempts(@Parent() run: RunType, @Context() context: RequestContext): Promise<AttemptType[]> {
    return this.reader.attempts(context, run.id);
  }

  @ResolveField(() => [RunSeriesType], { complexity: listCost(20), description: 'Its series by name, at most 200.' })
  series(@Parent() run: RunType, @Context() context: RequestContext): Promise<RunSeriesType[]> {
    return this.reader.series(context, run.id);
  }

  @ResolveField(() => RunType, {
    complexity: ({ childComplexity }: { childComplexity: number }) => NEIGHBOUR_PRICE + childComplexity,
    nullable: true,
    description: 'The best run that has ended well and is judged as this one is: by the same figure, dataset, template and samples. Among those you may read.',
  })
  bestLike(@Parent() run: RunType, @Context() context: RequestContext): Promise<RunType | null> {
    return this.neighbours.bestLike(context, run.id);
  }

  @ResolveField(() => RunType, {
    complexity: ({ childComplexity }: { childComplexity: number }) => NEIGHBOUR_PRICE + childComplexity,
    nullable: true,
    description: 'The run before it, of the same ticket and template.',
  })
  before(@Parent() run: RunType, @Context() context: RequestContext): Promise<RunType | null> {
    return this.neighbours.runBefore(context, run.id);
  }

  @ResolveField(() => Int, {
    nullable: true,
    description: 'The step of the checkpoint after which a retry goes on; null when it would begin at the first step, or when there is nothing to try again.',
  })
  resumableStep(@Parent() run: RunType): number | null {
    return resumableStep(run);
  }

  @ResolveField(() => RunResultType, { nullable: true, description: 'What the newest attempt found; null until it has ended with a result.' })
  result(@Parent() run: RunType): RunResultType | null {
    return run.resultData && resultOf(run.resultData);
  }
}

@Resolver(() => AttemptType)
export class AttemptResolver {
  constructor(
    private readonly database: Database,
    private readonly reader: RunReader,
    private readonly metricStore: MetricStore,
    private readonly lastPointLoader: LastPointLoader,
  ) {}

  @ResolveField(() => [ArtifactType], { description: 'Files it made.' })
  artifacts(@Parent() attempt: AttemptType, @Context() context: RequestContext): Promise<ArtifactType[]> {
    return this.reader.artifacts(context, attempt.id);
  }

  @ResolveField(() => [LastPointType], { complexity: listCost(8), description: 'The newest point of each series, by name.' })
  lastPoints(@Parent() attempt: AttemptType, @Context() context: RequestContext): Promise<LastPointType[]> {
    return this.lastPointLoader.load(context, attempt.id);
  }

  @ResolveField(() => [LogLineType], {
    complexity: pageCost('last', 0.25),
    description: 'The last lines, newest last; at most 2,000, and at most a million letters.',
  })
  log(@Parent() attempt: AttemptType, @Args('last', { type: () => Int, defaultValue: 200 }) last: number): Promise<LogLineType[]> {
    return this.reader.log(attempt.id, last);
  }

  @ResolveField(() => [MetricSeriesType], {
    complexity: seriesCost,
    description:
      'Each series named (see `Run.series`) that has points, thinned to at most `width` buckets (2 to 10,000); every bucket keeps its minimum and maximum.',
  })
  metrics(
    @Parent() attempt: AttemptType,
    @Args('series', { type: () => [String] }) series: string[],
    @Args('width', { type: () => Int, defaultValue: 600 }) width: number,
    @Args('fromStep', { type: () => Int, nullable: true }) fromStep: number | null,
    @Args('toStep', { type: () => Int, nullable: true }) toStep: number | null,
  ): Promise<MetricSeriesType[]> {
    if (series.length > SERIES_LIMITS.series) throw new DomainError('BAD_INPUT', { field: 'series', max: SERIES_LIMITS.series });
    if (width < 2 || width > MAX_WIDTH) throw new DomainError('BAD_INPUT', { field: 'width', min: 2, max: MAX_WIDTH });
    return this.metricStore.read(this.database.direct, attempt.id, { series: [...new Set(series)], width, fromStep, toStep });
  }
}

@Resolver(() => DatasetType)
export class DatasetRunsResolver {
  constructor(private readonly reader: RunReader) {}

  @ResolveField(() => RunConnectionType, { complexity: pageCost('first'), description: 'Runs trained on it that you may read, newest first.' })
  runs(
    @Parent() dataset: DatasetType,
    @Context() context: RequestContext,
    @Args('first', { type: () => Int, defaultValue: 20 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<RunConnectionType> {
    return this.reader.runsOfDataset(context, dataset.id, first, after);
  }
}

@Resolver(() => TicketType)
export class TicketRunsResolver {
  constructor(
    private readonly reader: RunReader,
    private readonly cards: RunCardLoader,
  ) {}

  // Without parameter decorators Nest calls it directly: this runs for every card of a window.
  @ResolveField(() => RunCardType, { nullable: true, description: 'The run the card shows: the newest one still going, else the newest.' })
  latestRun(ticket: TicketType, _args: unknown, context: RequestContext): Promise<RunCardType | null> | null {
    return ticket.latestRunId === null ? null : this.cards.load(context, ticket.latestRunId);
  }

  @ResolveField(() => [RunType], { complexity: listCost(20), description: 'The newest 200 runs queued from this ticket, newest first.' })
  runs(@Parent() ticket: TicketType, @Context() context: RequestContext): Promise<RunType[]> {
    return this.reader.runsOfTicket(context, ticket.id);
  }
}
