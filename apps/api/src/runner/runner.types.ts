import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { CONTRACTS, type Contract, type Engine } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { JSONScalar } from '../platform/graphql/json.scalar.ts';
import { EngineEnum } from '../training/attempt.types.ts';

const ContractEnum = enumOf(CONTRACTS);
registerEnumType(ContractEnum, {
  name: 'Contract',
  description:
    'Which version of the job contract a runner speaks, beside that of this server. OLDER and NEWER ones train; what the other side does not know is refused or not shown.',
});

@ObjectType('EngineInfo', { description: 'An engine as a runner probed it when it started.' })
export class EngineInfoType {
  @Field(() => EngineEnum, { description: 'Which engine.' })
  engine: Engine;
  @Field({ description: 'Whether it may train.' })
  available: boolean;
  @Field(() => String, { nullable: true, description: 'Why not, in English; null when available.' })
  reason: string | null;
  @Field(() => JSONScalar, {
    nullable: true,
    description: 'The same as facts, `reason` among them, for a screen to say in its own language; null where only the words tell it.',
  })
  reasonParams?: Record<string, unknown> | null;
  @Field(() => String, { nullable: true, description: 'What it computes on.' })
  device: string | null;
  @Field({ description: 'Whether that is a real GPU.' })
  isGpu: boolean;
  @Field(() => [String], { description: 'Layer kinds whose gradients passed the numerical self-test.' })
  layers: string[];
  @Field(() => JSONScalar, { description: 'Training speed measured at start, by size class.' })
  samplesPerSecond: Record<string, number>;
  @Field(() => JSONScalar, { description: 'Versions of packages and backend.' })
  versions: Record<string, string>;
}

@ObjectType('RunnerCredential', { description: 'A token by which one runner signs in. The token itself is shown once, when it is made.' })
export class RunnerCredentialType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field({ description: 'What the runner is called by those who made it.' })
  name: string;
  @Field({ description: 'When it was made.' })
  createdAt: Date;
  @Field(() => Date, { nullable: true, description: 'When its runner was last heard of; null: never.' })
  lastSeenAt: Date | null;
}

@ObjectType('CreatedRunnerCredential', { description: 'A new token of a runner with its secret.' })
export class CreatedRunnerCredentialType {
  @Field(() => RunnerCredentialType, { description: 'The token.' })
  credential: RunnerCredentialType;
  @Field({ description: 'What TRAINYARD_RUNNER_TOKEN must be. Never shown again.' })
  secret: string;
}

@ObjectType('Runner', { description: 'A process that trains.' })
export class RunnerType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field({ description: 'Its name; others may have the same.' })
  name: string;
  @Field({ description: 'The machine it runs on.' })
  host: string;
  @Field({ description: 'Its version.' })
  version: string;
  @Field(() => ContractEnum, { description: 'Whether it speaks as this server does.' })
  speaks: Contract;
  @Field(() => Int, { description: 'Processor cores.' })
  cores: number;
  @Field(() => Int, { description: 'Memory of the machine in MiB.' })
  memoryMiB: number;
  @Field(() => Int, { description: 'Attempts it runs at once.' })
  concurrency: number;
  @Field(() => ID, { nullable: true, description: 'The token it signs in with; null: the one the installation shares.' })
  credentialId: string | null;
  @Field({ description: 'Heard of within the last 15 s.' })
  online: boolean;
  @Field({ description: 'When it was last heard of.' })
  lastSeenAt: Date;
  @Field(() => Int, { description: 'Attempts it holds now.' })
  busy: number;
  @Field(() => [EngineInfoType], { description: 'Its engines.' })
  engines: EngineInfoType[];
}
