import { Field, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { HEALTH_CODES, HEALTH_LEVELS, HEALTH_LISTS, type HealthCode, type HealthLevel, type HealthList } from '@trainyard/domain';
import { enumOf } from '../platform/graphql/enum.ts';

const HealthLevelEnum = enumOf(HEALTH_LEVELS);
registerEnumType(HealthLevelEnum, { name: 'HealthLevel', description: 'UNKNOWN: nothing has happened yet that could be judged.' });
const HealthCodeEnum = enumOf(HEALTH_CODES);
registerEnumType(HealthCodeEnum, { name: 'HealthCode', description: 'What is not as it should be.' });
const HealthListEnum = enumOf(HEALTH_LISTS);
registerEnumType(HealthListEnum, { name: 'HealthList', description: 'The list that shows what was counted.' });

@ObjectType('HealthReason', { description: 'Why a project is not green.' })
export class HealthReasonType {
  @Field(() => HealthCodeEnum)
  code: HealthCode;
  @Field(() => HealthLevelEnum, { description: 'AMBER or RED.' })
  level: HealthLevel;
  @Field(() => Int, { description: 'As many as the query finds in the list.' })
  count: number;
  @Field(() => Int, { nullable: true, description: 'Of how many, where that says more.' })
  of: number | null;
  @Field(() => Int, { nullable: true, description: 'Days, of STUCK_RUNS hours, after which it counts; null: at once.' })
  threshold: number | null;
  @Field(() => HealthListEnum)
  list: HealthList;
  @Field({ description: 'For the list of the project.' })
  query: string;
}

@ObjectType('ProjectHealth', { description: 'How a project does, and why.' })
export class ProjectHealthType {
  @Field(() => HealthLevelEnum)
  level: HealthLevel;
  @Field(() => [HealthReasonType], { description: 'Red ones first.' })
  reasons: readonly HealthReasonType[];
}
