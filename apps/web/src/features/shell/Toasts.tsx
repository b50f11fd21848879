import { Notifications } from '@mantine/notifications';
import '@mantine/core/styles/Notification.layer.css';
import '@mantine/notifications/styles.layer.css';

/** Where short notices appear. */
export default function Toasts() {
  return <Notifications position="bottom-right" limit={4} transitionDuration={120} />;
}
