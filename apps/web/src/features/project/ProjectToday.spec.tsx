import { jest } from '@jest/globals';
import { cleanup, screen } from '@testing-library/react';
import { renderApp } from '../../../test/render.tsx';
import { ProjectToday } from './ProjectToday.tsx';

const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
const shown = async (timeZone: string, now: string): Promise<string | null> => {
  const clock = jest.spyOn(Date, 'now').mockReturnValue(Date.parse(now));
  try {
    const { container } = await renderApp(<ProjectToday timeZone={timeZone} />);
    return container.textContent;
  } finally {
    clock.mockRestore();
    cleanup();
  }
};

it('says which day it is in the project, where that is another one', async () => {
  expect(await shown('Pacific/Kiritimati', '2026-11-30T11:30:00Z')).toMatch(/In this project it is Tuesday, December 1$/);
  expect(await shown('Pacific/Niue', '2026-11-30T10:30:00Z')).toMatch(/In this project it is Sunday, November 29$/);
});

it('says nothing where it is the same day, and of a zone that this browser does not know', async () => {
  expect(await shown(own, '2026-11-30T11:30:00Z')).not.toContain('In this project');
  expect(await shown('Mars/Olympus', '2026-11-30T11:30:00Z')).not.toContain('In this project');
  expect(screen.queryByText(/In this project/)).toBeNull();
});
