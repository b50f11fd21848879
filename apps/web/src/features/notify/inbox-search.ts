export const INBOX_PARTS = ['unread', 'read'] as const;
type InboxPart = (typeof INBOX_PARTS)[number];

/** Which part of the inbox an address shows; without it, all of it. */
export interface InboxSearch {
  show?: InboxPart;
}

export function inboxSearch({ show }: Record<string, unknown>): InboxSearch {
  const part = INBOX_PARTS.find((one) => one === show);
  return part === undefined ? {} : { show: part };
}
