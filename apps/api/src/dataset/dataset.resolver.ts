import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { SAMPLE_BYTES, type Actor } from '@trainyard/domain';
import { PersonLoader } from '../access/person.loader.ts';
import { PersonType } from '../access/person.types.ts';
import { CurrentActor, type RequestContext } from '../platform/actor.ts';
import { listCost, searchCost, textCost } from '../platform/graphql/document-cost.ts';
import { QueryArg, TimeZoneArg } from '../platform/lists/list-args.ts';
import { DatasetLoader } from './dataset.loader.ts';
import { DatasetService } from './dataset.service.ts';
import { CreateDatasetInput, DatasetColumnGraph, DatasetConnectionType, DatasetPreviewType, DatasetType } from './dataset.types.ts';
import { DatasetReadingType, TableReadingInput } from './reading.types.ts';

@Resolver(() => DatasetType)
export class DatasetResolver {
  constructor(
    private readonly service: DatasetService,
    private readonly people: PersonLoader,
    private readonly loader: DatasetLoader,
  ) {}

  @Query(() => DatasetConnectionType, {
    complexity: searchCost('first'),
    description: "Newest first: a project's and the organisation's, or all you may read. With `query`: what it says, in its order.",
  })
  datasets(
    @CurrentActor() actor: Actor,
    @Args('first', { type: () => Int, defaultValue: 50 }) first: number,
    @Args('after', { type: () => String, nullable: true }) after: string | null,
    @Args('projectId', { type: () => ID, nullable: true }) projectId: string | null,
    @QueryArg() query: string | null,
    @TimeZoneArg() timeZone: string | null,
  ): Promise<DatasetConnectionType> {
    return this.service.datasets(actor, { projectId: projectId ?? null, query: query ?? null, timeZone: timeZone ?? null, first, after: after ?? null });
  }

  @Query(() => DatasetType, { nullable: true, description: 'One dataset.' })
  dataset(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<DatasetType | null> {
    return this.service.dataset(actor, id);
  }

  @Mutation(() => DatasetType, { description: 'Registers a dataset and has a runner check it. Files are uploaded first: POST /uploads?name=.' })
  createDataset(@CurrentActor() actor: Actor, @Args('input') input: CreateDatasetInput): Promise<DatasetType> {
    return this.service.create(actor, input);
  }

  @Mutation(() => Boolean, { description: 'Removes a dataset no queued or running run needs.' })
  async deleteDataset(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
  ): Promise<boolean> {
    await this.service.delete(actor, id, version);
    return true;
  }

  @Mutation(() => DatasetType, { description: 'Has a runner check it again.' })
  recheckDataset(@CurrentActor() actor: Actor, @Args('id', { type: () => ID }) id: string): Promise<DatasetType> {
    return this.service.recheck(actor, id);
  }

  @Mutation(() => DatasetType, { description: 'Decides how a table is read, and has a runner check it again so. Runs that ended keep what they froze.' })
  setDatasetReading(
    @CurrentActor() actor: Actor,
    @Args('id', { type: () => ID }) id: string,
    @Args('version', { type: () => Int }) version: number,
    @Args('reading') reading: TableReadingInput,
  ): Promise<DatasetType> {
    return this.service.setReading(actor, id, version, reading);
  }

  @ResolveField(() => DatasetReadingType, { nullable: true, description: 'How a table is read; null for everything else.' })
  reading(@Parent() dataset: DatasetType, @Context() context: RequestContext): Promise<DatasetReadingType | null> {
    return this.loader.reading(context, dataset.id);
  }

  @ResolveField(() => PersonType, { nullable: true, description: 'Who registered it.' })
  createdBy(@Parent() dataset: DatasetType, @Context() context: RequestContext): Promise<PersonType | null> {
    return this.people.load(context, dataset.createdById);
  }

  @ResolveField(() => [DatasetColumnGraph], { complexity: listCost(5), description: 'Columns of a table.' })
  columns(@Parent() dataset: DatasetType, @Context() context: RequestContext): Promise<DatasetColumnGraph[]> {
    return this.loader.columns(context, dataset.id);
  }

  @ResolveField(() => DatasetPreviewType, { nullable: true, description: 'A few samples; null until it is READY.' })
  preview(@Parent() dataset: DatasetType, @Context() context: RequestContext): Promise<DatasetPreviewType | null> {
    return this.loader.preview(context, dataset.id);
  }
}

@Resolver(() => DatasetReadingType)
export class DatasetReadingResolver {
  constructor(private readonly loader: DatasetLoader) {}

  @ResolveField(() => String, {
    nullable: true,
    complexity: textCost(SAMPLE_BYTES * 2),
    description: "The file's first bytes, unpacked, in base64, at most 64 KiB; null until it is inspected.",
  })
  sample(@Parent() reading: DatasetReadingType, @Context() context: RequestContext): Promise<string | null> {
    return this.loader.sample(context, reading.datasetId);
  }
}
