import { useMutation } from '@apollo/client/react';
import { notifications } from '@mantine/notifications';
import { progressAt, standingOf, type Standing, type TicketProgress } from '@trainyard/domain';
import { use } from 'react';
import { useTranslation } from 'react-i18next';
import { offerUndo } from '../shell/offer-undo.tsx';
import { useToast } from '../shell/useToast.ts';
import { placeOf, type Placement } from './placement.ts';
import { TicketHolderContext, type UndoStep } from './ticket-holder.ts';
import { MoveTicketDocument, SetTicketStateDocument, TakeOffBoardDocument, type TicketPlaceFragment } from './ticket.generated.ts';

/** A ticket as it was before: what undo goes back to. */
export interface StandingTicket extends TicketProgress {
  id: string;
  key: string;
  place: Placement | null;
}

const noticeOf = (ticketId: string): string => `progress-${ticketId}`;

/** Says how far a ticket is, or takes it off its board; both can be undone for a while. Refusals are told. */
export function useTicketProgress() {
  const { t } = useTranslation('ticket');
  const toast = useToast();
  const holder = use(TicketHolderContext);
  const [move] = useMutation(MoveTicketDocument);
  const [takeOff] = useMutation(TakeOffBoardDocument);
  const [set] = useMutation(SetTicketStateDocument);

  const show = (id: string, now: TicketPlaceFragment): TicketPlaceFragment => {
    const place = placeOf(now);
    if (place) holder?.put(id, place);
    else if (holder?.placeOf(id)) holder.remove(id).accepted();
    return now;
  };
  const give = async (id: string, to: TicketProgress): Promise<TicketPlaceFragment | null> => {
    const { data } = await set({ variables: { id, ...to } });
    return data ? show(id, data.setTicketState) : null;
  };
  const leave = async (id: string): Promise<TicketPlaceFragment | null> => {
    const { data } = await takeOff({ variables: { id } });
    return data ? show(id, data.takeOffBoard) : null;
  };
  const goBack = async ({ id, place, state, resolution }: StandingTicket, now: TicketPlaceFragment): Promise<boolean> => {
    notifications.hide(noticeOf(id));
    try {
      if (place && place.columnId !== now.columnId) {
        const going = holder?.back(id, place, now.columnId === null) ?? move({ variables: { id, columnId: place.columnId, afterId: null } }).then(() => true);
        if (!(await going)) return false;
      }
      // a column says the state, and not how a ticket ended
      if (place === null || state === 'DONE') await give(id, { state, resolution });
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    }
  };
  const undoable = async (before: StandingTicket, change: () => Promise<TicketPlaceFragment | null>, said: string): Promise<void> => {
    const done = change().then((now): UndoStep | null => now && { ticketId: before.id, takeBack: () => goBack(before, now) });
    try {
      const step = await (holder?.doing(done) ?? done);
      if (step) offerUndo(noticeOf(before.id), said, () => (holder ? holder.undo(step) : step.takeBack()));
    } catch (error) {
      toast.failed(error);
    }
  };

  return {
    give: (before: StandingTicket, to: Standing): Promise<void> =>
      to === standingOf(before) ? Promise.resolve() : undoable(before, () => give(before.id, progressAt(to)), t(`progress.${to}`, { key: before.key })),
    takeOff: (before: StandingTicket): Promise<void> => undoable(before, () => leave(before.id), t('progress.takenOff', { key: before.key })),
  };
}
