import { EXAMPLE_RUNS, parametersOf } from './example-runs.ts';
import { RECORDED } from './recorded-runs.ts';
import { DATASETS, PROJECTS } from './workspace.ts';
import { storyOf } from './story.ts';
import { makeSynthetic } from '../../../../apps/ml-runner/src/datasets/synthetic.ts';

it.each(DATASETS)('the examples on $name were recorded on what a runner makes of it', ({ name, synthetic, samples, seed }) => {
  const { digest } = makeSynthetic({ kind: 'SYNTHETIC', synthetic, samples, seed });
  const recorded = EXAMPLE_RUNS.filter(({ dataset }) => dataset === name).map(({ key }) => RECORDED[key]?.digest);
  expect(recorded.length).toBeGreaterThan(0);
  expect([...new Set(recorded)]).toEqual([digest]);
});

it('each recording is of as many epochs as its example asks for, or of a failure', () => {
  for (const run of EXAMPLE_RUNS) {
    const { validation, failure, result } = RECORDED[run.key]!;
    const { epochs, validationSplit } = parametersOf(run);
    if (failure) expect(result).toBeNull();
    else expect([run.key, validation.length]).toEqual([run.key, validationSplit > 0 ? epochs : 0]);
  }
  expect(Object.keys(RECORDED).toSorted()).toEqual([...new Set(EXAMPLE_RUNS.map(({ key }) => key))].toSorted());
});

it('keys that are named in what people say are those of the ticket they mean', () => {
  for (const { key, tickets } of PROJECTS) {
    const titles = storyOf(tickets).flatMap(({ act, ticket }) => (act.kind === 'CREATE' ? [ticket.title] : []));
    const named = tickets.flatMap(({ comments = [] }) =>
      comments.flatMap(([, body]) => [...body.matchAll(new RegExp(`${key}-(\\d+)`, 'g'))].map((found) => titles[Number(found[1]) - 1])),
    );
    expect([key, named]).toEqual([key, key === 'VIS' ? ['Images of odd width lose their last column'] : []]);
  }
});
