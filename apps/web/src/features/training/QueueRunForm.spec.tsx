import { screen, waitFor } from '@testing-library/react';
import { DEFAULT_PARAMETERS } from '@trainyard/domain';
import { buildRun } from '../../../test/build-run.ts';
import { renderApp } from '../../../test/render.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { QueueRunForm, type QueueRunFormProps } from './QueueRunForm.tsx';
import { QueueOutlookDocument, QueueRunDocument, QueueRunsDocument, type QueueOutlookQuery } from './runs.generated.ts';

const classes = Array.from({ length: 10 }, (_, i) => ({ name: String(i), count: 100 }));
const datasets: QueueRunFormProps['datasets'] = [
  {
    id: 'iris',
    name: 'iris',
    kind: 'CSV',
    state: 'READY',
    errorCode: null,
    errorParams: null,
    sampleCount: 150,
    testCount: 0,
    inputShape: [1],
    classes: [],
    columns: [
      { name: 'length', type: 'NUMBER', missing: 0, min: 0, max: 9, mean: 4, categories: [] },
      {
        name: 'species',
        type: 'CATEGORY',
        missing: 0,
        min: null,
        max: null,
        mean: null,
        categories: [
          { value: 'a', count: 75 },
          { value: 'b', count: 75 },
        ],
      },
    ],
  },
  {
    id: 'digits',
    name: 'digits',
    kind: 'IDX',
    state: 'READY',
    errorCode: null,
    errorParams: null,
    sampleCount: 1000,
    testCount: 0,
    inputShape: [28, 28],
    classes,
    columns: [],
  },
];
const runners: QueueRunFormProps['runners'] = [
  {
    online: true,
    engines: [{ engine: 'WASM', available: true, reason: null, device: '2 cores', isGpu: false, layers: ['DENSE', 'CONV2D', 'MAX_POOL2D', 'DROPOUT'] }],
  },
];

const pastRun = {
  __typename: 'PastRun' as const,
  datasetId: 'digits',
  engine: 'WASM' as const,
  batchSize: 64,
  hiddenUnits: [],
  samplesPerSecond: 450,
  otherMs: 2_000,
};
/** What the server says of the queue, as often as it is asked. */
const outlook = (facts: Partial<QueueOutlookQuery['queueOutlook']> = {}) => ({
  request: { query: QueueOutlookDocument, variables: () => true },
  result: { data: { queueOutlook: { __typename: 'QueueOutlook' as const, runners: ['lab-1'], slots: 1, busy: 0, waiting: 0, past: [], ...facts } } },
  maxUsageCount: Number.POSITIVE_INFINITY,
});

async function open(overrides: Partial<QueueRunFormProps> = {}, { mocks = [outlook()], ...options }: Parameters<typeof renderApp>[1] = {}) {
  const closed: string[] = [];
  const app = await renderApp(
    <QueueRunForm
      ticketId="ticket-1"
      privateProjectId={null}
      onDatasetAdded={() => Promise.resolve()}
      datasets={datasets}
      runners={runners}
      onClose={() => closed.push('closed')}
      onQueued={(id) => closed.push(id)}
      {...overrides}
    />,
    { ...options, mocks: mocks.some((mock) => mock.request.query === QueueOutlookDocument) ? mocks : [...mocks, outlook()] },
  );
  return { ...app, closed };
}

const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';

