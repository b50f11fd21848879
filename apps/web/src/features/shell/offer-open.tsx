import { notifications } from '@mantine/notifications';
import { Offer } from './Offer.tsx';

/** Says in the corner for a while what was made, and leads there. */
export function offerOpen(id: string, text: string, onOpen: () => unknown): void {
  const open = (): void => {
    notifications.hide(id);
    void onOpen();
  };
  notifications.hide(id);
  notifications.show({ id, message: <Offer text={text} offers="open" onTake={open} />, color: 'teal', autoClose: 10_000 });
}
