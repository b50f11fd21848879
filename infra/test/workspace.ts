import { DEFAULT_PARAMETERS, type EngineRequest, type RunParameters, type SyntheticKind, type Template } from '@trainyard/domain';
import { randomUUID } from 'node:crypto';
import { ApiClient } from './api-client.ts';
import { waitFor } from './wait-for.ts';

export interface Person {
  email: string;
  password: string;
}

export interface ProjectInfo {
  id: string;
  key: string;
  boardId: string;
  teamId: string;
  columns: { id: string; name: string; category: string }[];
}

export const OWNER: Person = { email: 'owner@example.org', password: 'correct horse battery staple' };

/** Makes the first account of an empty Trainyard and signs it in. */
export async function setUp(url: string): Promise<ApiClient> {
  const api = new ApiClient(url);
  await api.query('mutation ($input: SetUpInput!) { setUp(input: $input) { user { id } } }', {
    input: { organisationName: 'Test', name: 'Olive Owner', ...OWNER, locale: 'EN' },
  });
  return api;
}

export async function addPerson(api: ApiClient, name: string, orgRole: 'ADMIN' | 'MEMBER' | 'VIEWER'): Promise<Person & { id: string }> {
  const person = { email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`, password: `a long password of ${name}` };
  const { createUser } = await api.query<{ createUser: { id: string } }>('mutation ($input: CreateUserInput!) { createUser(input: $input) { id } }', {
    input: { name, orgRole, ...person },
  });
  return { ...person, id: createUser.id };
}

export async function addProject(
  api: ApiClient,
  key: string,
  visibility: 'OPEN' | 'PRIVATE' = 'OPEN',
  boardKind: 'SCRUM' | 'KANBAN' = 'KANBAN',
): Promise<ProjectInfo> {
  const { createTeam } = await api.query<{ createTeam: { id: string } }>('mutation ($name: String!) { createTeam(name: $name) { id } }', {
    name: `Team ${key} ${randomUUID().slice(0, 4)}`,
  });
  const { createProject } = await api.query<{ createProject: { id: string; boards: { id: string; columns: ProjectInfo['columns'] }[] } }>(
    'mutation ($input: CreateProjectInput!) { createProject(input: $input) { id boards { id columns { id name category } } } }',
    { input: { key, name: `Project ${key}`, visibility, teamId: createTeam.id, boardKind } },
  );
  const board = createProject.boards[0];
  if (board === undefined) throw new Error('A new project has no board');
  return { id: createProject.id, key, boardId: board.id, teamId: createTeam.id, columns: board.columns };
}

export async function addTicket(api: ApiClient, columnId: string, title: string): Promise<{ id: string; key: string }> {
  const { createTicket } = await api.query<{ createTicket: { id: string; key: string } }>(
    'mutation ($input: CreateTicketInput!) { createTicket(input: $input) { id key } }',
    {
      input: { columnId, title, type: 'EXPERIMENT' },
    },
  );
  return createTicket;
}

/** Makes a synthetic dataset and waits until a runner has inspected it. */
export async function addDataset(api: ApiClient, projectId: string, synthetic: SyntheticKind, samples: number): Promise<string> {
  const { createDataset } = await api.query<{ createDataset: { id: string } }>(
    'mutation ($input: CreateDatasetInput!) { createDataset(input: $input) { id } }',
    {
      input: { name: `${synthetic} ${samples}`, kind: 'SYNTHETIC', source: 'SYNTHETIC', projectId, synthetic, samples, seed: 1 },
    },
  );
  await waitFor(
    'the dataset to be inspected',
    async () => {
      const { dataset } = await api.query<{ dataset: { state: string; errorCode: string | null } }>(
        'query ($id: ID!) { dataset(id: $id) { state errorCode } }',
        { id: createDataset.id },
      );
      if (dataset.state === 'INVALID') throw new Error(`the dataset was refused: ${dataset.errorCode}`);
      return dataset.state === 'READY';
    },
    120_000,
  );
  return createDataset.id;
}

export async function queueRun(
  api: ApiClient,
  ticketId: string,
  datasetId: string,
  template: Template,
  parameters: Partial<RunParameters> = {},
  engine: EngineRequest = 'AUTO',
): Promise<string> {
  const { queueRun: run } = await api.query<{ queueRun: { id: string } }>('mutation ($input: QueueRunInput!) { queueRun(input: $input) { id } }', {
    input: { ticketId, template, datasetId, engine, parameters: { ...DEFAULT_PARAMETERS[template], ...parameters } },
  });
  return run.id;
}

export interface RunNow {
  state: string;
  failureCode: string | null;
  failureMessage: string | null;
  card: { state: string; step: number; totalSteps: number };
  attempts: { id: string; claim: number; state: string; resumedFromSteps: number[]; checkpointStep: number | null }[];
  attempt: {
    claim: number;
    state: string;
    resumedFromSteps: number[];
    checkpointStep: number | null;
    failureCode: string | null;
    artifacts: { name: string }[];
  } | null;
  result: { steps: number; metrics: { split: string; name: string; value: number }[] } | null;
}

export async function readRun(api: ApiClient, id: string): Promise<RunNow> {
  const { run } = await api.query<{ run: RunNow }>(
    `query ($id: ID!) { run(id: $id) {
      state failureCode failureMessage card { state step totalSteps }
      attempts { id claim state resumedFromSteps checkpointStep }
      attempt { claim state resumedFromSteps checkpointStep failureCode artifacts { name } }
      result { steps metrics { split name value } }
    } }`,
    { id },
  );
  return run;
}

export const hasEnded = (run: { state: string }): boolean => ['SUCCEEDED', 'FAILED', 'CANCELLED'].includes(run.state);

/** Waits until the run has done `step` optimiser steps. Rejects when it ends before. */
export async function runReaches(api: ApiClient, id: string, step: number, timeoutMs: number = 120_000): Promise<RunNow> {
  let ended: RunNow | null = null;
  const reached = await waitFor(
    `step ${step} of the run`,
    async () => {
      const run = await readRun(api, id);
      if (hasEnded(run)) ended = run;
      return ended !== null || run.card.step >= step ? run : null;
    },
    timeoutMs,
    30,
  );
  if (ended !== null) throw new Error(`The run ended before step ${step}: ${JSON.stringify(ended)}`);
  return reached;
}

export async function runEnds(api: ApiClient, id: string, timeoutMs: number = 240_000): Promise<RunNow> {
  return waitFor(
    'the run to end',
    async () => {
      const run = await readRun(api, id);
      return hasEnded(run) ? run : null;
    },
    timeoutMs,
  );
}
