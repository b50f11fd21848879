import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Person', { description: 'A person as a card shows one.' })
export class PersonType {
  @Field(() => ID)
  id: string;
  @Field({ description: 'The name they are known by.' })
  name: string;
}
