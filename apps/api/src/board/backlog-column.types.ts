import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('BacklogColumn', { description: 'A column that a Scrum board does not need once sprints run on it: what waits is in the backlog.' })
export class BacklogColumnType {
  @Field(() => ID)
  id: string;
  @Field()
  name: string;
  @Field(() => Int, { description: 'Send it back with `retireBacklogColumn`.' })
  version: number;
  @Field(() => Int, { description: 'Cards that lie in it.' })
  cards: number;
  @Field(() => Int, { description: 'Those of them that are in a sprint which runs: they come to the next column.' })
  ofSprint: number;
  @Field({ description: 'What the next column is called.' })
  nextName: string;
}
