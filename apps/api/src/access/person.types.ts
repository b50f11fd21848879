import { Field, ID, ObjectType } from '@nestjs/graphql';

@ObjectType('Person', { description: 'A person as a card shows one.' })
export class PersonType {
  @Field(() => ID)
  id: string;
  @Field({ description: 'The name they are known by.' })
  name: string;
}

/** Null where there is no id; `name` is that of an outer join. */
export const personOf = (id: string | null, name: string | null): PersonType | null => (id === null ? null : { id, name: name ?? '' });
