import { ProjectTail } from '../src/activity/project-tail.ts';
import type { GraphqlClient } from './client.ts';
import { buildProject, memberOf, type BuiltProject } from './factories/board.ts';
import { Subscriber } from './subscriber.ts';
import { TestTrainyard } from './trainyard.ts';

const FIELDS =
  '{ seq reset activities { seq entity entityId ticketId action changes actor { id } } tickets { id title columnId rank commentCount description } columns { id name ticketCount } comments { id body } labels { id name } runs { id } }';
export const FOLLOW = `subscription($projectId: ID!, $since: Int!) { projectEvents(projectId: $projectId, since: $since) ${FIELDS} }`;
export const CATCH_UP = `query($projectId: ID!, $since: Int!) { projectEvents(projectId: $projectId, since: $since) ${FIELDS} }`;

export interface Events {
  seq: number;
  reset: boolean;
  activities: {
    seq: number;
    entity: string;
    entityId: string;
    ticketId: string | null;
    action: string;
    changes: Record<string, { from: string | null; to: string | null }>;
  }[];
  tickets: { id: string; title: string; columnId: string; rank: string; commentCount: number; description: string }[];
  columns: { id: string; name: string; ticketCount: number }[];
  comments: { id: string; body: string }[];
  labels: { name: string }[];
}

/** Whether a subscriber has been told up to `seq`. */
export const reached = (seq: number) => (subscriber: Subscriber<Events>) => (subscriber.events.at(-1)?.seq ?? 0) >= seq;

const { changed } = ProjectTail.prototype;
const { setInterval } = globalThis;

/** A new project for each test, its lead, and those who follow it. */
export class TestFollowers {
  trainyard!: TestTrainyard;
  project!: BuiltProject;
  client!: GraphqlClient;
  private readonly open: Subscriber<Events>[] = [];

  private constructor() {}

  /** Those of the tests of a file. */
  static ofFile(): TestFollowers {
    const followers = new TestFollowers();
    beforeAll(async () => {
      followers.trainyard = await TestTrainyard.start();
    });
    beforeEach(async () => {
      followers.project = await buildProject(followers.trainyard);
      followers.client = (await memberOf(followers.trainyard, followers.project, 'LEAD')).client;
    });
    afterEach(() => followers.end());
    afterAll(() => followers.trainyard.stop());
    return followers;
  }

  follow(by: GraphqlClient, since: number, projectId = this.project.id): Subscriber<Events> {
    const subscriber = new Subscriber<Events>(by, FOLLOW, { projectId, since });
    this.open.push(subscriber);
    return subscriber;
  }

  async catchUp(since: number): Promise<Events> {
    return (await this.client.ask<{ projectEvents: Events }>(CATCH_UP, { projectId: this.project.id, since })).projectEvents;
  }

  /** Who follows is woken or waits: neither is the log looked at again and again, nor are rights after some seconds. */
  neverByTheClock(): void {
    ProjectTail.prototype.changed = function (this: ProjectTail, position, _timeoutMs, ended) {
      return changed.call(this, position, 60_000, ended);
    };
    globalThis.setInterval = ((look: () => void) => setInterval(look, 60_000)) as typeof globalThis.setInterval;
  }

  private async end(): Promise<void> {
    ProjectTail.prototype.changed = changed;
    globalThis.setInterval = setInterval;
    for (const subscriber of this.open.splice(0)) await subscriber.stop();
  }
}
