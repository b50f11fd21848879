import { createRootRouteWithContext } from '@tanstack/react-router';
import type { ApiConnection } from '../../apollo.ts';
import { loadTexts } from '../../i18n/index.ts';
import { StandaloneCrashPage } from './CrashPage.tsx';
import { Root } from './Root.tsx';

/** Routes may use the connection to the api. */
export const rootRoute = createRootRouteWithContext<ApiConnection>()({
  beforeLoad: ({ matches }) => loadTexts(matches.flatMap(({ staticData }) => staticData.texts ?? [])),
  component: Root,
  errorComponent: StandaloneCrashPage,
});

declare module '@tanstack/react-router' {
  interface StaticDataRouteOption {
    /** The rooms whose texts the page is drawn with. What comes later than the page waits for all texts. */
    texts?: readonly string[];
  }
}
