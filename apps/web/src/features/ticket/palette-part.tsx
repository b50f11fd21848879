import {
  IconAntennaBars5,
  IconCalendarDue,
  IconCircleHalf2,
  IconColumns3,
  IconCopy,
  IconLink,
  IconNumber,
  IconPlayerPlay,
  IconPlus,
  IconTag,
  IconTrash,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { standingOf } from '@trainyard/domain';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { paletteOpenedFrom } from '../shell/palette-state.ts';
import type { Command, PalettePart, ThingLines } from '../shell/palette-part.ts';
import { openNewTicket } from './new-ticket.ts';
import { TICKET_ACTS, ticketAtHand, type TicketAct } from './ticket-at-hand.ts';
import { StandingIcon, standingWord } from './TicketState.tsx';
import { TypeIcon } from './TypeIcon.tsx';
import classes from './TicketState.module.css';
import { useWritableProjects } from './useWritableProjects.ts';

const SIZE = 16;
const ICONS: Readonly<Record<TicketAct, Icon>> = {
  ASSIGN: IconUser,
  MOVE: IconColumns3,
  STATE: IconCircleHalf2,
  PRIORITY: IconAntennaBars5,
  DUE: IconCalendarDue,
  LABEL: IconTag,
  ESTIMATE: IconNumber,
  QUEUE_RUN: IconPlayerPlay,
  COPY_LINK: IconLink,
  COPY_KEY: IconCopy,
  DELETE: IconTrash,
};
const SHORTCUTS: Partial<Record<TicketAct, string>> = { ASSIGN: 'A', MOVE: 'S', PRIORITY: 'P', LABEL: 'L', ESTIMATE: 'E' };

/** What can be done with the ticket one was at, and a new one. */
function useCommands(): readonly Command[] {
  const { t } = useTranslation(['ticket', 'shell']);
  // The palette has the focus by now, and the ticket stays that which one came from.
  const [held] = useState(() => ticketAtHand(paletteOpenedFrom()));
  const mayMake = useWritableProjects().length > 0;
  return useMemo(() => {
    const ofTicket = TICKET_ACTS.flatMap((name): Command[] => {
      const act = held?.acts[name];
      const Symbol = ICONS[name];
      const shortcut = SHORTCUTS[name];
      if (!held || !act) return [];
      return [
        {
          id: `ticket-${name}`,
          group: 'ticket',
          label: t(`act.${name}`, { key: held.key }),
          words: t(`actWords.${name}`),
          icon: <Symbol size={SIZE} aria-hidden="true" />,
          ...(shortcut && { shortcut }),
          run: act,
        },
      ];
    });
    if (!mayMake) return ofTicket;
    const make: Command = {
      id: 'new-ticket',
      group: 'commands',
      label: t('shell:palette.command.newTicket'),
      icon: <IconPlus size={SIZE} aria-hidden="true" />,
      shortcut: 'C',
      run: openNewTicket,
    };
    return [...ofTicket, make];
  }, [t, held, mayMake]);
}

/** A ticket leads to its board, where it is shown beside it; one of no board to its page. */
function useThings(): ThingLines {
  const { t } = useTranslation('ticket');
  const navigate = useNavigate();
  return useMemo(
    () => ({
      TICKET: ({ id, title, key, of, projectKey, boardId, ticketType, ticketState, resolution, person }) => {
        const standing = ticketState && standingOf({ state: ticketState, resolution });
        return {
          id,
          label: title,
          hint: key ?? '',
          of,
          icon: ticketType && <TypeIcon type={ticketType} label={t(`type.${ticketType}`)} />,
          state: standing && (
            <span className={classes.mark} role="img" aria-label={standingWord(t, standing)} title={standingWord(t, standing)}>
              <StandingIcon standing={standing} />
            </span>
          ),
          person,
          run: () =>
            void navigate(
              boardId === null
                ? { to: '/tickets/$ticketKey', params: { ticketKey: key ?? '' } }
                : { to: '/projects/$projectKey/board/$boardId', params: { projectKey: projectKey ?? '', boardId }, search: { ticket: key ?? '' } },
            ),
        };
      },
    }),
    [t, navigate],
  );
}

export const palettePart: PalettePart = { useCommands, useThings };
