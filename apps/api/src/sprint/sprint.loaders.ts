import { Injectable } from '@nestjs/common';
import type { RequestContext } from '../platform/actor.ts';
import { grouped, inOrderOf, loader } from '../platform/sql/loader.ts';
import { SprintCapacityReader } from './sprint-capacity.reader.ts';
import type { SprintCapacityType } from './sprint-capacity.types.ts';
import { SprintService } from './sprint.service.ts';
import type { SprintTicketType, SprintTotals, SprintType } from './sprint.types.ts';

/** One query a kind and request, however many boards and sprints a page shows. */
@Injectable()
export class SprintLoaders {
  private readonly byBoard = loader<string, SprintType[]>(async (ids) => grouped(ids, await this.sprints.runningOn(ids), ({ boardId }) => boardId ?? ''));
  private readonly sums = loader<string, SprintTotals & { id: string }>(async (ids) => inOrderOf(ids, await this.sprints.totals(ids), ({ id }) => id));

  private readonly ends = loader<string, SprintTicketType[]>(async (ids) => grouped(ids, await this.sprints.outcomes(ids), ({ sprintId }) => sprintId));

  private readonly capacities = loader<SprintType, SprintCapacityType>((sprints) => this.capacityReader.ofAll(sprints));

  constructor(
    private readonly sprints: SprintService,
    private readonly capacityReader: SprintCapacityReader,
  ) {}

  async runningOn(context: RequestContext, boardId: string): Promise<SprintType[]> {
    return (await this.byBoard(context).load(boardId)) ?? [];
  }
  async outcomes(context: RequestContext, sprintId: string): Promise<SprintTicketType[]> {
    return (await this.ends(context).load(sprintId)) ?? [];
  }
  async capacity(context: RequestContext, sprint: SprintType): Promise<SprintCapacityType> {
    const capacity = await this.capacities(context).load(sprint);
    if (!capacity) throw new Error(`sprint ${sprint.id} has no capacity`);
    return capacity;
  }
  async totals(context: RequestContext, sprintId: string): Promise<SprintTotals> {
    const totals = await this.sums(context).load(sprintId);
    if (!totals) throw new Error(`sprint ${sprintId} has no sums`);
    return totals;
  }
}
