import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** The way up from a page below a sprint. */
export const sprintTrail = (projectKey: string, sprintId: string, words: { sprints: string; sprint: string }): ReactNode[] => [
  <Link key="sprints" to="/projects/$projectKey/sprints" params={{ projectKey }}>
    {words.sprints}
  </Link>,
  <Link key="sprint" to="/projects/$projectKey/sprints/$sprintId" params={{ projectKey, sprintId }}>
    {words.sprint}
  </Link>,
];
