import type { Variables } from './ask.ts';
import type { ExpectedRow, MutationCase, Place } from './case.ts';
import { queueInput } from '../factories/training.ts';
import { buildThing, someName } from './things.ts';

const id = (asked: Variables): string => asked['id'] as string;
const runChanged = (asked: Variables, at: Place, changes: unknown): ExpectedRow => ({
  scope: at.project.id,
  entity: 'RUN',
  action: 'UPDATED',
  entityId: id(asked),
  ticketId: expect.any(String) as unknown as string,
  changes,
});
const runTopics = (asked: Variables, at: Place): string[] => [`run:${id(asked)}`, `runs:${at.project.id}`];

/** Runs and datasets. */
export const TRAINING_MUTATIONS: Record<string, MutationCase | MutationCase[]> = {
  queueRun: {
    demands: ['run.queue'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: async (at) => ({ input: queueInput(await buildThing.ticket(at), await buildThing.dataset(at)) }),
    logs: (asked, at) => [
      {
        scope: at.project.id,
        entity: 'RUN',
        action: 'CREATED',
        ticketId: (asked['input'] as { ticketId: string }).ticketId,
        changes: { state: { from: null, to: 'QUEUED' }, template: { from: null, to: 'NET_2_3_1' } },
      },
    ],
    wakes: (_, at) => [`runs:${at.project.id}`],
  },
  queueRuns: {
    demands: ['run.queue'],
    on: 'PROJECT',
    unversioned: 'it makes something new',
    try: async (at) => ({
      input: { ...queueInput(await buildThing.ticket(at), await buildThing.dataset(at)), varied: [{ parameter: 'learningRate', values: [0.1, 0.2] }] },
    }),
    logs: (asked, at) =>
      [1, 2].map(() => ({
        scope: at.project.id,
        entity: 'RUN' as const,
        action: 'CREATED' as const,
        ticketId: (asked['input'] as { ticketId: string }).ticketId,
        changes: { state: { from: null, to: 'QUEUED' }, template: { from: null, to: 'NET_2_3_1' } },
      })),
    wakes: (_, at) => [`runs:${at.project.id}`],
  },
  cancelRuns: {
    demands: ['run.cancel'],
    on: 'PROJECT',
    unversioned: 'asking twice is the same as once',
    try: async (at) => ({ groupId: await buildThing.runGroup(at) }),
    logs: (_, at) =>
      [1, 2].map(() => ({
        scope: at.project.id,
        entity: 'RUN' as const,
        action: 'UPDATED' as const,
        ticketId: expect.any(String) as unknown as string,
        changes: { state: { from: 'QUEUED', to: 'CANCELLED' }, cancelRequested: { from: false, to: true } },
      })),
    wakes: (_, at) => [`runs:${at.project.id}`],
  },
  cancelRun: {
    demands: ['run.cancel'],
    on: 'PROJECT',
    unversioned: 'asking twice is the same as once',
    usedUp: ['RUN_NOT_CANCELLABLE'],
    try: async (at) => ({ id: await buildThing.run(at) }),
    logs: (asked, at) => [runChanged(asked, at, { state: { from: 'QUEUED', to: 'CANCELLED' }, cancelRequested: { from: false, to: true } })],
    wakes: runTopics,
  },
  retryRun: {
    demands: ['run.queue'],
    on: 'PROJECT',
    unversioned: 'a run that goes on already is not retryable',
    usedUp: ['RUN_NOT_RETRYABLE'],
    try: async (at) => ({ id: await buildThing.cancelledRun(at) }),
    logs: (asked, at) => [runChanged(asked, at, { state: { from: 'CANCELLED', to: 'QUEUED' }, attempt: { from: 1, to: 2 } })],
    wakes: runTopics,
  },
  createDataset: [
    {
      demands: ['dataset.create', 'run.queue'],
      on: 'PROJECT',
      unversioned: 'it makes something new',
      try: (at) => ({ input: { name: someName(), kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100, projectId: at.project.id } }),
      logs: (asked, at) => [
        { scope: at.project.id, entity: 'DATASET', action: 'CREATED', changes: { name: { from: null, to: (asked['input'] as { name: string }).name } } },
      ],
    },
    {
      demands: ['dataset.create'],
      on: 'ORGANISATION',
      unversioned: 'it makes something new',
      try: () => ({ input: { name: someName(), kind: 'SYNTHETIC', source: 'SYNTHETIC', synthetic: 'COMPARISON', samples: 100 } }),
      logs: (asked, at) => [
        { scope: at.organisationId, entity: 'DATASET', action: 'CREATED', changes: { name: { from: null, to: (asked['input'] as { name: string }).name } } },
      ],
    },
  ],
  recheckDataset: [
    {
      demands: ['data.manage'],
      on: 'PROJECT',
      unversioned: 'one that is being checked is answered as it is',
      try: async (at) => ({ id: await buildThing.dataset(at) }),
      logs: (asked, at) => [
        { scope: at.project.id, entity: 'DATASET', action: 'UPDATED', entityId: id(asked), changes: { state: { from: 'READY', to: 'CHECKING' } } },
      ],
    },
    {
      demands: ['dataset.manage'],
      on: 'ORGANISATION',
      unversioned: 'one that is being checked is answered as it is',
      try: async (at) => ({ id: await buildThing.organisationDataset(at) }),
      logs: (asked, at) => [
        { scope: at.organisationId, entity: 'DATASET', action: 'UPDATED', entityId: id(asked), changes: { state: { from: 'READY', to: 'CHECKING' } } },
      ],
    },
  ],
  setDatasetReading: [
    {
      demands: ['data.manage'],
      on: 'PROJECT',
      try: async (at) => ({ id: await buildThing.table(at), version: 1, reading: { delimiter: 'TAB' } }),
      logs: (asked, at) => [
        {
          scope: at.project.id,
          entity: 'DATASET',
          action: 'UPDATED',
          entityId: id(asked),
          changes: { 'reading.delimiter': { from: null, to: 'TAB' }, state: { from: 'READY', to: 'CHECKING' } },
        },
      ],
    },
    {
      demands: ['dataset.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.organisationTable(at), version: 1, reading: { columns: [{ name: 'y', missing: ['none'] }] } }),
      logs: (asked, at) => [
        {
          scope: at.organisationId,
          entity: 'DATASET',
          action: 'UPDATED',
          entityId: id(asked),
          changes: { 'reading.columns': { from: 0, to: 1 }, state: { from: 'READY', to: 'CHECKING' } },
        },
      ],
    },
  ],
  deleteDataset: [
    {
      demands: ['data.manage'],
      on: 'PROJECT',
      try: async (at) => ({ id: await buildThing.dataset(at), version: 1 }),
      logs: (asked, at) => [
        { scope: at.project.id, entity: 'DATASET', action: 'DELETED', entityId: id(asked), changes: { name: { from: expect.any(String), to: null } } },
      ],
    },
    {
      demands: ['dataset.manage'],
      on: 'ORGANISATION',
      try: async (at) => ({ id: await buildThing.organisationDataset(at), version: 1 }),
      logs: (asked, at) => [
        { scope: at.organisationId, entity: 'DATASET', action: 'DELETED', entityId: id(asked), changes: { name: { from: expect.any(String), to: null } } },
      ],
    },
  ],
};
