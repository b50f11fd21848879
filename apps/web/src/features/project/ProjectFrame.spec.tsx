import { screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { ProjectFrameDocument } from './project-frame.generated.ts';
import { ProjectFrame } from './ProjectFrame.tsx';

it('says once that a project did not come, under the name it has in the address, and asks again', async () => {
  const request = { query: ProjectFrameDocument, variables: () => true };
  const { user } = await renderApp(<ProjectFrame />, {
    mocks: [
      { request, error: new TypeError('Failed to fetch') },
      { request, result: { data: { project: null } } },
    ],
  });
  await user.click(await screen.findByRole('button', { name: 'Try again' }));
  expect(await screen.findByRole('heading', { name: 'Nothing here', level: 1 })).toBeTruthy();
});
