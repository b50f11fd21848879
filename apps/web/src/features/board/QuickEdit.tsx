import { useApolloClient, useFragment, useQuery } from '@apollo/client/react';
import { Popover, Skeleton } from '@mantine/core';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import type { QuickField } from './BoardContext.tsx';
import { ProjectPeopleDocument, RefreshFrameDocument, TicketCardFragmentDoc, type BoardFrameFragment } from './board.generated.ts';
import { LabelField } from './LabelField.tsx';
import { PersonField, type PersonFieldProps } from './PersonField.tsx';
import { PointsField } from './PointsField.tsx';
import { ScreenAnchor } from '../shell/ScreenAnchor.tsx';
import { TicketDocument, type UpdateTicketMutationVariables } from './ticket.generated.ts';
import { useUpdateTicket } from './useUpdateTicket.ts';

export interface QuickEditProps {
  ticketId: string;
  boardId: string;
  field: QuickField;
  /** Where the card is on the screen. */
  at: DOMRect;
  project: BoardFrameFragment['project'];
  onClose: () => void;
}

/** One field of a card, by one key: E points, A assignee, L labels. */
export function QuickEdit({ ticketId, boardId, field, at, project, onClose }: QuickEditProps) {
  const { t } = useTranslation('board');
  const client = useApolloClient();
  const toast = useToast();
  const update = useUpdateTicket();
  const closed = useRef(false);
  const [saving, setSaving] = useState(false);
  const { data, complete } = useFragment({ fragment: TicketCardFragmentDoc, fragmentName: 'TicketCard', from: { __typename: 'Ticket', id: ticketId } });
  if (!complete) return null;

  const close = (): void => {
    if (closed.current) return;
    closed.current = true;
    onClose();
  };
  const save = async (input: UpdateTicketMutationVariables['input']): Promise<boolean> => {
    setSaving(true);
    try {
      const loaded = await client.query({ query: TicketDocument, variables: { key: data.key }, fetchPolicy: 'network-only' });
      if (loaded.data?.ticket) await update(loaded.data.ticket, input);
      return true;
    } catch (error) {
      toast.failed(error);
      return false;
    } finally {
      setSaving(false);
    }
  };
  const saveAndClose = async (input: UpdateTicketMutationVariables['input']): Promise<void> => {
    if (await save(input)) close();
  };
  /** A click elsewhere leaves the field of points, which decides itself whether there is something to say first. */
  const dismiss = (): void => {
    if (field !== 'POINTS' || !(document.activeElement instanceof HTMLInputElement)) close();
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
        {field === 'POINTS' && (
          <PointsField
            autoFocus
            label={t('field.points')}
            value={data.points}
            saving={saving}
            onSave={(points) => void saveAndClose({ points })}
            onUnchanged={close}
          />
        )}
        {field === 'ASSIGNEE' && (
          <AssigneeField
            projectId={project.id}
            value={data.assignee}
            onChange={(assigneeId) => {
              void save({ assigneeId });
              close();
            }}
          />
        )}
        {field === 'LABELS' && (
          <LabelField
            autoOpen
            label={t('field.labels')}
            projectId={project.id}
            labels={project.labels}
            value={data.labelIds}
            onChange={(labelIds) => save({ labelIds })}
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
  const { t } = useTranslation('board');
  const { data, error, refetch } = useQuery(ProjectPeopleDocument, { variables: { id: projectId }, fetchPolicy: 'cache-and-network' });
  if (error && !data) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data?.project) return <Skeleton height={36} />;
  return <PersonField autoOpen label={t('field.assignee')} people={data.project.people} value={value} onChange={onChange} />;
}

const FIELD_NAMES = { POINTS: 'field.points', ASSIGNEE: 'field.assignee', LABELS: 'field.labels' } as const;
