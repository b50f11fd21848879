import { Field, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import { FIRST_STEPS, HOME_BLOCKS, HOME_ROLES, type FirstStep, type HomeBlock, type HomeRole } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';

export const HomeRoleEnum = enumOf(HOME_ROLES);
registerEnumType(HomeRoleEnum, { name: 'HomeRole', description: 'Whose page home is: it says which blocks come first.' });
export const HomeBlockEnum = enumOf(HOME_BLOCKS);
registerEnumType(HomeBlockEnum, { name: 'HomeBlock', description: 'A block of home.' });
const FirstStepEnum = enumOf(FIRST_STEPS);
registerEnumType(FirstStepEnum, { name: 'FirstStep', description: 'What a new organisation does first.' });

@ObjectType('HomeBlockPlace', { description: 'Where a block stands.' })
export class HomeBlockPlaceType {
  @Field(() => HomeBlockEnum)
  block: HomeBlock;
  @Field({ description: 'Nothing of it is asked for.' })
  folded: boolean;
}

@ObjectType('FirstStepState', { description: 'A step of the first day.' })
export class FirstStepType {
  @Field(() => FirstStepEnum)
  step: FirstStep;
  @Field({ description: 'Told from the data, not from a tick.' })
  done: boolean;
}

@ObjectType('Home', { description: 'The home page of whoever asks.' })
export class HomeType {
  @Field(() => HomeRoleEnum)
  role: HomeRole;
  @Field(() => HomeRoleEnum, { description: 'What would be guessed from their professions and rights.' })
  guessedRole: HomeRole;
  @Field(() => [HomeBlockPlaceType], { description: 'All blocks, in their order.' })
  blocks: HomeBlockPlaceType[];
  dismissed: boolean;
}

@InputType({ description: 'What changes; what is left out stays.' })
export class UpdateHomeInput {
  @Field(() => HomeRoleEnum, { nullable: true, description: 'Null: guess it.' })
  role?: HomeRole | null;
  @Field(() => HomeBlockEnum, { nullable: true, description: 'Folds this block.' })
  fold?: HomeBlock | null;
  @Field(() => HomeBlockEnum, { nullable: true, description: 'Unfolds this block.' })
  unfold?: HomeBlock | null;
  @Field(() => [HomeBlockEnum], { nullable: true, description: 'An order of one’s own; null: that of the role.' })
  order?: HomeBlock[] | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the checklist of the first day is not wanted any more.' })
  dismissed?: boolean | null;
}
