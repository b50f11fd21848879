import type { MockLink } from '@apollo/client/testing';
import { jest } from '@jest/globals';
import { act, waitFor } from '@testing-library/react';
import { news } from '../src/news.ts';

/** News that do not say what happened, and no sight of the page: with `read` there is, until what it says holds, and everything on it is read again. */
export function untold(): { news: MockLink.MockedResponse; read: (until: () => void) => Promise<void> } {
  jest.spyOn(Math, 'random').mockReturnValue(0);
  const visibility = jest.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden');
  const projectEvents = {
    __typename: 'ProjectEvents',
    seq: 9,
    reset: true,
    activities: [],
    tickets: [],
    columns: [],
    labels: [],
    sprints: [],
    releases: [],
    rules: [],
    runs: [],
  };
  return {
    news: { request: { query: news.subscription, variables: () => true }, result: { data: { projectEvents } } },
    async read(until) {
      visibility.mockReturnValue('visible');
      act(() => void document.dispatchEvent(new Event('visibilitychange')));
      await waitFor(until);
      visibility.mockReturnValue('hidden');
    },
  };
}
