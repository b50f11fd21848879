import { Outlet } from '@tanstack/react-router';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { useLater } from './useLater.ts';

const loadToasts = () => import('./Toasts.tsx');
const TOASTS_AFTER_MS = 300;
const nothing = (): void => undefined;

export function Root() {
  // what is said before they are there waits in their store
  const Toasts = useLater(loadToasts, false, nothing, TOASTS_AFTER_MS);
  return (
    <>
      <ConnectionBanner />
      <Outlet />
      {Toasts && <Toasts />}
    </>
  );
}
