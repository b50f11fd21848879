import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { NUMERIC_PARAMETERS, type NumericParameter } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { QueueRunInput } from './run.types.ts';

export const NumericParameterEnum = enumOf(NUMERIC_PARAMETERS);
registerEnumType(NumericParameterEnum, { name: 'NumericParameter', description: 'A parameter of a run that is a number.' });

@InputType({ description: 'A parameter with the values that it takes, one run each.' })
export class VariedParameterInput {
  @Field(() => NumericParameterEnum, { description: 'Which one; each at most once.' })
  parameter: NumericParameter;
  @Field(() => [Float], { description: 'At least one; equal ones count once.' })
  values: number[];
}

@InputType({ description: 'What to train with every combination of some values: at most 200 runs, all or none.' })
export class QueueRunsInput extends QueueRunInput {
  @Field(() => [VariedParameterInput], { description: 'What varies over `parameters`; the last in the order of NumericParameter varies fastest.' })
  varied: VariedParameterInput[];
}

@ObjectType('VariedParameter', { description: 'A parameter with the values that it takes, one run each.' })
export class VariedParameterType {
  @Field(() => NumericParameterEnum, { description: 'Which one.' })
  parameter: NumericParameter;
  @Field(() => [Float], { description: 'In the order of the runs.' })
  values: number[];
}

@ObjectType('RunGrid', { description: 'Runs that were queued by one act. `group:<id>` finds them in a query of runs.' })
export class RunGridType {
  @Field(() => ID, { description: 'Its id.' })
  id: string;
  @Field(() => ID, { description: 'The ticket they were queued from.' })
  ticketId: string;
  @Field(() => ID, { description: 'The project of that ticket.' })
  projectId: string;
  @Field({ description: 'When they were queued.' })
  createdAt: Date;
  @Field(() => [VariedParameterType], { description: 'What they differ in.' })
  varied: VariedParameterType[];
  @Field(() => Int, { description: 'How many runs it has.' })
  count: number;
  @Field(() => Int, { description: 'How many of them have ended.' })
  ended: number;
  /** Resolved to `createdBy`. */
  createdById: string | null;
}
