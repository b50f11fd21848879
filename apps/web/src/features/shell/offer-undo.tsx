import { notifications } from '@mantine/notifications';
import { Offer } from './Offer.tsx';

/** Says in the corner for a while what happened, and takes it back once who did it wants that. */
export function offerUndo(id: string, text: string, onUndo: () => unknown, autoClose = 10_000): void {
  const undo = (): void => {
    notifications.hide(id);
    void onUndo();
  };
  // one that stands there under this id would stay as it is
  notifications.hide(id);
  notifications.show({ id, message: <Offer text={text} offers="undo" onTake={undo} />, autoClose, withBorder: true });
}
