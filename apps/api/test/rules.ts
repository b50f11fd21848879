import { CardService } from '../src/board/card.service.ts';
import { ChangeTicketsService } from '../src/board/change-tickets.service.ts';
import { FiringService } from '../src/automation/firing.service.ts';
import { RuleFeed } from '../src/automation/rule-feed.ts';
import { RuleJobs } from '../src/automation/rule.jobs.ts';
import { RuleSwitch } from '../src/automation/rule-switch.ts';
import { InboxFeed } from '../src/notify/inbox-feed.ts';
import { ActivityLog } from '../src/platform/log/activity-log.ts';
import { JobWorker } from '../src/platform/jobs/job-worker.ts';
import { Jobs } from '../src/platform/jobs/jobs.ts';
import { LogReaders } from '../src/platform/log/log-reader.ts';
import { Wakeups } from '../src/platform/log/wakeups.ts';
import { Database, rows, type Tx } from '../src/platform/sql/database.ts';
import { CommentService } from '../src/subject/comment.service.ts';
import { Queueing } from '../src/training/queueing.ts';
import type { GraphqlClient } from './client.ts';
import { buildProject, memberOf, type BuiltProject } from './factories/board.ts';
import { TestTrainyard } from './trainyard.ts';

export const RULE = 'id name enabled offReason condition version faults { kind field value } owner { id } dueAt trigger { on } actions { does }';
export interface Rule {
  id: string;
  enabled: boolean;
  offReason: string | null;
  version: number;
  faults: { kind: string; field: string | null; value: string | null }[];
  owner: { id: string } | null;
  dueAt: string | null;
}
const FIRING = 'id ruleName ruleVersion outcome reason causedBy ticketId ticketKey chain stopped undoneAt changes { ticketId entity action changes seq }';
export interface Firing {
  id: string;
  ruleName: string;
  ruleVersion: number;
  outcome: string;
  reason: { code: string; params: Record<string, unknown> } | null;
  causedBy: number | null;
  ticketId: string | null;
  chain: string[];
  stopped: string | null;
  undoneAt: string | null;
  changes: { ticketId: string; entity: string; action: string; changes: Record<string, { from: unknown; to: unknown }>; seq: number }[];
}

/** The trigger of a ticket that is moved: to a column, or to any. */
export const moved = (columnId: string | null = null): object => ({ on: 'MOVED', columnId });

/** The database of a process that is killed each time before it commits. */
export class DyingDatabase extends Database {
  override transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return super.transaction(async (tx) => {
      const result = await work(tx);
      await tx.query('SELECT pg_terminate_backend(pg_backend_pid())');
      return result;
    });
  }
}

/** Rules of a new project for each test. */
export class TestRules {
  trainyard!: TestTrainyard;
  project!: BuiltProject;
  lead!: GraphqlClient;
  leadId!: string;
  private readonly stops: (() => Promise<void>)[] = [];

  private constructor() {}

  /** Those of the tests of a file. */
  static ofFile(): TestRules {
    const rules = new TestRules();
    beforeAll(async () => {
      rules.trainyard = await TestTrainyard.start();
    });
    beforeEach(async () => {
      rules.project = await buildProject(rules.trainyard, { visibility: 'PRIVATE' });
      const lead = await memberOf(rules.trainyard, rules.project, 'LEAD');
      [rules.lead, rules.leadId] = [lead.client, lead.user.id];
    });
    afterEach(async () => {
      for (const stop of rules.stops.splice(0)) await stop();
      await rules.trainyard.database.direct.query('DELETE FROM rule');
    });
    afterAll(() => rules.trainyard.stop());
    return rules;
  }

  async create(name: string, trigger: object, actions: object[], more: object = {}, by = this.lead): Promise<Rule> {
    const { createRule } = await by.ask<{ createRule: Rule }>(`mutation ($input: CreateRuleInput!) { createRule(input: $input) { ${RULE} } }`, {
      input: { projectId: this.project.id, name, trigger, actions, enabled: true, ...more },
    });
    return createRule;
  }

  async update(rule: Pick<Rule, 'id' | 'version'>, input: object, by = this.lead): Promise<Rule> {
    const { updateRule } = await by.ask<{ updateRule: Rule }>(
      `mutation ($id: ID!, $version: Int!, $input: UpdateRuleInput!) { updateRule(id: $id, version: $version, input: $input) { ${RULE} } }`,
      { id: rule.id, version: rule.version, input },
    );
    return updateRule;
  }

  async rule(id: string): Promise<Rule> {
    return (await this.lead.ask<{ rule: Rule }>(`query ($id: ID!) { rule(id: $id) { ${RULE} } }`, { id })).rule;
  }

  /** The oldest first. */
  async firings(): Promise<Firing[]> {
    const { ruleFirings } = await this.lead.ask<{ ruleFirings: { nodes: Firing[] } }>(
      `query ($id: ID!) { ruleFirings(projectId: $id, first: 100) { nodes { ${FIRING} } } }`,
      { id: this.project.id },
    );
    return ruleFirings.nodes.toReversed();
  }

