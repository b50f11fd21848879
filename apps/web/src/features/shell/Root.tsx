import { Notifications } from '@mantine/notifications';
import { Outlet } from '@tanstack/react-router';
import { ConnectionBanner } from './ConnectionBanner.tsx';

export function Root() {
  return (
    <>
      <ConnectionBanner />
      <Outlet />
      <Notifications position="bottom-right" limit={4} />
    </>
  );
}
