import { ID } from '@nestjs/graphql';

/** The `id` of every create input, and argument of every create mutation that has no input. */
export const OWN_ID = {
  type: () => ID,
  nullable: true,
  description: 'A UUID of your choice. The same request again, after an answer was lost, has the same answer and makes no second one.',
};
