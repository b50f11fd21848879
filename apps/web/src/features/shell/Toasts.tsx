import { Notifications } from '@mantine/notifications';

/** Where short notices appear. */
export default function Toasts() {
  return <Notifications position="bottom-right" limit={4} transitionDuration={120} />;
}
