import { createRoute } from '@tanstack/react-router';
import { appRoute } from '../access/app-route.ts';
import { ProjectFrame } from './ProjectFrame.tsx';

/** Every page of a project lies below it, under one header row and one row of tabs. */
export const projectRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/projects/$projectKey',
  component: ProjectFrame,
});
