import { Face } from '@trainyard/ui';
import { PRIORITIES, standingOf, STANDINGS } from '@trainyard/domain';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { RowLink } from '../lists/RowLink.tsx';
import { LabelDot } from '../project/LabelDot.tsx';
import { Moment } from '../shell/Moment.tsx';
import { today } from '../lists/export-address.ts';
import { DueMark } from './DueDate.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import { StandingMark, standingWord } from './TicketState.tsx';
import type { TicketRowFragment } from './tickets.generated.ts';
import classes from './TicketColumns.module.css';
import { TypeIcon } from './TypeIcon.tsx';

type Row = TicketRowFragment;
const LABELS_MAX = 2;
/** With the gap beside it. */
const ICON = 20;
const MONTHS = Array.from({ length: 12 }, (_, i) => String(i + 1).padStart(2, '0'));

/** What one is called where it stands among others. */
export const ticketName = ({ key, title }: Pick<Row, 'key' | 'title'>): string => `${key} ${title}`;

/** What a list shows of a ticket: a field is a row here. */
export function useTicketColumns(labels: readonly { id: string; name: string; color: string }[]): readonly Column<Row>[] {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  return useMemo(() => {
    const labelOf = new Map(labels.map((label) => [label.id, label]));
    const lateOn = (day: string): string => t('card.overdueShort', { value: format.shortDate(day, today()) });
    return [
      {
        field: 'key',
        head: t('list.field.key'),
        isSortable: true,
        cell: ({ key, type }) => (
          <span className={classes.key}>
            <TypeIcon type={type} label={t(`type.${type}`)} />
            <RowLink to={`/tickets/${key}`}>{key}</RowLink>
          </span>
        ),
      },
      {
        field: 'title',
        head: t('list.field.title'),
        isSortable: true,
        isWide: true,
        cell: ({ key, title }) => (
          <RowLink to={`/tickets/${key}`} tabIndex={-1} title={title}>
            {title}
          </RowLink>
        ),
      },
      {
        field: 'state',
        head: t('list.field.state'),
        isSortable: true,
        cell: (ticket) => <StandingMark standing={standingOf(ticket)} word={standingWord(t, standingOf(ticket))} />,
        longest: { texts: STANDINGS.map((one) => standingWord(t, one)), beside: ICON },
      },
      {
        field: 'priority',
        head: t('list.field.priority'),
        isSortable: true,
        isMinor: true,
        cell: ({ priority }) =>
          priority && (
            <span className={classes.key}>
              <PriorityIcon priority={priority} label="" />
              {t(`priority.${priority}`)}
            </span>
          ),
        longest: { texts: PRIORITIES.map((one) => t(`priority.${one}`)), beside: ICON },
      },
      {
        field: 'due',
        head: t('list.field.due'),
        isSortable: true,
        cell: (ticket) => <DueMark ticket={ticket} bare t={t} format={format} />,
        longest: { texts: MONTHS.map((month) => lateOn(`${today().slice(0, 4)}-${month}-28`)), beside: ICON },
      },
      {
        field: 'assignee',
        head: t('list.field.assignee'),
        isSortable: true,
        cell: ({ assignee }) =>
          assignee && (
            <span className={classes.person}>
              <Face {...assignee} size={20} />
              <span className={classes.name}>{assignee.name}</span>
            </span>
          ),
      },
      {
        field: 'label',
        head: t('list.field.label'),
        cell: ({ labelIds }) => {
          const known = labelIds.flatMap((id) => labelOf.get(id) ?? []);
          if (known.length === 0) return null;
          return (
            <span className={classes.labels} title={known.map(({ name }) => name).join(', ')}>
              {known.slice(0, LABELS_MAX).map(({ id, name, color }) => (
                <span key={id} className={classes.label}>
                  <LabelDot color={color} />
                  <span className={classes.name}>{name}</span>
                </span>
              ))}
              {known.length > LABELS_MAX && <span className={classes.dimmed}>+{known.length - LABELS_MAX}</span>}
            </span>
          );
        },
      },
      {
        field: 'points',
        head: t('list.field.points'),
        isSortable: true,
        isNumeric: true,
        cell: ({ points }) => (points === null ? null : format.number(points)),
      },
      {
        field: 'start',
        head: t('list.field.start'),
        isSortable: true,
        isExtra: true,
        cell: ({ startDate }) => startDate && format.date(startDate),
      },
      {
        field: 'hours',
        head: t('list.field.hours'),
        isSortable: true,
        isNumeric: true,
        isExtra: true,
        cell: ({ deviceHours }) => (deviceHours === null ? null : format.number(deviceHours)),
      },
      {
        field: 'updated',
        head: t('list.field.updated'),
        isSortable: true,
        cell: ({ updatedAt }) => <Moment at={updatedAt} className={classes.dimmed} />,
      },
    ];
  }, [t, format, labels]);
}
