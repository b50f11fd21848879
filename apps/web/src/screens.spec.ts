import { LEFT_OUT, SCREENS } from '../../../infra/look/screens.ts';
import { createAppRouter } from './routes.ts';

it('every route is a screen that the tests of pages and npm run look walk, or says why not', () => {
  const { routesByPath } = createAppRouter({} as Parameters<typeof createAppRouter>[0]);
  const walked = [...SCREENS.map(({ route }) => route), ...Object.keys(LEFT_OUT)];
  expect([...new Set(walked)].toSorted()).toEqual(Object.keys(routesByPath).toSorted());
});
