import type { Priority, TicketKind } from '@trainyard/domain';

/** A new ticket as its form holds it: words alone, which a draft can keep. */
export type NewTicketValues = {
  title: string;
  description: string;
  projectId: string;
  type: TicketKind;
  /** A column, or BACKLOG. */
  columnId: string;
  /** Empty: nobody. */
  assigneeId: string;
  /** A ticket; empty: none. */
  parentId: string;
  /** Empty: not said. */
  priority: Priority | '';
  /** As it was typed; empty: not estimated. */
  deviceHours: string;
  /** Days such as 2026-01-05; empty: not said. */
  startDate: string;
  dueDate: string;
  /** With a space between them. */
  labelIds: string;
};

/** No column. */
export const BACKLOG = 'BACKLOG';

export const idsIn = (words: string): string[] => words.split(' ').filter((id) => id !== '');
