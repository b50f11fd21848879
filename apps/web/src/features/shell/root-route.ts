import { createRootRouteWithContext } from '@tanstack/react-router';
import type { ApiConnection } from '../../apollo.ts';
import { StandaloneCrashPage } from './CrashPage.tsx';
import { Root } from './Root.tsx';

/** Routes may use the connection to the api. */
export const rootRoute = createRootRouteWithContext<ApiConnection>()({ component: Root, errorComponent: StandaloneCrashPage });
