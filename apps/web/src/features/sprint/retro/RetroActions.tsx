import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { TICKET_TITLE_MAX } from '@trainyard/domain';
import { IconX } from '@tabler/icons-react';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../shell/drafts/draft-store.ts';
import { useDraft } from '../../shell/drafts/drafts.ts';
import { useToast } from '../../shell/useToast.ts';
import { TicketState } from '../../ticket/TicketState.tsx';
import { MakeActionTicketDocument, SetRetroActionDocument, type RetroActionFieldsFragment } from './retro.generated.ts';
import classes from './Retro.module.css';

export interface RetroActionsProps {
  actions: readonly RetroActionFieldsFragment[];
  /** Where new ones come to; none: they are only shown. */
  of?: { sprintId: string; projectId: string } | undefined;
}

/** What is to be done: tickets, as they are now. */
export function RetroActions({ actions, of }: RetroActionsProps) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const [set] = useMutation(SetRetroActionDocument, { onError: toast.failed });
  return (
    <div>
      {actions.length === 0 && <p className={classes.hint}>{t('retro.noActions')}</p>}
      <ul className={classes.lines}>
        {actions.map(({ ticketId, key, title, state, resolution, assignee }) => (
          <li key={ticketId}>
            <Link to="/tickets/$ticketKey" params={{ ticketKey: key }}>
              {key} {title}
            </Link>
            {assignee && <span>{assignee}</span>}
            <TicketState state={state} resolution={resolution} />
            {of && (
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={t('retro.noAction', { key })}
                title={t('retro.noAction', { key })}
                onClick={() => void set({ variables: { sprintId: of.sprintId, ticketId, isOne: false } })}
              >
                <IconX size={14} aria-hidden="true" />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {of && <NewAction {...of} />}
    </div>
  );
}

function NewAction({ sprintId, projectId }: { sprintId: string; projectId: string }) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const { draft, write, end } = useDraft(`retro:${sprintId}:action`);
  /** Made, and not yet said to be a result: it is not made twice. */
  const [madeId, setMadeId] = useState<string | null>(null);
  const [make, making] = useMutation(MakeActionTicketDocument, { onError: toast.failed });
  const [set, setting] = useMutation(SetRetroActionDocument, { onError: toast.failed });
  const title = draft ? textOf(draft) : '';
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    if (title.trim() === '' || making.loading || setting.loading) return;
    const ticketId = madeId ?? (await make({ variables: { input: { projectId, title, type: 'TASK' } } })).data?.createTicket.id;
    if (ticketId === undefined) return;
    setMadeId(ticketId);
    const { data } = await set({ variables: { sprintId, ticketId, isOne: true } });
    if (!data) return;
    end(title);
    setMadeId(null);
  };
  return (
    <form className={classes.add} onSubmit={(event) => void send(event)}>
      <TextInput
        aria-label={t('retro.newAction')}
        placeholder={t('retro.newAction')}
        maxLength={TICKET_TITLE_MAX}
        value={title}
        onChange={({ currentTarget }) => (currentTarget.value === '' ? end() : write(currentTarget.value))}
      />
      {title.trim() !== '' && (
        <Button type="submit" size="compact-sm" loading={making.loading || setting.loading}>
          {t('retro.makeTicket')}
        </Button>
      )}
    </form>
  );
}
