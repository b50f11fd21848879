import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { RUN_GROUPS } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';
import { HeadlineType } from './run.types.ts';

export const RunGroupFieldEnum = enumOf(RUN_GROUPS);
registerEnumType(RunGroupFieldEnum, { name: 'RunGroupField', description: 'What runs are grouped by.' });

@ObjectType('RunGroup', { description: 'Runs of a list that have one thing in common.' })
export class RunGroupType {
  @Field(() => String, {
    nullable: true,
    description:
      'What finds them in a query: the id of a dataset, a template, the key of a ticket; null (`none` in a query): it is gone, or not yours to know.',
  })
  value: string | null;
  @Field(() => String, { nullable: true, description: 'Name of the dataset, title of the ticket.' })
  name: string | null;
  @Field(() => Int, { description: 'Runs that are found.' })
  total: number;
  @Field(() => HeadlineType, { nullable: true, description: 'The best of what most of them are judged by.' })
  best: HeadlineType | null;
}

@ObjectType('RunColumns', { description: 'What some run has of those that are found, at most 200 of each.' })
export class RunColumnsType {
  @Field(() => [String], { description: 'Names of metrics, small: `accuracy` is the field `metric.accuracy`, and `metric.test.accuracy` of the test samples.' })
  metrics: string[];
  @Field(() => [String], { description: 'Names of parameters.' })
  parameters: string[];
}
