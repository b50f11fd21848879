import { useQuery } from '@apollo/client/react';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconTicket } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { lastBoard } from '../project/recent-boards.ts';
import { NavigationDocument } from '../project/navigation.generated.ts';
import { PaletteTicketDocument, PaletteTicketsDocument } from './palette.generated.ts';
import { matches, type Entry, type PaletteSource } from '../shell/entry.ts';
import { openNewTicket } from './new-ticket.ts';
import { useWritableProjects } from './useWritableProjects.ts';

const KEY = /^[a-z][a-z0-9]{1,9}-\d{1,9}$/i;
const NUMBER = /^#?(\d{1,9})$/;
const SEARCH_MIN = 2;
/** A word is searched for when it is typed, not at every letter of it. */
const SEARCH_AFTER_MS = 150;

/** Tickets that fit what was typed: one by its key from any project, or by its number and others by words from the project at hand. And a new one. */
export const useTicketEntries: PaletteSource = (typed) => {
  const { t } = useTranslation('shell');
  const navigate = useNavigate();
  const { projectKey } = useParams({ strict: false });
  const { data: navigation } = useQuery(NavigationDocument);
  const here = projectKey ?? lastBoard()?.projectKey;
  const project = navigation?.projects.find((each) => each.key === here) ?? navigation?.projects[0];

  const [search] = useDebouncedValue(typed, SEARCH_AFTER_MS);
  // full-width letters and digits of an input method name the same ticket
  const plain = search.normalize('NFKC');
  const number = NUMBER.exec(plain)?.[1];
  const key = KEY.test(plain) ? plain.toUpperCase() : number && project ? `${project.key}-${Number(number)}` : null;
  const byWords = !KEY.test(plain) && search.length >= SEARCH_MIN && project !== undefined;
  const one = useQuery(PaletteTicketDocument, { variables: { key: key ?? '' }, skip: key === null });
  const several = useQuery(PaletteTicketsDocument, { variables: { projectId: project?.id ?? '', search }, skip: !byWords });

  const tickets = useMemo(() => {
    const exact = one.data?.ticket ? [one.data.ticket] : [];
    const others = byWords ? ((several.data ?? several.previousData)?.tickets.nodes ?? []) : [];
    const found = [...exact, ...others.filter(({ id }) => id !== exact[0]?.id)];
    const entries = found.map((ticket): Entry => ({
      id: ticket.id,
      group: 'tickets',
      hint: ticket.key,
      label: ticket.title,
      icon: <IconTicket size={16} />,
      run: () =>
        void navigate(
          ticket.boardId === null
            ? { to: '/tickets/$ticketKey', params: { ticketKey: ticket.key } }
            : {
                to: '/projects/$projectKey/board/$boardId',
                params: { projectKey: ticket.key.slice(0, ticket.key.lastIndexOf('-')), boardId: ticket.boardId },
                search: { ticket: ticket.key },
              },
        ),
    }));
    // until the answer is there, those of the one before that fit
    return search === typed && (several.data || !byWords) ? entries : entries.filter((entry) => matches(entry, typed));
  }, [byWords, search, typed, one.data, several.data, several.previousData, navigate]);

  const mayMake = useWritableProjects().length > 0;
  const entries = useMemo(() => {
    const make: Entry = { id: 'new-ticket', group: 'commands', label: t('palette.command.newTicket'), icon: <IconPlus size={16} />, run: openNewTicket };
    return mayMake && matches(make, typed) ? [...tickets, make] : tickets;
  }, [t, mayMake, tickets, typed]);

  return { entries, searching: search !== typed || one.loading || several.loading };
};
