import { DEFAULT_PARAMETERS, type EngineRequest, type RunParameters } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { row } from '../../src/platform/sql/database.ts';
import type { GraphqlClient } from '../client.ts';
import type { TestTrainyard } from '../trainyard.ts';
import { buildTicket, type BuiltTicket } from './board.ts';
import { buildMembership, someone } from './people.ts';

export const DATASET_DIGEST = 'd'.repeat(64);
let serial = 0;

/** A READY dataset of 100 synthetic comparisons, as an inspection leaves it. */
export async function buildDataset(trainyard: TestTrainyard, overrides: { projectId?: string; state?: string; createdBy?: string } = {}): Promise<string> {
  serial += 1;
  const id = randomUUID();
  await trainyard.database.direct.query(
    /* sql */ `
    INSERT INTO dataset (id, name, kind, source, state, project_id, synthetic, samples, seed, digest, sample_count, test_count, input_shape, size_bytes, classes, created_by)
    VALUES ($1, $2, 'SYNTHETIC', 'SYNTHETIC', $3, $4, 'COMPARISON', 100, 7, $5, 100, 0, '{2}', 1600, '[{"name":"0","count":50},{"name":"1","count":50}]', $6)`,
    [id, `Comparisons ${serial}`, overrides.state ?? 'READY', overrides.projectId ?? null, DATASET_DIGEST, overrides.createdBy ?? null],
  );
  return id;
}

/** A READY table of two columns, as an inspection left it before there were readings. */
export async function buildTable(trainyard: TestTrainyard, overrides: { projectId?: string; createdBy?: string } = {}): Promise<string> {
  serial += 1;
  const id = randomUUID();
  const columns = [
    { name: 'x', type: 'NUMBER', missing: 0, min: 0, max: 99, mean: 49.5, categories: [] },
    {
      name: 'y',
      type: 'CATEGORY',
      missing: 10,
      min: null,
      max: null,
      mean: null,
      categories: [
        { value: 'a', count: 60 },
        { value: 'b', count: 30 },
      ],
    },
  ];
  await trainyard.database.direct.query(
    /* sql */ `
    INSERT INTO dataset (id, name, kind, source, state, project_id, digest, sample_count, test_count, input_shape, size_bytes, columns, created_by)
    VALUES ($1, $2, 'CSV', 'PATH', 'READY', $3, $4, 100, 0, '{2}', 400, $5, $6)`,
    [id, `Table ${serial}`, overrides.projectId ?? null, DATASET_DIGEST, JSON.stringify(columns), overrides.createdBy ?? null],
  );
  await trainyard.database.direct.query(`INSERT INTO dataset_file (dataset_id, role, path) VALUES ($1, 'TABLE', '/data/table.csv')`, [id]);
  return id;
}

export interface BuiltRun {
  id: string;
  attemptId: string;
  ticket: BuiltTicket;
  datasetId: string;
  /** The member of the project's team who queued it. */
  member: GraphqlClient;
}

export const QUEUE_RUN = /* GraphQL */ `
  mutation ($input: QueueRunInput!) {
    queueRun(input: $input) { id number state attempt { id number claim state } }
  }`;

export function queueInput(ticketId: string, datasetId: string, engine: EngineRequest = 'AUTO', parameters: Partial<RunParameters> = {}): object {
  return { ticketId, datasetId, template: 'NET_2_3_1', engine, parameters: { ...DEFAULT_PARAMETERS.NET_2_3_1, ...parameters } };
}

/** A run queued through GraphQL by a member of the project's team; makes ticket and dataset when none is named. */
export async function buildRun(
  trainyard: TestTrainyard,
  overrides: { ticket?: BuiltTicket; datasetId?: string; engine?: EngineRequest; parameters?: Partial<RunParameters>; member?: GraphqlClient } = {},
): Promise<BuiltRun> {
  const ticket = overrides.ticket ?? (await buildTicket(trainyard));
  const datasetId = overrides.datasetId ?? (await buildDataset(trainyard));
  const member = overrides.member ?? (await buildMember(trainyard, ticket.project.teamId));
  const { queueRun } = await member.ask<{ queueRun: { id: string; attempt: { id: string } } }>(QUEUE_RUN, {
    input: queueInput(ticket.id, datasetId, overrides.engine, overrides.parameters),
  });
  return { id: queueRun.id, attemptId: queueRun.attempt.id, ticket, datasetId, member };
}

export const QUEUE_RUNS = /* GraphQL */ `
  mutation ($input: QueueRunsInput!) {
    queueRuns(input: $input) { id count ended varied { parameter values } runs { id number state parameters { epochs learningRate seed } attempt { id } } }
  }`;

export interface BuiltRunGroup {
  id: string;
  runs: { id: string; number: number; attempt: { id: string } }[];
  ticket: BuiltTicket;
  datasetId: string;
  member: GraphqlClient;
}

/** As many runs, queued by one act through GraphQL, as there are learning rates. */
export async function buildRunGroup(
  trainyard: TestTrainyard,
  overrides: { ticket?: BuiltTicket; datasetId?: string; member?: GraphqlClient; learningRates?: number[] } = {},
): Promise<BuiltRunGroup> {
  const ticket = overrides.ticket ?? (await buildTicket(trainyard));
  const datasetId = overrides.datasetId ?? (await buildDataset(trainyard));
  const member = overrides.member ?? (await buildMember(trainyard, ticket.project.teamId));
  const varied = [{ parameter: 'learningRate', values: overrides.learningRates ?? [0.1, 0.2] }];
  const { queueRuns } = await member.ask<{ queueRuns: Pick<BuiltRunGroup, 'id' | 'runs'> }>(QUEUE_RUNS, {
    input: { ...queueInput(ticket.id, datasetId), varied },
  });
  return { ...queueRuns, ticket, datasetId, member };
}

export async function buildMember(trainyard: TestTrainyard, teamId: string): Promise<GraphqlClient> {
  const { user, client } = await someone(trainyard);
  await buildMembership(trainyard, teamId, user.id);
  return client;
}

/** The pause of this attempt, and the time its bell is given to be answered, are over. */
export async function endPause(trainyard: TestTrainyard, attemptId: string): Promise<void> {
  const ended = await row(trainyard.database.direct, `UPDATE attempt SET retry_at = now(), rung_at = now() - interval '1 minute' WHERE id = $1 RETURNING id`, [
    attemptId,
  ]);
  if (!ended) throw new Error(`no attempt ${attemptId}`);
}

/** The runner of this attempt has been silent for longer than its lease. */
export async function expireLease(trainyard: TestTrainyard, attemptId: string): Promise<void> {
  const expired = await row(trainyard.database.direct, `UPDATE attempt SET lease_until = now() - interval '1 second' WHERE id = $1 RETURNING id`, [attemptId]);
  if (!expired) throw new Error(`no attempt ${attemptId}`);
}
