import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { switchTestLanguage } from '../../../test/texts.ts';
import { renderApp, type RenderOptions } from '../../../test/render.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { NavigationDocument } from '../project/navigation.generated.ts';
import { DatasetPageDocument, DatasetProjectsDocument, DeleteDatasetDocument, RecheckDatasetDocument, type DatasetPageQuery } from './datasets.generated.ts';
import { DatasetRunsDocument, TrainableTicketsDocument, type DatasetRunsQuery } from '../training/dataset-runs.generated.ts';
import { DatasetRuns } from '../training/DatasetRuns.tsx';
import { TrainOnDataset } from '../training/TrainOnDataset.tsx';
import { DatasetPage } from './DatasetPage.tsx';

type Dataset = NonNullable<DatasetPageQuery['dataset']>;
type Runs = NonNullable<DatasetRunsQuery['dataset']>['runs'];

const buildDataset = (overrides: Partial<Dataset> = {}): Dataset => ({
  __typename: 'Dataset',
  id: 'dataset-1',
  name: 'flowers',
  kind: 'CSV',
  source: 'UPLOAD',
  projectId: null,
  state: 'READY',
  checkedShare: null,
  errorCode: null,
  errorParams: null,
  sampleCount: 150,
  testCount: 0,
  inputShape: [1],
  sizeBytes: 4600,
  createdAt: '2026-11-22T04:00:00Z',
  createdBy: { __typename: 'Person', id: 'user-2', name: 'Li Na' },
  version: 3,
  digest: 'c3ab8ff13720e8ad9047',
  classes: [],
  columns: [
    {
      __typename: 'DatasetColumn',
      name: 'length',
      type: 'NUMBER',
      missing: 3,
      distinct: 35,
      gaps: [{ __typename: 'DatasetGap', word: '', count: 3 }],
      evidence: null,
      min: 4.3,
      max: 7.9,
      mean: 5.8,
      categories: [],
    },
    {
      __typename: 'DatasetColumn',
      name: 'species',
      type: 'CATEGORY',
      missing: 0,
      distinct: 1,
      gaps: [],
      evidence: null,
      min: null,
      max: null,
      mean: null,
      categories: [{ __typename: 'DatasetCategory', value: 'setosa', count: 150 }],
    },
  ],
  preview: { __typename: 'DatasetPreview', images: [], rows: [['5.1', 'setosa']] },
  reading: null,
  ...overrides,
});

const buildDatasetRun = (number: number, overrides: Partial<Runs['nodes'][number]> = {}): Runs['nodes'][number] => ({
  __typename: 'Run',
  id: `run-${number}`,
  number,
  template: 'TABULAR_CLASSIFIER',
  queuedAt: '2026-11-22T04:00:00Z',
  createdBy: { __typename: 'Person', id: 'user-2', name: 'Li Na' },
  ticket: { __typename: 'Ticket', id: 'ticket-1', key: 'NLP-7', title: 'Tell flowers apart' },
  card: {
    __typename: 'RunCard',
    id: `run-${number}`,
    state: 'SUCCEEDED',
    headline: { __typename: 'Headline', split: 'TEST', name: 'accuracy', value: 0.9846 },
  },
  ...overrides,
});
const runsAnswer = (runs: Partial<Runs>): MockLink.MockedResponse => ({
  request: { query: DatasetRunsDocument, variables: () => true },
  result: {
    data: {
      dataset: {
        __typename: 'Dataset',
        id: 'dataset-1',
        runs: { __typename: 'RunConnection', nodes: [], totalCount: 0, pageInfo: { __typename: 'PageInfo', endCursor: null, hasNextPage: false }, ...runs },
      },
    },
  },
});

const open = (dataset: Dataset | null, { mocks = [], ...options }: RenderOptions = {}) => {
  const page: MockLink.MockedResponse = {
    request: { query: DatasetPageDocument, variables: () => true },
    result: { data: { dataset } },
    maxUsageCount: Number.POSITIVE_INFINITY,
  };
  return renderApp(<DatasetPage Runs={DatasetRuns} Train={TrainOnDataset} />, {
    ...options,
    mocks: [page, ...mocks, runsAnswer({})],
    at: '/datasets/dataset-1',
  });
};