describe('QueueRunForm', () => {
  it('chooses a dataset that fits, shows the others with the reason, and counts the steps', async () => {
    await open();
    expect(screen.getByRole('radio', { name: /^digits/ })).toHaveProperty('checked', true);
    const iris = screen.getByRole('radio', { name: /^iris/ });
    expect(iris).toHaveProperty('disabled', true);
    expect(textOf(iris.closest('label'))).toContain('needs 28×28 images');
    expect(screen.getByText('75 steps over 900 training, 100 validation and 0 test samples')).toBeTruthy();
  });

  it('follows the template to its data, target and defaults, and keeps numbers that were changed', async () => {
    const { user } = await open();
    const epochs = screen.getByRole('textbox', { name: 'Epochs' });
    const batch = screen.getByRole('textbox', { name: 'Batch size' });
    await user.clear(batch);
    await user.type(batch, '10');
    await user.click(screen.getByRole('radio', { name: /^Table classifier/ }));
    expect(screen.getByRole('radio', { name: /^iris/ })).toHaveProperty('checked', true);
    expect(screen.getByRole('combobox', { name: /Target column/ })).toHaveProperty('value', 'species');
    expect(epochs).toHaveProperty('value', '50');
    expect(batch).toHaveProperty('value', '10');
  });

  it('shows the target that it will send, whatever columns another dataset has', async () => {
    const kind = { kind: 'CSV' as const, state: 'READY' as const, errorCode: null, errorParams: null, sampleCount: 150, testCount: 0, classes: [] };
    const category = (name: string) => ({
      name,
      type: 'CATEGORY' as const,
      missing: 0,
      min: null,
      max: null,
      mean: null,
      categories: [
        { value: 'a', count: 75 },
        { value: 'b', count: 75 },
      ],
    });
    const tables = [
      { ...kind, id: 'two', name: 'two', inputShape: [2], columns: [category('x'), category('y')] },
      { ...kind, id: 'three', name: 'three', inputShape: [3], columns: [category('x'), category('z'), category('y')] },
    ];
    const { user } = await open({ datasets: tables });
    const target = screen.getByRole('combobox', { name: /Target column/ });
    await waitFor(() => expect(target).toHaveProperty('value', 'y'));
    await user.click(screen.getByRole('radio', { name: /^three/ }));
    await waitFor(() => expect(target.querySelectorAll('option')).toHaveLength(4));
    expect(target).toHaveProperty('value', 'y');
    await user.click(screen.getByRole('radio', { name: /^two/ }));
    expect(target).toHaveProperty('value', 'y');
  });

  it('begins with the dataset that it is opened for, and a template that fits it', async () => {
    await open({ datasetId: 'iris' });
    expect(screen.getByRole('radio', { name: /^iris/ })).toHaveProperty('checked', true);
    expect(screen.getByRole('radio', { name: /^Table classifier/ })).toHaveProperty('checked', true);
  });

  it('tells as many outputs as the chosen images have classes', async () => {
    await open({ datasets: [{ ...datasets[1]!, classes: Array.from({ length: 26 }, (_, i) => ({ name: String(i), count: 100 })) }] });
    expect(textOf(screen.getByRole('radio', { name: /^MLP 784-128/ }).closest('label'))).toContain('784 → 128 → 26');
  });

  it('says beside the field what is out of range and queues nothing', async () => {
    const { user, closed } = await open();
    const epochs = screen.getByRole('textbox', { name: 'Epochs' });
    await user.clear(epochs);
    await user.type(epochs, '0');
    await user.click(screen.getByRole('button', { name: 'Queue run' }));
    expect(await screen.findByText('A whole number from 1 to 10,000.')).toBeTruthy();
    expect(document.activeElement).toBe(epochs);
    expect(epochs.getAttribute('aria-invalid')).toBe('true');
    expect(closed).toEqual([]);
  });

  it('opens again with what was chosen and typed, until it is queued or discarded', async () => {
    const { user, unmount } = await open();
    expect(drafts.keys()).toEqual([]);
    await user.click(screen.getByRole('radio', { name: /^Table classifier/ }));
    await user.type(screen.getByRole('textbox', { name: 'Epochs' }), '5');
    unmount();
    const { user: again, closed, unmount: leave } = await open();
    await waitFor(() => expect(screen.getByRole('textbox', { name: 'Epochs' })).toHaveProperty('value', '505'));
    expect(screen.getByRole('radio', { name: /^iris/ })).toHaveProperty('checked', true);
    expect(screen.getByRole('combobox', { name: /Target column/ })).toHaveProperty('value', 'species');
    expect(screen.getByText(/^Draft kept from/)).toBeTruthy();
    await again.click(screen.getByRole('button', { name: 'Cancel' }));
    expect(closed).toEqual(['closed']);
    expect(drafts.keys()).toEqual([]);
    leave();
    // a run that is queued again begins with its own
    drafts.write('ticket-run:ticket-1', { epochs: '7' });
    await open({
      choice: {
        runId: 'run-1',
        template: 'MLP_784_128_10',
        datasetId: 'digits',
        engine: 'AUTO',
        parameters: { ...DEFAULT_PARAMETERS.MLP_784_128_10, epochs: 3 },
      },
    });
    expect(screen.getByRole('textbox', { name: 'Epochs' })).toHaveProperty('value', '3');
  });

  it('says that a run which asks for a GPU will wait when there is none', async () => {
    const { user } = await open();
    expect(screen.queryByRole('radio', { name: /^Any GPU/ })).toBeNull();
    await user.click(screen.getByRole('button', { name: 'Why no GPU?' }));
    const gpu = screen.getByRole('radio', { name: /^Any GPU/ });
    expect(textOf(gpu.closest('label'))).not.toContain('will wait');
    await user.click(gpu);
    expect(textOf(gpu.closest('label'))).toContain('No runner online offers this. The run will wait');
    // what is chosen is never folded away
    await user.click(screen.getByRole('button', { name: 'Engines not to be had now' }));
    expect(screen.getByRole('radio', { name: /^Any GPU/ })).toHaveProperty('checked', true);
    expect(screen.queryByRole('radio', { name: /^TensorFlow \(CUDA\)/ })).toBeNull();
  });

  it('queues what was chosen, tells the number and remembers it for the next time', async () => {
    const run = buildRun({ card: { id: 'run-9', number: 9, state: 'QUEUED' } });
    const variables: unknown[] = [];
    const { user, closed, unmount } = await open(
      {},
      {
        mocks: [
          {
            request: {
              query: QueueRunDocument,
              variables: (given) => {
                variables.push(given);
                return true;
              },
            },
            result: { data: { queueRun: run } },
          },
        ],
      },
    );
    await user.click(screen.getByRole('radio', { name: /^Convolutional net/ }));
    await user.click(screen.getByRole('button', { name: 'Queue run' }));
    await waitFor(() => expect(closed).toEqual(['run-9', 'closed']));
    expect(drafts.keys()).toEqual([]);
    expect(variables[0]).toMatchObject({
      input: { ticketId: 'ticket-1', template: 'CNN_28X28', datasetId: 'digits', engine: 'AUTO', parameters: DEFAULT_PARAMETERS.CNN_28X28 },
    });
    expect(await screen.findByText('Run 9 is queued.')).toBeTruthy();
    unmount();
    await open();
    expect(screen.getByRole('radio', { name: /^Convolutional net/ })).toHaveProperty('checked', true);
  });

  it.each<[string, Partial<QueueOutlookQuery['queueOutlook']>, string]>([
    ['what nothing is known of', {}, 'on lab-1, how long is not known yet: nothing like it has run here, it starts at once.'],
    // 900 samples, 5 epochs, 450 a second: 10 s, and 2 s beside
    ['as long as earlier ones took, behind two', { past: [pastRun], busy: 1, waiting: 1 }, 'on lab-1, about 12s, 2 runs before it.'],
    ['one of several runners', { past: [pastRun], runners: ['lab-1', 'lab-2'], slots: 2, busy: 1 }, 'on one of 2 runners, about 12s, it starts at once.'],
    ['that nobody can take', { runners: [], slots: 0 }, ', and waits: no runner online can take it.'],
  ])('says in a sentence what will be done: %s', async (_, facts, prospects) => {
    const { user } = await open({}, { mocks: [outlook(facts)] });
    expect(await screen.findByText((_text, element) => element?.tagName === 'P' && textOf(element).endsWith(prospects))).toBeTruthy();
    const [template] = screen.getAllByTitle('Change this');
    expect(textOf(template?.closest('p'))).toContain('MLP 784-128 on digits, 5 epochs, the fastest engine');
    for (const [name, field] of [
      ['digits', screen.getByRole('radio', { name: /^digits/ })],
      ['5 epochs', screen.getByRole('textbox', { name: 'Epochs' })],
      ['the fastest engine', screen.getByRole('radio', { name: /^Automatic/ })],
    ] as const) {
      await user.click(screen.getByRole('button', { name }));
      expect(document.activeElement).toBe(field);
    }
  });

  it('says how long several runs take together', async () => {
    const { user } = await open({}, { mocks: [outlook({ past: [pastRun] })] });
    const epochs = screen.getByRole('textbox', { name: 'Epochs' });
    await user.clear(epochs);
    await user.type(epochs, '5, 10');
    expect(await screen.findByText((_text, element) => element?.tagName === 'P' && textOf(element).includes('about 34s in all'))).toBeTruthy();
  });

  it('counts the runs of several values as they are typed, and queues them as one', async () => {
    const runs = [9, 10].map((number) => buildRun({ card: { id: `run-${number}`, number, state: 'QUEUED' } }));
    const variables: unknown[] = [];
    const request = {
      query: QueueRunsDocument,
      variables: (given: unknown) => {
        variables.push(given);
        return true;
      },
    };
    const result = { data: { queueRuns: { __typename: 'RunGrid' as const, id: 'group-1', count: 2, runs } } };
    const { user, closed } = await open({}, { mocks: [{ request, result }] });
    const rate = screen.getByRole('textbox', { name: 'Learning rate' });
    await user.clear(rate);
    await user.type(rate, '0.1, 0.2');
    expect(screen.getByText('2 runs, 150 steps in all')).toBeTruthy();
    await user.type(rate, '{Enter}');
    await waitFor(() => expect(closed).toEqual(['run-9', 'closed']));
    expect(variables[0]).toMatchObject({
      input: { ticketId: 'ticket-1', datasetId: 'digits', varied: [{ parameter: 'learningRate', values: [0.1, 0.2] }], parameters: { learningRate: 0.1 } },
    });
    expect(await screen.findByText('2 runs are queued.')).toBeTruthy();
  });

  it('says at once that there are too many, and queues none', async () => {
    const { user, closed } = await open();
    const seed = screen.getByRole('textbox', { name: 'Seed' });
    await user.clear(seed);
    await user.click(seed);
    await user.paste(Array.from({ length: 201 }, (_, i) => i).join(','));
    const why = 'At most 200 runs are queued at once; these values make 201. Take some values out.';
    expect(screen.getByText(why)).toBeTruthy();
    await user.keyboard('{Enter}');
    await waitFor(() => expect(seed.getAttribute('aria-invalid')).toBe('true'));
    expect(screen.getAllByText(why)).toHaveLength(2);
    expect(closed).toEqual([]);
  });

  it('keeps what was typed when the server refuses, with the reason', async () => {
    const refusal = { data: null, errors: [{ message: 'no', extensions: { code: 'DATASET_NOT_READY' } }] };
    const { user, closed } = await open({}, { mocks: [{ request: { query: QueueRunDocument, variables: () => true }, result: refusal }] });
    await user.click(screen.getByRole('button', { name: 'Queue run' }));
    expect(await screen.findByText(/still being checked/)).toBeTruthy();
    expect(closed).toEqual([]);
  });
});
