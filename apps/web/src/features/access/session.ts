import type { ApiConnection } from '../../apollo.ts';
import type { RegisteredRouter } from '@tanstack/react-router';
import { forgetFrame } from '../shell/known-frame.ts';

let leaving = false;

/** The server no longer knows the session: forget everything read with it and ask to sign in, keeping the target. */
export async function signedOut(api: ApiConnection, router: RegisteredRouter): Promise<void> {
  const { pathname, href } = router.latestLocation;
  if (leaving || pathname === '/sign-in' || pathname === '/setup') return;
  leaving = true;
  try {
    forgetFrame();
    api.reopenSocket();
    await router.navigate({ to: '/sign-in', search: href === '/' ? {} : { to: href }, replace: true });
    await api.client.clearStore();
  } finally {
    leaving = false;
  }
}
