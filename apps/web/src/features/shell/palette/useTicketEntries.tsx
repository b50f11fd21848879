import { useQuery } from '@apollo/client/react';
import { IconTicket } from '@tabler/icons-react';
import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo } from 'react';
import { lastBoard } from '../../project/last-board.ts';
import { NavigationDocument } from '../navigation.generated.ts';
import { PaletteTicketDocument, PaletteTicketsDocument } from './palette.generated.ts';
import { matches, type Entry } from './entry.ts';

const KEY = /^[a-z][a-z0-9]{1,9}-\d{1,9}$/i;
const SEARCH_MIN = 2;

/** Tickets that fit what was typed: one by its key from any project, others by words from the project at hand. */
export function useTicketEntries(search: string): { tickets: readonly Entry[]; searching: boolean } {
  const navigate = useNavigate();
  const { projectKey } = useParams({ strict: false });
  const { data: navigation } = useQuery(NavigationDocument);
  const here = projectKey ?? lastBoard()?.projectKey;
  const project = navigation?.projects.find((each) => each.key === here) ?? navigation?.projects[0];

  const byKey = KEY.test(search);
  const byWords = !byKey && search.length >= SEARCH_MIN && project !== undefined;
  const one = useQuery(PaletteTicketDocument, { variables: { key: search.toUpperCase() }, skip: !byKey });
  const several = useQuery(PaletteTicketsDocument, { variables: { projectId: project?.id ?? '', search }, skip: !byWords });

  const tickets = useMemo(() => {
    const exact = one.data?.ticket;
    const found = byKey ? (exact ? [exact] : []) : byWords ? ((several.data ?? several.previousData)?.tickets.nodes ?? []) : [];
    const entries = found.map((ticket): Entry => ({
      id: ticket.id,
      group: 'tickets',
      hint: ticket.key,
      label: ticket.title,
      icon: <IconTicket size={16} />,
      run: () =>
        void navigate({
          to: '/projects/$projectKey/board/$boardId',
          params: { projectKey: ticket.key.slice(0, ticket.key.lastIndexOf('-')), boardId: ticket.boardId },
          search: { ticket: ticket.key },
        }),
    }));
    // until the answer is there, those of the one before that fit
    return several.data || byKey ? entries : entries.filter((entry) => matches(entry, search));
  }, [byKey, byWords, search, one.data, several.data, several.previousData, navigate]);

  return { tickets, searching: one.loading || several.loading };
}
