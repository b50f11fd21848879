/** Where words about tickets are kept until they are sent. By the ticket's key, which also its address holds. */
export const draftKeys = {
  /** What all drafts of a ticket begin with. */
  ofTicket: (ticketKey: string) => `ticket:${ticketKey}:`,
  title: (ticketKey: string) => `ticket:${ticketKey}:title`,
  description: (ticketKey: string) => `ticket:${ticketKey}:description`,
  newComment: (ticketKey: string) => `ticket:${ticketKey}:comment`,
  /** What all changed comments of a ticket begin with. */
  comments: (ticketKey: string) => `ticket:${ticketKey}:comment:`,
  comment: (ticketKey: string, commentId: string) => `ticket:${ticketKey}:comment:${commentId}`,
  /** One a board: its columns may come and go. */
  newTicket: (boardId: string) => `board:${boardId}:ticket`,
  /** Of the dialog: one, whatever page it is opened on. */
  newTicketAnywhere: 'ticket:new',
} as const;
