import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { RunnerCard, type RunnerCardProps } from './RunnerCard.tsx';

const runner: RunnerCardProps['runner'] = {
  __typename: 'Runner',
  id: 'runner-1',
  name: 'gpu-01',
  host: 'vm',
  version: '0.1.0',
  speaks: 'SAME',
  cores: 2,
  memoryMiB: 4_096,
  concurrency: 1,
  online: true,
  lastSeenAt: '2026-11-22T04:00:00Z',
  busy: 0,
  engines: [],
};

it.each([
  ['OLDER', /^This runner is older than this Trainyard/],
  ['NEWER', /^This runner is newer than this Trainyard/],
] as const)('says of a runner that is %s what that means', async (speaks, words) => {
  await renderApp(<RunnerCard runner={{ ...runner, speaks }} />);
  expect(screen.getByText(words)).toBeTruthy();
});

it('says nothing of versions where they are the same', async () => {
  await renderApp(<RunnerCard runner={runner} />);
  expect(screen.queryByText(/than this Trainyard/)).toBeNull();
});
