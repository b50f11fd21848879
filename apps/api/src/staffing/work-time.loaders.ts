import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { grouped, loader } from '../platform/sql/loader.ts';
import { CapacityReader } from './capacity.reader.ts';
import type { TimeOffType, WorkingPatternType } from './work-time.types.ts';

interface Asked {
  userId: string;
  from: string;
  to: string;
}
type AskedCapacity = Asked & { teamId: string | null };

/** One query a kind and request for all people of a page who are asked the same of. */
@Injectable()
export class WorkTimeLoaders {
  private readonly patternsByUser = loader<string, WorkingPatternType[]>(async (ids) => grouped(ids, await this.reader.patternsOf(ids), (one) => one.userId));
  private readonly daysOff = loader<Asked, TimeOffType[]>((asked) =>
    alike(asked, async (ids, { from, to }) => {
      const found = await this.reader.timeOffOf(ids, from, to);
      return (userId) => found.filter((one) => one.userId === userId);
    }),
  );
  private readonly minutes = loader<AskedCapacity, number>((asked) =>
    alike(asked, async (ids, { teamId, from, to }) => {
      const found = await this.reader.minutesOf(ids, teamId, from, to);
      return (userId) => found.get(userId) ?? 0;
    }),
  );

  constructor(private readonly reader: CapacityReader) {}

  async patterns(context: RequestContext, userId: string): Promise<WorkingPatternType[]> {
    return (await this.patternsByUser(context).load(userId)) ?? [];
  }
  async timeOff(context: RequestContext, asked: Asked): Promise<TimeOffType[]> {
    return (await this.daysOff(context).load(asked)) ?? [];
  }
  async capacity(context: RequestContext, asked: AskedCapacity): Promise<number> {
    return (await this.minutes(context).load(asked)) ?? 0;
  }
}

/** Answers of what differs in the person alone are read at once. */
async function alike<Key extends Asked, Answer>(
  asked: readonly Key[],
  read: (userIds: string[], one: Key) => Promise<(userId: string) => Answer>,
): Promise<Answer[]> {
  const keyOf = ({ userId: _, ...rest }: Key): string => JSON.stringify(rest);
  const groups = [...Map.groupBy(asked, keyOf)];
  const answers = new Map(
    await Promise.all(groups.map(async ([key, group]) => [key, await read([...new Set(group.map(({ userId }) => userId))], group[0]!)] as const)),
  );
  return asked.map((one) => answers.get(keyOf(one))!(one.userId));
}
