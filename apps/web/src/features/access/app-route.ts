import { createRoute, redirect } from '@tanstack/react-router';
import { StandaloneCrashPage } from '../shell/CrashPage.tsx';
import { drafts } from '../shell/drafts/drafts.ts';
import { describeError } from '../shell/error/describe-error.ts';
import { rootRoute } from '../shell/root-route.ts';
import { followAccount } from './useLanguage.ts';
import { ViewerDocument } from './viewer.generated.ts';

/** Every page of a signed-in person lies below it. What it looks like is handed in where the rooms are joined. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: '_app',
  beforeLoad: async ({ context, location, cause }) => {
    try {
      const { data } = await context.client.query({ query: ViewerDocument });
      if (data) drafts.open(data.viewer.user.id);
      // the language of the account is there before anything is shown in another
      if (cause === 'enter') await followAccount(data?.viewer.locale);
    } catch (error) {
      if (describeError(error).code !== 'UNAUTHENTICATED') throw error;
      throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { to: location.href }, replace: true });
    }
  },
  errorComponent: StandaloneCrashPage,
});
