import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { useState } from 'react';
import { renderApp } from '../../../test/render.tsx';
import { CreateDatasetDocument, DatasetProjectsDocument, type CreateDatasetMutation } from '../dataset/datasets.generated.ts';
import { QueueRunDialog } from './QueueRunDialog.tsx';
import { QueueChoicesDocument, type QueueDatasetFragment } from './runs.generated.ts';

const points = (overrides: Partial<QueueDatasetFragment>): QueueDatasetFragment => ({
  __typename: 'Dataset',
  id: 'points',
  name: 'Points',
  kind: 'SYNTHETIC',
  source: 'SYNTHETIC',
  state: 'CHECKING',
  errorCode: null,
  errorParams: null,
  sampleCount: null,
  testCount: null,
  inputShape: [],
  classes: [],
  columns: [],
  ...overrides,
});
const ready = points({
  state: 'READY',
  sampleCount: 100,
  testCount: 0,
  inputShape: [2],
  classes: [
    { __typename: 'DatasetClass', name: '0', count: 50 },
    { __typename: 'DatasetClass', name: '1', count: 50 },
  ],
});
const invalid = points({ state: 'INVALID', errorCode: 'DATASET_TOO_SMALL', errorParams: { got: 1, needed: 2 } });

const team = { __typename: 'Team', id: 'team-1' };
const choices = (...nodes: QueueDatasetFragment[]): MockLink.MockedResponse => ({
  request: { query: QueueChoicesDocument, variables: () => true },
  result: {
    data: {
      project: { __typename: 'Project', id: 'project-1', visibility: 'PRIVATE', state: 'ACTIVE' as const },
      datasets: { __typename: 'DatasetConnection', nodes, totalCount: nodes.length },
      runners: [],
    },
  },
});
const projects: MockLink.MockedResponse = {
  request: { query: DatasetProjectsDocument },
  result: {
    data: {
      projects: [
        { __typename: 'Project', id: 'project-1', key: 'ATL', name: 'Atlas', visibility: 'PRIVATE', state: 'ACTIVE' as const, team },
        { __typename: 'Project', id: 'project-2', key: 'OPS', name: 'Platform', visibility: 'OPEN', state: 'ACTIVE' as const, team },
      ],
    },
  },
};
const row: CreateDatasetMutation['createDataset'] = {
  __typename: 'Dataset',
  id: 'points',
  name: 'Points',
  kind: 'SYNTHETIC',
  source: 'SYNTHETIC',
  projectId: 'project-1',
  state: 'CHECKING',
  checkedShare: null,
  errorCode: null,
  sampleCount: null,
  testCount: null,
  inputShape: [],
  sizeBytes: null,
  createdAt: '2026-11-22T04:00:00Z',
  createdBy: null,
  version: 1,
};

/** The dialog of a ticket in a private project without datasets; afterwards the server answers `then`, one after the other. */
async function addFromDialog(...then: MockLink.MockedResponse[]) {
  const created: unknown[] = [];
  const create: MockLink.MockedResponse = {
    request: {
      query: CreateDatasetDocument,
      variables: (given) => {
        created.push(given);
        return true;
      },
    },
    result: { data: { createDataset: row } },
  };
  const { user } = await renderApp(<QueueRunDialog opened onClose={() => undefined} ticketId="ticket-1" projectId="project-1" />, {
    mocks: [choices(), projects, create, ...then],
  });
  const queue = await screen.findByRole('dialog', { name: 'Queue a training run' });
  await user.click(await within(queue).findByRole('radio', { name: /^2-3-1 net/ }));
  const epochs = within(queue).getByRole('textbox', { name: 'Epochs' });
  await user.clear(epochs);
  await user.type(epochs, '77');
  expect(within(queue).getByText(/No dataset fits/)).toBeTruthy();
  await user.click(within(queue).getByRole('button', { name: 'Add dataset' }));
  const add = await screen.findByRole('dialog', { name: 'Add a dataset' });
  expect(within(add).getByRole('textbox', { name: /Name/ })).toHaveProperty('value', 'Comparison of two numbers');
  await waitFor(() => expect(within(add).getByRole('combobox', { name: 'Usable by' })).toHaveProperty('value', 'project-1'));
  await user.click(within(add).getByRole('button', { name: 'Add dataset' }));
  await waitFor(() => expect(created).toEqual([{ input: expect.objectContaining({ kind: 'SYNTHETIC', synthetic: 'COMPARISON', projectId: 'project-1' }) }]));
  return { epochs, queue: within(queue) };
}

describe('a dataset added while queueing', () => {
  it('is chosen, keeps the run waiting while it is checked, and what was typed stays', async () => {
    const { queue, epochs } = await addFromDialog(choices(points({})), choices(ready));
    expect(await queue.findByRole('radio', { name: /^Points/ })).toHaveProperty('checked', true);
    expect(queue.getByText('“Points” is being checked: the run can be queued in a moment.')).toBeTruthy();
    expect(queue.getByRole('button', { name: 'Queue run' })).toHaveProperty('disabled', true);
    expect(await queue.findByText(/^77 steps over 100 training/)).toBeTruthy();
    expect(queue.getByRole('button', { name: 'Queue run' })).toHaveProperty('disabled', false);
    expect(queue.getByRole('radio', { name: /^Points/ })).toHaveProperty('checked', true);
    expect(epochs).toHaveProperty('value', '77');
  });

  it('is chosen all the same when the list could not be read at first, which is told', async () => {
    const { queue } = await addFromDialog(
      { request: { query: QueueChoicesDocument, variables: () => true }, error: new TypeError('Failed to fetch') },
      choices(ready),
    );
    expect(await screen.findByText(/server does not answer/)).toBeTruthy();
    expect(await queue.findByText(/^77 steps over 100 training/)).toBeTruthy();
    expect(queue.getByRole('radio', { name: /^Points/ })).toHaveProperty('checked', true);
  });

  it('says what is wrong with it when it is refused', async () => {
    const { queue } = await addFromDialog(choices(points({})), choices(invalid));
    const choice = await queue.findByText(/too few samples to learn from: 1, and at least 2 are needed/);
    expect(choice).toBeTruthy();
    expect(queue.getByRole('radio', { name: /^Points/ })).toHaveProperty('disabled', true);
  });
});

it('offers no dataset to those who may add none', async () => {
  await renderApp(<QueueRunDialog opened onClose={() => undefined} ticketId="ticket-1" projectId="project-1" />, {
    mocks: [choices()],
    viewer: { orgRole: 'VIEWER' },
  });
  expect(await screen.findByText(/your role does not allow adding one/)).toBeTruthy();
  expect(screen.queryByRole('button', { name: 'Add dataset' })).toBeNull();
});

function ByButton() {
  const [opened, setOpened] = useState(false);
  return (
    <>
      <button onClick={() => setOpened(true)}>Begin</button>
      <QueueRunDialog opened={opened} onClose={() => setOpened(false)} ticketId="ticket-1" projectId="project-1" />
    </>
  );
}

it('begins on the template that is chosen, and gives the focus back to what opened it', async () => {
  const { user } = await renderApp(<ByButton />, { mocks: [choices(ready), choices(ready)] });
  // The second time its choices are there at once.
  for (let time = 1; time <= 2; time++) {
    await user.click(screen.getByRole('button', { name: 'Begin' }));
    const dialog = await screen.findByRole('dialog', { name: 'Queue a training run' });
    await waitFor(() => expect(document.activeElement).toBe(within(dialog).getByRole('radio', { name: /^2-3-1 net/ })));
    await user.keyboard('{Escape}');
    await waitFor(() => expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Begin' })));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  }
});
