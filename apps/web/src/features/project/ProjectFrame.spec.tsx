import { jest } from '@jest/globals';
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

it('has the tab at hand in sight where its tabs scroll', async () => {
  const box = jest.spyOn(Element.prototype, 'getBoundingClientRect').mockImplementation(function (this: Element) {
    return this.matches('ul') ? new DOMRect(0, 0, 390, 34) : new DOMRect(600, 0, 60, 34);
  });
  const project = { __typename: 'Project', id: 'project-1', key: 'ATL', name: 'Atlas', visibility: 'OPEN', state: 'ACTIVE', isPinned: false, timeZone: 'UTC' };
  const data = { project: { ...project, team: { __typename: 'Team', id: 'team-1' }, boards: [] } };
  await renderApp(<ProjectFrame />, {
    mocks: [{ request: { query: ProjectFrameDocument, variables: () => true }, result: { data } }],
    at: '/projects/ATL/settings',
  });
  const tab = await screen.findByRole('link', { name: 'Settings' });
  expect(tab.closest('ul')?.scrollLeft).toBe(630 - 195);
  box.mockRestore();
});
