import { IconCalendarDue, IconCalendarExclamation } from '@tabler/icons-react';
import { isOverdue } from '@trainyard/domain';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useFormat, type Format } from '../../i18n/useFormat.ts';
import { today } from '../lists/export-address.ts';
import classes from './DueDate.module.css';

export interface DueDateProps {
  ticket: { dueDate: string | null; resolution: string | null };
  /** The day alone, where a heading says what it is. */
  bare?: boolean;
}

/** When a ticket is due. That its day has passed is said in words, and by an icon and a colour. */
export function DueDate(props: DueDateProps) {
  const { t } = useTranslation('ticket');
  return <DueMark {...props} t={t} format={useFormat()} />;
}

/** The same for long lists: it looks nothing up. */
export function DueMark({ ticket, bare = false, t, format }: DueDateProps & { t: TFunction<'ticket'>; format: Format }) {
  if (ticket.dueDate === null) return null;
  const now = today();
  const isLate = isOverdue(ticket, now);
  const Icon = isLate ? IconCalendarExclamation : IconCalendarDue;
  const value = format.shortDate(ticket.dueDate, now);
  return (
    <span className={classes.root} data-overdue={isLate || undefined} title={t(isLate ? 'card.overdue' : 'card.due', { value: format.date(ticket.dueDate) })}>
      <Icon size={14} stroke={1.6} aria-hidden="true" />
      {bare && !isLate ? value : t(isLate ? 'card.overdueShort' : 'card.due', { value })}
    </span>
  );
}