  async undo(id: string, by = this.lead): Promise<{ firing: Firing; refusals: { ticketKey: string; code: string; params: Record<string, unknown> }[] }> {
    const asked = `mutation ($id: ID!) { undoFiring(id: $id) { firing { ${FIRING} } refusals { ticketKey code params } } }`;
    return (await by.ask<{ undoFiring: { firing: Firing; refusals: { ticketKey: string; code: string; params: Record<string, unknown> }[] } }>(asked, { id }))
      .undoFiring;
  }

  async ticket(input: object = {}, by = this.lead): Promise<string> {
    const { createTicket } = await by.ask<{ createTicket: { id: string } }>('mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id } }', {
      input: { columnId: this.project.columns[0], type: 'TASK', title: 'A ticket', ...input },
    });
    return createTicket.id;
  }

  async set(id: string, input: object, by = this.lead): Promise<void> {
    const { version } = await this.now(id);
    await by.ask('mutation ($id: ID!, $version: Int!, $input: UpdateTicketInput!) { updateTicket(id: $id, version: $version, input: $input) { id } }', {
      id,
      version,
      input,
    });
  }

  async move(id: string, columnId: string, by = this.lead): Promise<void> {
    await by.ask('mutation ($id: ID!, $columnId: ID!) { moveTicket(id: $id, columnId: $columnId) { id } }', { id, columnId });
  }

  async now(id: string): Promise<{
    columnId: string;
    priority: string | null;
    points: number | null;
    labelIds: string[];
    version: number;
    commentCount: number;
    assignee: { id: string } | null;
  }> {
    const asked = 'query ($id: ID!) { ticket(id: $id) { columnId priority points labelIds version commentCount assignee { id } } }';
    return (await this.lead.ask<{ ticket: Awaited<ReturnType<TestRules['now']>> }>(asked, { id })).ticket;
  }

  /** What the worker process does, by hand: the feed reads on, and jobs are done, in this process, until there are none. */
  workbench(database = this.trainyard.database): Workbench {
    return new Workbench(this.trainyard, database);
  }

  /** The worker process within this one. */
  worker(): void {
    const { app, database, config } = this.trainyard;
    const { jobs, feed } = new Workbench(this.trainyard, database);
    const worker = new JobWorker(database, app.get(Wakeups), jobs, config);
    feed.onApplicationBootstrap();
    worker.onApplicationBootstrap();
    this.stops.push(
      () => feed.beforeApplicationShutdown(),
      () => worker.beforeApplicationShutdown(),
    );
  }
}

class Workbench {
  readonly jobs: Jobs;
  readonly feed: RuleFeed;
  readonly firing: FiringService;
  readonly rules: RuleJobs;
  readonly switches: RuleSwitch;

  constructor(
    private readonly trainyard: TestTrainyard,
    database: Database,
  ) {
    const { app } = trainyard;
    this.jobs = new Jobs(app.get(Wakeups));
    this.switches = new RuleSwitch(database, app.get(ActivityLog));
    const strict = { strict: false } as const;
    this.firing = new FiringService(
      database,
      app.get(ActivityLog),
      app.get(ChangeTicketsService, strict),
      app.get(CardService, strict),
      app.get(CommentService, strict),
      app.get(Queueing, strict),
      this.switches,
    );
    this.rules = new RuleJobs(this.jobs, database, this.firing, this.switches);
    this.feed = new RuleFeed(app.get(LogReaders), this.jobs);
  }

  /** What is new in the log, up to now. */
  async read(scope: string): Promise<void> {
    const take = (this.feed as unknown as { take: Parameters<ReturnType<LogReaders['reader']>['each']>[1] }).take.bind(this.feed);
    await this.trainyard.app.get(LogReaders).reader('rules').each(scope, take);
  }

  /** Jobs that were written down; each is done `times`, as after a worker that was killed. */
  async work(times = 1): Promise<number> {
    const due = await rows<{ payload: never }>(this.trainyard.database.direct, `DELETE FROM job_outbox WHERE name = 'rule' RETURNING id, payload`);
    for (const { payload } of due) for (let i = 0; i < times; i++) await this.rules.run(payload);
    return due.length;
  }

  /** Until nothing happens any more. */
  async settle(scope: string, times = 1): Promise<void> {
    do await this.read(scope);
    while ((await this.work(times)) > 0);
  }

  /** Whoever has an inbox is told what is new in the log. */
  async tell(scope: string): Promise<void> {
    const feed = new InboxFeed(this.trainyard.app.get(LogReaders));
    const take = (feed as unknown as { take: Parameters<ReturnType<LogReaders['reader']>['each']>[1] }).take.bind(feed);
    await this.trainyard.database.direct.query(`INSERT INTO log_position (reader, scope, seq) VALUES ('inbox', $1, 0) ON CONFLICT DO NOTHING`, [scope]);
    await this.trainyard.app.get(LogReaders).reader('inbox').each(scope, take);
  }
}
