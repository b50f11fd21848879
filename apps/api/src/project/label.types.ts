import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { LABEL_COLORS, type LabelColor } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';

export const LabelColorEnum = enumOf(LABEL_COLORS);
registerEnumType(LabelColorEnum, { name: 'LabelColor', description: 'Named, so that each theme chooses its own shade.' });

@ObjectType('Label', { description: 'A word that marks tickets of a project.' })
export class LabelType {
  @Field(() => ID, { description: 'Stable.' })
  id: string;
  @Field({ description: 'Once in a project, whatever its case.' })
  name: string;
  @Field(() => LabelColorEnum, { description: 'A named colour.' })
  color: LabelColor;
  @Field(() => Int, { description: 'Send it back with a change.' })
  version: number;
}

@InputType({ description: 'Changes to a label; what is left out stays.' })
export class UpdateLabelInput {
  @Field(() => String, { nullable: true, description: 'At most 40 characters.' })
  name?: string | null;
  @Field(() => LabelColorEnum, { nullable: true, description: 'A named colour.' })
  color?: LabelColor | null;
}
