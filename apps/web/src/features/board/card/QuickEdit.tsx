import { useApolloClient, useFragment, useQuery } from '@apollo/client/react';
import { Popover, Skeleton } from '@mantine/core';
import { refuse } from '@trainyard/domain';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { useToast } from '../../shell/useToast.ts';
import { useBoardParts, type QuickField } from '../board-context.ts';
import { columnIn } from '../model/cells.ts';
import { ColumnChoice } from '../selection/ColumnChoice.tsx';
import { ProjectPeopleDocument } from '../../ticket/ticket.generated.ts';
import { RefreshFrameDocument, type BoardFrameFragment } from '../board.generated.ts';
import { TicketCardFragmentDoc } from '../../ticket/card.generated.ts';
import { LabelField } from '../../ticket/LabelField.tsx';
import { PersonField, type PersonFieldProps } from '../../ticket/PersonField.tsx';
import { DayField } from '../../ticket/DayField.tsx';
import { PointsField } from '../../ticket/PointsField.tsx';
import { PriorityField } from '../../ticket/PriorityField.tsx';
import { ScreenAnchor } from '../../shell/ScreenAnchor.tsx';
import classes from './QuickEdit.module.css';
import type { Ticket } from '../../ticket/useTicket.ts';
import { FieldConflict, useTicketUpdates, type TicketInput } from '../../ticket/useTicketUpdates.ts';

export interface QuickEditProps {
  ticketId: string;
  boardId: string;
  field: QuickField;
  /** Where the card is on the screen. */
  at: DOMRect;
  project: BoardFrameFragment['project'];
  columns: BoardFrameFragment['columns'];
  onClose: () => void;
}

/** One field of a card, by one key: E points, P priority, A assignee, L labels, S column. It says which card: another may be shown beside the board. */
export function QuickEdit({ ticketId, boardId, field, at, project, columns, onClose }: QuickEditProps) {
  const { t } = useTranslation('ticket');
  const client = useApolloClient();
  const toast = useToast();
  const { read, update, changeLabels } = useTicketUpdates();
  const { moves, model } = useBoardParts();
  const closed = useRef(false);
  const [saving, setSaving] = useState(false);
  const [conflict, setConflict] = useState<FieldConflict | null>(null);
  const { data, complete } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  // A card knows no version: the ticket is read when the editor opens, and what is saved answers to how it was then. Read just
  // before saving it would always be the newest, and would write over what a colleague did meanwhile.
  const begun = useRef<Promise<Ticket | null> | null>(null);
  const key = complete ? data.key : null;
  useEffect(() => {
    if (key === null) return;
    begun.current ??= read(key);
    begun.current.catch(() => (begun.current = null));
  }, [key, read]);
  if (!complete) return null;
  const place = model.placeOf(ticketId);
  const here = place && columnIn(place.columnId);

  const close = (): void => {
    if (closed.current) return;
    closed.current = true;
    onClose();
  };
  const save = async (change: (base: Ticket) => Promise<Ticket>): Promise<boolean> => {
    setSaving(true);
    setConflict(null);
    try {
      const base = await (begun.current ?? read(data.key));
      if (!base) {
        toast.failed(refuse('NOT_FOUND'));
        return false;
      }
      begun.current = Promise.resolve(await change(base));
      return true;
    } catch (error) {
      if (error instanceof FieldConflict && !closed.current) {
        // told here; saved once more it goes over the other's
        begun.current = Promise.resolve(error.fresh);
        setConflict(error);
      } else toast.failed(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  const saveField = (input: TicketInput): Promise<boolean> => save((base) => update(base, input));
  const saveAndClose = async (input: TicketInput): Promise<void> => {
    if (await saveField(input)) close();
  };
  /** A click elsewhere leaves the field of points, which decides itself whether there is something to say first. */
  const dismiss = (): void => {
    if ((field !== 'POINTS' && field !== 'DUE') || conflict || !(document.activeElement instanceof HTMLInputElement)) close();
  };
  const refresh = (): Promise<unknown> => client.query({ query: RefreshFrameDocument, variables: { id: boardId }, fetchPolicy: 'network-only' });

  return (
    <Popover opened onDismiss={dismiss} position="bottom-start" width={248} trapFocus closeOnEscape withinPortal>
      <Popover.Target>
        <ScreenAnchor at={at} aria-label={`${data.key} ${t(FIELD_NAMES[field])}`} />
      </Popover.Target>
      <Popover.Dropdown
        p={8}
        aria-label={`${data.key} ${t(FIELD_NAMES[field])}`}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      >
        <p className={classes.of} aria-hidden="true">
          <strong>{data.key}</strong> {data.title}
        </p>
        {field === 'COLUMN' && (
          <ColumnChoice
            columns={columns}
            value={here}
            onChange={(columnId) => {
              if (columnId !== here) void moves.toEdge(ticketId, model.cellIn(columnId, ticketId), 'TOP');
              close();
            }}
          />
        )}
        {field === 'POINTS' && (
          <>
            <PointsField
              autoFocus
              label={t('field.points')}
              value={data.points}
              saving={saving}
              // to replace what a colleague has saved takes an Enter
              saveOnLeave={conflict === null}
              onSave={(points) => void saveAndClose({ points })}
              onUnchanged={close}
            />
            {conflict && (
              <p role="alert" className={classes.conflict}>
                {t('conflict.points', { name: conflict.by || t('somebody'), points: conflict.fresh.points ?? t('points.none') })}
              </p>
            )}
          </>
        )}
        {field === 'PRIORITY' && (
          <PriorityField
            label={t('field.priority')}
            value={data.priority}
            onChange={(priority) => {
              if (priority !== data.priority) void saveField({ priority });
              close();
            }}
          />
        )}
        {field === 'DUE' && (
          <DayField
            autoFocus
            label={t('field.due')}
            value={data.dueDate}
            saving={saving}
            onSave={(dueDate) => void saveAndClose({ dueDate })}
            onUnchanged={close}
          />
        )}
        {field === 'ASSIGNEE' && (
          <AssigneeField
            projectId={project.id}
            value={data.assignee}
            onChange={(assigneeId) => {
              void saveField({ assigneeId });
              close();
            }}
          />
        )}
        {field === 'LABELS' && (
          <LabelField
            autoOpen
            label={t('field.label')}
            projectId={project.id}
            labels={project.labels}
            value={data.labelIds}
            onChange={(change) => save((base) => changeLabels(base, change))}
            onFailed={toast.failed}
            onCreated={refresh}
          />
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface AssigneeFieldProps {
  projectId: string;
  value: PersonFieldProps['value'];
  onChange: PersonFieldProps['onChange'];
}

function AssigneeField({ projectId, value, onChange }: AssigneeFieldProps) {
  const { t } = useTranslation('ticket');
  const { data, error, refetch } = useQuery(ProjectPeopleDocument, { variables: { id: projectId }, fetchPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data?.project) return <Skeleton height={36} />;
  return <PersonField autoOpen label={t('field.assignee')} people={data.project.people} value={value} onChange={onChange} />;
}

const FIELD_NAMES = {
  COLUMN: 'field.column',
  PRIORITY: 'field.priority',
  DUE: 'field.due',
  POINTS: 'field.points',
  ASSIGNEE: 'field.assignee',
  LABELS: 'field.label',
} as const;
