import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import type { Actor, ProjectScope } from '@trainyard/domain';
import { AccessService } from '../access/access.service.ts';
import { organisation } from '../access/organisation.ts';
import type { RequestContext } from '../platform/actor.ts';
import { activityTopic } from '../platform/log/activity-log.ts';
import { apart } from '../platform/http/allowance.ts';
import { demandProject, PROJECT_SCOPE } from '../platform/authorize.ts';
import { Database, row } from '../platform/sql/database.ts';
import { DomainError } from '../platform/domain-error.ts';
import { Wakeups } from '../platform/log/wakeups.ts';
import type { ProjectEventsType } from './activity.types.ts';
import { TailBudget, ProjectTail, type Stretch } from './project-tail.ts';
import { EventsReader, type WeighedEvents } from './events.reader.ts';

/** Rights are looked at again at least this often; at once when the log says that they changed. */
const RIGHTS_MS = 3_000;
/** Looking without having been woken: for the wake-up that was lost with a process or a connection. */
const LOOK_MS = 2_000;

interface Watched {
  tail: ProjectTail;
  subscribers: number;
  stop: () => void;
  /** A look at whose project it is that has not been sent yet. */
  scope: Promise<ProjectScope | null> | null;
}

/** The log of a project as clients follow it: once, or live. */
@Injectable()
export class ProjectEventsService implements OnApplicationShutdown {
  private readonly log = new Logger(ProjectEventsService.name);
  private readonly watched = new Map<string, Watched>();
  private readonly budget = new TailBudget();
  /** Rises when somebody's account, membership or role changed: everybody's rights are looked at again. */
  private rightsChanges = 0;
  private stopRights: (() => void) | null = null;
  private closed = false;

  constructor(
    private readonly database: Database,
    private readonly wakeups: Wakeups,
    private readonly access: AccessService,
    private readonly reader: EventsReader,
  ) {}

  onApplicationShutdown(): void {
    this.closed = true;
    this.stopRights?.();
    for (const { tail, stop } of this.watched.values()) {
      stop();
      tail.wake();
    }
  }

  /** What happened since, for one catch-up. */
  async projectEvents(actor: Actor, projectId: string, since: number): Promise<ProjectEventsType> {
    await this.demandRead(actor, projectId);
    return this.read(projectId, since);
  }

  /**
   * What happened since, and then whatever happens, in order and without gaps. Before each event it looks who asks and what of
   * the project they may read now; what is nested in the event reads the same context. Ends with an error when the right to
   * read is lost: NOT_FOUND for the project, UNAUTHENTICATED for the account or session.
   */
  async *follow(context: RequestContext, projectId: string, since: number): AsyncGenerator<ProjectEventsType> {
    await this.demandRead(await this.access.lookAgain(context), projectId);
    let stretch: ProjectEventsType | null = await this.read(projectId, since);
    let position = stretch.reset ? stretch.seq : since;
    let checkedAt = Date.now();
    let rights = this.rightsChanges;
    const watched = await this.watch(projectId, stretch.seq);
    const { tail } = watched;
    try {
      while (!this.closed && !context.ended?.aborted) {
        const isNews = stretch !== null && (stretch.reset || stretch.seq > position);
        if (isNews || rights !== this.rightsChanges || Date.now() - checkedAt >= RIGHTS_MS) {
          checkedAt = Date.now();
          rights = this.rightsChanges;
          demandProject(await this.access.lookAgain(context), 'project.read', await this.scope(projectId, watched));
        }
        if (stretch && isNews) {
          position = stretch.seq;
          yield stretch;
        } else {
          context.turn?.end();
          await tail.changed(position, RIGHTS_MS, context.ended);
        }
        // What the last event took of its allowance is nothing to the next one, which begins with `lookAgain`.
        stretch = tail.head > position ? (tail.after(position) ?? (await apart(() => this.read(projectId, position)))) : null;
      }
    } finally {
      this.unwatch(projectId, watched);
    }
  }

  private async read(projectId: string, since: number): Promise<WeighedEvents> {
    const found = await this.reader.read(projectId, since);
    if (!found) throw new DomainError('NOT_FOUND');
    return found;
  }

  private async demandRead(actor: Actor, projectId: string): Promise<void> {
    demandProject(actor, 'project.read', await this.scopeNow(projectId));
  }

  private scopeNow(projectId: string): Promise<ProjectScope | null> {
    return row<ProjectScope>(this.database.direct, `SELECT ${PROJECT_SCOPE} FROM project p WHERE p.id = $1`, [projectId]);
  }

  /** Whose project it is now. Those who ask at one moment share one look; it is no older than the asking. */
  private scope(projectId: string, watched: Watched): Promise<ProjectScope | null> {
    watched.scope ??= Promise.resolve().then(() => {
      watched.scope = null;
      return this.scopeNow(projectId);
    });
    return watched.scope;
  }

  /** Joins those who watch the project; the first one's position begins the tail. Nothing is awaited once one is joined. */
  private async watch(projectId: string, position: number): Promise<Watched> {
    const organisationId = (await organisation(this.database.direct)).id;
    this.stopRights ??= this.wakeups.on(activityTopic(organisationId), () => {
      this.rightsChanges += 1;
      for (const { tail } of this.watched.values()) tail.wake();
    });
    let watched = this.watched.get(projectId);
    if (!watched) {
      const tail = new ProjectTail(position, this.budget);
      watched = { tail, subscribers: 0, stop: apart(() => this.pump(projectId, tail)), scope: null };
      this.watched.set(projectId, watched);
    }
    watched.subscribers += 1;
    return watched;
  }

  private unwatch(projectId: string, watched: Watched): void {
    watched.subscribers -= 1;
    if (watched.subscribers > 0) return;
    watched.stop();
    watched.tail.forget();
    this.watched.delete(projectId);
  }

  /** Reads what follows the tail's head whenever the log grew; one read at a time. Returns the way to stop. */
  private pump(projectId: string, tail: ProjectTail): () => void {
    let reading = false;
    let again = false;
    let stopped = false;
    const look = async (): Promise<void> => {
      again = true;
      if (reading) return;
      reading = true;
      try {
        while (again && !stopped) {
          again = false;
          const stretch: Stretch = { ...(await this.read(projectId, tail.head)), from: tail.head };
          if (!stopped && (stretch.reset || stretch.seq > tail.head)) tail.add(stretch);
        }
      } catch (error) {
        // The database may be away for a moment; the next look makes up for it.
        if (!stopped) this.log.warn(`Cannot read the log of project ${projectId}: ${String(error)}`);
      } finally {
        reading = false;
      }
    };
    const off = this.wakeups.on(activityTopic(projectId), () => void look());
    const timer = setInterval(() => void look(), LOOK_MS).unref();
    void look();
    return () => {
      stopped = true;
      off();
      clearInterval(timer);
    };
  }
}
