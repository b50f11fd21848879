import type { MockLink } from '@apollo/client/testing';
import { screen, waitFor, within } from '@testing-library/react';
import { buildRun } from '../../../test/build-run.ts';
import { switchTestLanguage } from '../../../test/texts.ts';
import { RetryRunDocument } from './runs.generated.ts';

import { openRun } from '../../../test/open-run.tsx';

const textOf = (element: Element | null | undefined): string => element?.textContent ?? '';

describe('the page of a run that failed', () => {
  it('offers no other attempt of a run whose dataset is gone', async () => {
    await openRun(buildRun({ card: { state: 'FAILED' }, resumableStep: 57, dataset: null, attempt: { state: 'FAILED' } }));
    expect(await screen.findByRole('button', { name: 'Duplicate' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Go on from step 57' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Start over' })).toBeNull();
  });

  it('tells why a run failed, in words and in those of the machine, and offers to try again', async () => {
    await openRun(
      buildRun({
        card: { state: 'FAILED' },
        failureCode: 'DIVERGED',
        failureMessage: 'NaN at step 301',
        attempt: { state: 'FAILED', failureCode: 'DIVERGED', failureMessage: 'NaN at step 301' },
      }),
    );
    const alert = await screen.findByRole('alert');
    expect(textOf(alert)).toContain('Training diverged');
    expect(within(alert).getByText('NaN at step 301').closest('details')?.open).toBe(true);
    expect(await screen.findByRole('button', { name: 'Retry' })).toHaveProperty('disabled', false);
    expect(screen.queryByRole('button', { name: 'Cancel run' })).toBeNull();
  });

  it('says from which step it would go on, and does, or starts over', async () => {
    const failed = buildRun({ card: { state: 'FAILED' }, failureCode: 'RUNNER_LOST', resumableStep: 1204, attempt: { state: 'FAILED' } });
    const asked: boolean[] = [];
    const retried: MockLink.MockedResponse = {
      request: { query: RetryRunDocument, variables: ({ fromBeginning }) => asked.push(Boolean(fromBeginning)) > 0 },
      result: { data: { retryRun: failed } },
      maxUsageCount: 2,
    };
    const { user } = await openRun(failed, { mocks: [retried] });
    await user.click(await screen.findByRole('button', { name: 'Go on from step 1,204' }));
    expect(await screen.findByText('Run 1 goes on from step 1,204.')).toBeTruthy();
    await user.click(await screen.findByRole('button', { name: 'Start over' }));
    const dialog = await screen.findByRole('dialog', { name: 'Start run 1 over?' });
    expect(textOf(dialog)).toContain('nobody can go on from step 1,204 any more');
    expect(asked).toEqual([false]);
    await user.click(within(dialog).getByRole('button', { name: 'Start over' }));
    await waitFor(() => expect(asked).toEqual([false, true]));
    expect(screen.queryByRole('button', { name: 'Retry' })).toBeNull();
  });

  it('leaves it to the server from where to try again while the step to go on from is not yet known', async () => {
    const asked: boolean[] = [];
    const retried: MockLink.MockedResponse = {
      request: { query: RetryRunDocument, variables: ({ fromBeginning }) => asked.push(Boolean(fromBeginning)) > 0 },
      result: { data: { retryRun: buildRun() } },
    };
    const { user } = await openRun(buildRun({ card: { state: 'FAILED' } }), { mocks: [retried] });
    await user.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(asked).toEqual([false]);
  });

  it.each([
    ['en', 'The loss became NaN at step 301 of 1,000, at a learning rate of 100.'],
    ['zh', '第 301 步（共 1,000 步）损失变为 NaN，学习率为 100。'],
  ] as const)('tells the facts of a failure in %s, and keeps the words of the machine for who asks', async (language, sentence) => {
    await switchTestLanguage(language);
    const failure = {
      failureCode: 'DIVERGED',
      failureMessage: 'The loss became NaN.',
      failureParams: { reason: 'LOSS_NOT_FINITE', loss: 'NaN', step: 301, steps: 1000, learningRate: 100 },
    };
    await openRun(buildRun({ card: { state: 'FAILED' }, ...failure, attempt: { state: 'FAILED', ...failure } }));
    const alert = await screen.findByRole('alert');
    expect(textOf(alert)).toContain(sentence);
    expect(within(alert).getByText('The loss became NaN.').closest('details')?.open).toBe(false);
    expect(textOf(screen.getByText(language === 'en' ? 'Attempts' : '尝试').closest('section'))).toContain(sentence);
  });

  it('names the facts a runner sends and obeys none of them', async () => {
    const failureParams = { reason: 'KILLED', signal: 'SIGKILL', lng: 5, returnDetails: true };
    await openRun(buildRun({ card: { state: 'FAILED' }, failureCode: 'CHILD_KILLED', failureMessage: 'It was killed.', failureParams }));
    expect(textOf(await screen.findByRole('alert'))).toContain('SIGKILL');
    expect(screen.getByText('Taken up by lab, claim 1.')).toBeTruthy();
  });
});