describe('DatasetPage', () => {
  it('shows what a runner found', async () => {
    await open(buildDataset());
    expect(await screen.findByRole('heading', { name: 'flowers' })).toBeTruthy();
    expect(screen.getByRole('row', { name: 'length Number 3 (2.00%) 4.3 5.8 7.9' })).toBeTruthy();
    expect(screen.getByRole('row', { name: /species Category 0 .* setosa \(150\)/ })).toBeTruthy();
    expect(screen.getByRole('row', { name: '5.1 setosa' })).toBeTruthy();
  });

  it('shows how far a runner has come, and that it waits for one before that', async () => {
    const { unmount } = await open(buildDataset({ state: 'CHECKING', checkedShare: 0.425 }));
    expect((await screen.findByRole('progressbar', { name: 'How much of the files has been read' })).getAttribute('aria-valuenow')).toBe('42.5');
    expect(screen.getByText('42.5%')).toBeTruthy();
    unmount();
    await open(buildDataset({ state: 'CHECKING' }));
    expect(await screen.findByText('It waits for a runner to read it. This page follows.')).toBeTruthy();
    expect(screen.queryByRole('progressbar')).toBeNull();
  });

  it('says why a column is of its type, which words are no value, and how many values there really are', async () => {
    const category = (i: number) => ({ __typename: 'DatasetCategory' as const, value: `v${i}`, count: 1 });
    const column = {
      __typename: 'DatasetColumn' as const,
      type: 'CATEGORY' as const,
      min: null,
      max: null,
      mean: null,
      categories: Array.from({ length: 100 }, (_, i) => category(i)),
    };
    const gap = (word: string, count: number) => ({ __typename: 'DatasetGap' as const, word, count });
    await open(
      buildDataset({
        columns: [
          {
            ...column,
            name: 'zip',
            missing: 3,
            distinct: 4_000,
            gaps: [gap('na', 2), gap('', 1)],
            evidence: { __typename: 'ColumnEvidence', reason: 'LEADING_ZEROS', example: '01569' },
          },
          { ...column, name: 'text', missing: 0, distinct: 10_001, gaps: [], evidence: null },
          {
            ...column,
            name: 'year',
            type: 'NUMBER',
            missing: 0,
            distinct: 2,
            gaps: [],
            evidence: { __typename: 'ColumnEvidence', reason: 'AMOUNTS_READ', example: '(2019) → -2019' },
          },
        ],
      }),
    );
    const zip = (await screen.findByRole('row', { name: /^zip Category/ })).textContent;
    expect(zip).toContain('codes with a zero in front, such as 01569');
    expect(zip).toContain('“na” 2, empty 1');
    expect(zip).toContain('and 3,995 more');
    expect(screen.getByRole('row', { name: /^text Category/ }).textContent).toContain('and over 9,995 more');
    expect(screen.getByRole('row', { name: /^year Number/ }).textContent).toContain('as decided, amounts are read as numbers: (2019) → -2019');
  });

  it('lists the runs that used it, page by page, with their ticket', async () => {
    const first = runsAnswer({ nodes: [buildDatasetRun(2)], totalCount: 2, pageInfo: { __typename: 'PageInfo', endCursor: 'c', hasNextPage: true } });
    const { user } = await open(buildDataset(), { mocks: [first, runsAnswer({ nodes: [buildDatasetRun(1, { ticket: null })], totalCount: 2 })] });
    const run = await screen.findByRole('row', { name: /^Run 2 NLP-7 Tell flowers apart Table classifier 98\.46% test Succeeded .* Li Na$/ });
    expect(
      within(run)
        .getAllByRole('link')
        .map((link) => link.getAttribute('href')),
    ).toEqual(['/runs/run-2', '/tickets/NLP-7']);
    await user.click(screen.getByRole('button', { name: 'Show more' }));
    expect(await screen.findByRole('row', { name: /^Run 1 Ticket deleted/ })).toBeTruthy();
    expect(screen.getByRole('row', { name: /^Run 2/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Show more' })).toBeNull();
  });

  it('says that no run used it', async () => {
    await open(buildDataset());
    expect(await screen.findByText(/No run that you may see/)).toBeTruthy();
  });

  it('labels made-up data', async () => {
    await open(buildDataset({ source: 'SYNTHETIC', kind: 'SYNTHETIC' }));
    expect(await screen.findByText('SYNTHETIC')).toBeTruthy();
    expect(screen.getByText(/not measured/)).toBeTruthy();
  });

  it('names the row, what was expected and what was found, and what to do', async () => {
    await open(
      buildDataset({
        state: 'INVALID',
        errorCode: 'DATASET_MALFORMED',
        errorParams: { file: 'TABLE', row: 1204, unit: 'COLUMNS', expected: 12, got: 11 },
        preview: null,
        columns: [],
      }),
    );
    const alert = await screen.findByRole('alert');
    const text = alert.textContent ?? '';
    expect(text).toContain('not in the form that was announced');
    expect(text).toContain('Row1,204');
    expect(text).toContain('Expected12 columns');
    expect(text).toContain('Found11 columns');
    expect(within(alert).getByRole('button', { name: 'Add corrected data' })).toBeTruthy();
    expect(within(alert).getByRole('button', { name: 'Check again' })).toBeTruthy();
  });

  it('says it in Chinese too', async () => {
    await switchTestLanguage('zh');
    await open(buildDataset({ state: 'INVALID', errorCode: 'DATASET_NOT_NUMERIC', errorParams: { row: 7, column: 'price', form: 'NUMBER', got: 'n/a' } }));
    const text = (await screen.findByRole('alert')).textContent ?? '';
    expect(text).toContain('应为数值的地方出现了文本');
    expect(text).toContain('列price');
    expect(text).toContain('应为数值');
    expect(text).toContain('实为n/a');
  });

  it('does not hide a code that it has no words for', async () => {
    await open(buildDataset({ state: 'INVALID', errorCode: 'STORAGE_FULL', errorParams: {} }));
    expect((await screen.findByRole('alert')).textContent).toContain('disk is full');
  });

  it('keeps what was decided of how it is read, whatever closes the dialog, until it is sent or cancelled', async () => {
    const reading = { __typename: 'DatasetReading' as const, known: null, asked: null, evidence: [], sample: btoa('x,y\n1,low\n2,none\n') };
    const { user, unmount } = await open(buildDataset({ reading }));
    await user.click(await screen.findByRole('button', { name: 'Change how it is read' }));
    await user.type(await screen.findByRole('textbox', { name: 'Words for “no value” in y' }), 'none');
    await user.tab();
    unmount();
    const { user: again } = await open(buildDataset({ reading }));
    await again.click(await screen.findByRole('button', { name: 'Change how it is read' }));
    expect(await screen.findByRole('textbox', { name: 'Words for “no value” in y' })).toHaveProperty('value', 'none');
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    await again.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(drafts.keys()).toEqual([]);
  });

  it('explains why a dataset in use stays', async () => {
    const refusal = {
      request: { query: DeleteDatasetDocument, variables: { id: 'dataset-1', version: 3 } },
      result: { data: null, errors: [{ message: 'used', extensions: { code: 'DATASET_IN_USE' } }] },
    };
    const { user } = await open(buildDataset(), { mocks: [refusal] });
    await user.click(await screen.findByRole('button', { name: 'More' }));
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = await screen.findByRole('dialog', { name: 'Delete “flowers”?' });
    await user.click(within(dialog).getByRole('button', { name: 'Delete' }));
    expect((await within(dialog).findByRole('alert')).textContent).toContain('still needs this dataset');
  });

  it('begins a run on it from a ticket of a project where one may queue, ones own first', async () => {
    const ticket = (key: string, projectId: string) => ({ __typename: 'Ticket' as const, id: key, key, title: `Train ${key}`, projectId });
    const project = (id: string, state: 'ACTIVE' | 'ARCHIVED') => ({
      __typename: 'Project' as const,
      id,
      visibility: 'OPEN' as const,
      state,
      team: { __typename: 'Team' as const, id: 'team-1' },
    });
    const list = (...nodes: ReturnType<typeof ticket>[]) => ({ __typename: 'TicketConnection' as const, nodes });
    const asked: unknown[] = [];
    const tickets: MockLink.MockedResponse = {
      request: {
        query: TrainableTicketsDocument,
        variables: (variables) => {
          asked.push(variables);
          return true;
        },
      },
      result: {
        data: {
          mine: list(ticket('VIS-7', 'project-1')),
          recent: list(ticket('OLD-1', 'project-2'), ticket('VIS-9', 'project-1'), ticket('VIS-7', 'project-1')),
          projects: [project('project-1', 'ACTIVE'), project('project-2', 'ARCHIVED')],
        },
      },
    };
    const { user } = await open(buildDataset({ projectId: null }), { mocks: [tickets] });
    await user.click(await screen.findByRole('button', { name: 'Train on this…' }));
    const choice = await screen.findByRole('dialog', { name: 'From which ticket?' });
    const found = await within(choice).findAllByRole('listitem');
    expect(found.map((item) => item.textContent)).toEqual(['VIS-7Train VIS-7', 'VIS-9Train VIS-9']);
    expect(asked).toEqual([{ projectId: null, mine: 'assignee:me state:open sort:-updated', recent: 'state:open sort:-updated' }]);
    // the first one has the focus: Enter takes it
    await waitFor(() => expect(document.activeElement).toBe(within(choice).getByRole('button', { name: /^VIS-7/ })));
    await user.keyboard('{Enter}');
    expect(await screen.findByRole('dialog', { name: 'Queue a training run' })).toBeTruthy();
  });

  it('does not begin a run on what is not ready', async () => {
    await open(buildDataset({ state: 'CHECKING' }));
    await screen.findByRole('heading', { name: 'flowers' });
    expect(screen.queryByRole('button', { name: 'Train on this…' })).toBeNull();
  });

  it('has what is ready checked again, but not what a seed makes', async () => {
    const { user, unmount } = await open(buildDataset(), {
      mocks: [
        {
          request: { query: RecheckDatasetDocument, variables: { id: 'dataset-1' } },
          result: { data: null, errors: [{ message: 'used', extensions: { code: 'DATASET_IN_USE' } }] },
        },
      ],
    });
    await user.click(await screen.findByRole('button', { name: 'Check again' }));
    expect(await screen.findByText(/still needs this dataset/)).toBeTruthy();
    unmount();
    await open(buildDataset({ source: 'SYNTHETIC', kind: 'SYNTHETIC' }));
    await screen.findByRole('button', { name: 'More' });
    expect(screen.queryByRole('button', { name: 'Check again' })).toBeNull();
  });

  it('offers deletion to administrators and to who added it, nobody else', async () => {
    const { unmount } = await open(buildDataset(), { viewer: { orgRole: 'MEMBER' } });
    await screen.findByRole('heading', { name: 'flowers' });
    expect(screen.queryByRole('button', { name: 'More' })).toBeNull();
    unmount();
    await open(buildDataset(), { viewer: { orgRole: 'MEMBER', id: 'user-2' } });
    expect(await screen.findByRole('button', { name: 'More' })).toBeTruthy();
  });

  it("offers deletion and another check of a project's dataset to who added it, while they may write there", async () => {
    const project = {
      __typename: 'Project' as const,
      id: 'project-1',
      key: 'VIS',
      name: 'Vision',
      visibility: 'PRIVATE' as const,
      state: 'ACTIVE' as const,
      team: { __typename: 'Team' as const, id: 'team-1' },
    };
    const projects = {
      request: { query: DatasetProjectsDocument },
      result: { data: { projects: [project] } },
    };
    // Both answers fill the one list of projects in the cache, in an order of their own.
    const navigation = { request: { query: NavigationDocument }, result: { data: { projects: [{ ...project, boards: [] }] } } };
    const buttons = async (role: 'MEMBER' | 'VIEWER'): Promise<(boolean | null)[]> => {
      const invalid = buildDataset({ projectId: 'project-1', state: 'INVALID', errorCode: 'DATASET_EMPTY', errorParams: {} });
      const { unmount, client } = await open(invalid, {
        mocks: [projects, navigation],
        viewer: { orgRole: 'MEMBER', id: 'user-2', teams: [{ __typename: 'ViewerTeam', teamId: 'team-1', role }] },
      });
      await screen.findByRole('alert');
      await waitFor(() => expect(client.readQuery({ query: DatasetProjectsDocument })).not.toBeNull());
      await waitFor(() => expect(screen.queryByRole('button', { name: 'More' }) !== null).toBe(role === 'MEMBER'));
      const found = ['More', 'Check again'].map((name) => screen.queryByRole('button', { name }) !== null);
      unmount();
      return found;
    };
    expect([await buttons('VIEWER'), await buttons('MEMBER')]).toEqual([
      [false, false],
      [true, true],
    ]);
  });
});
