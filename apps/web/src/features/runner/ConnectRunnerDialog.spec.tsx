import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { ConnectRunnerDialog } from './ConnectRunnerDialog.tsx';
import { CreateRunnerCredentialDocument, RunnerCredentialsDocument } from './runner-tokens.generated.ts';

it('calls the runner as its token is called, in words that a shell takes for one', async () => {
  const name = "Ana's GPU";
  const made = {
    request: { query: CreateRunnerCredentialDocument, variables: { name } },
    result: { data: { createRunnerCredential: { secret: 'trainyard_runner_abc', credential: { __typename: 'RunnerCredential' as const, id: 'c1' } } } },
  };
  const list = { request: { query: RunnerCredentialsDocument }, result: { data: { runnerCredentials: [] } } };
  const { user } = await renderApp(<ConnectRunnerDialog opened onClose={() => undefined} />, { mocks: [made, list] });
  await user.type(await screen.findByRole('textbox'), name);
  await user.click(screen.getByRole('button', { name: 'Make a token' }));
  const command = await screen.findByText(/TRAINYARD_RUNNER_TOKEN=trainyard_runner_abc/);
  expect(command.textContent).toContain(`TRAINYARD_RUNNER_NAME='Ana'\\''s GPU' TRAINYARD_QUEUE_URL=`);
});
