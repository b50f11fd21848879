import { Args, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { Actor } from '@trainyard/domain';
import { CurrentActor } from '../platform/actor.ts';
import { OWN_ID } from '../platform/graphql/own-id.ts';
import { RunnerCredentials } from './credential.service.ts';
import { RunnerService } from './runner.service.ts';
import { CreatedRunnerCredentialType, RunnerCredentialType, RunnerType } from './runner.types.ts';

@Resolver(() => RunnerType)
export class RunnerResolver {
  constructor(
    private readonly service: RunnerService,
    private readonly credentials: RunnerCredentials,
  ) {}

  @Query(() => [RunnerType], { description: 'All runners ever heard of, those online first.' })
  runners(@CurrentActor() actor: Actor): Promise<RunnerType[]> {
    return this.service.runners(actor);
  }

  @Query(() => [RunnerCredentialType], { description: 'The tokens of runners that are not revoked, by name.' })
  runnerCredentials(@CurrentActor() actor: Actor): Promise<RunnerCredentialType[]> {
    return this.credentials.all(actor);
  }

  @Mutation(() => CreatedRunnerCredentialType, { description: 'Makes a token for one runner. Its secret is in the answer and nowhere else.' })
  createRunnerCredential(
    @CurrentActor() actor: Actor,
    @Args('name', { description: 'What to call the runner.' }) name: string,
    @Args('id', OWN_ID) id?: string | null,
  ): Promise<CreatedRunnerCredentialType> {
    return this.credentials.create(actor, name, id);
  }

  @Mutation(() => Boolean, { description: 'Refuses a runner from now on; the runs it holds go on elsewhere.' })
  async revokeRunnerCredential(@CurrentActor() actor: Actor, @Args('id', { type: () => ID, description: 'The token.' }) id: string): Promise<boolean> {
    await this.credentials.revoke(actor, id);
    return true;
  }
}
