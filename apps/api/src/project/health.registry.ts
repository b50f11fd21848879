import { Injectable } from '@nestjs/common';
import { projectHealth, type Health, type HealthFacts } from '@trainyard/domain';
import type { RequestContext } from '../platform/actor.ts';

/** What a room knows of the health of a project. Asked for many projects of one request, it reads once. */
type Source = (context: RequestContext, projectId: string) => Promise<Partial<HealthFacts>>;

/** Rooms above tell what they count; nobody here knows their tables. */
@Injectable()
export class ProjectHealthRegistry {
  private readonly sources: Source[] = [];

  register(source: Source): void {
    this.sources.push(source);
  }

  async health(context: RequestContext, projectId: string): Promise<Health> {
    const facts = await Promise.all(this.sources.map((source) => source(context, projectId)));
    return projectHealth(Object.assign({}, ...facts) as HealthFacts);
  }
}
