import { Face } from '@trainyard/ui';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import type { Column } from '../lists/DataTable.tsx';
import { RowLink } from '../lists/RowLink.tsx';
import { LabelDot } from '../project/LabelDot.tsx';
import { useNow } from '../shell/useNow.ts';
import { DueDate } from './DueDate.tsx';
import { PriorityIcon } from './PriorityIcon.tsx';
import { TicketState } from './TicketState.tsx';
import type { TicketRowFragment } from './tickets.generated.ts';
import classes from './TicketColumns.module.css';
import { TypeIcon } from './TypeIcon.tsx';

type Row = TicketRowFragment;
const LABELS_MAX = 2;

/** What a list shows of a ticket: a field is a row here. */
export function useTicketColumns(labels: readonly { id: string; name: string; color: string }[]): readonly Column<Row>[] {
  const { t } = useTranslation('ticket');
  const format = useFormat();
  const now = useNow(30_000);
  return useMemo(() => {
    const labelOf = new Map(labels.map((label) => [label.id, label]));
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
      { field: 'state', head: t('list.field.state'), isSortable: true, cell: ({ state, resolution }) => <TicketState state={state} resolution={resolution} /> },
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
      },
      { field: 'due', head: t('list.field.due'), isSortable: true, cell: (ticket) => <DueDate ticket={ticket} bare /> },
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
        cell: ({ updatedAt }) => (
          <span className={classes.dimmed} title={format.dateTime(updatedAt)}>
            {format.relative(updatedAt, now)}
          </span>
        ),
      },
    ];
  }, [t, format, now, labels]);
}
