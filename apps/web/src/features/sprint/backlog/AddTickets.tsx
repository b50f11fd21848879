import { useMutation } from '@apollo/client/react';
import { Button, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { TICKET_TITLE_MAX, titleExcess, titleOf } from '@trainyard/domain';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorMessage } from '../../shell/error/useErrorMessage.ts';
import { useWanted } from '../../shell/useWanted.ts';
import { CreateBacklogTicketDocument } from '../sprints.generated.ts';
import classes from './AddTickets.module.css';
import { pastedTitles } from './pasted-titles.ts';
import type { BacklogDoing } from './useBacklogMoves.ts';

const loadPasted = () => import('./PastedTickets.tsx').then(({ PastedTickets }) => ({ default: PastedTickets }));

/** Writes tickets to the end of the backlog: one by Enter, several lines that are pasted as so many tickets. */
export function AddTickets({ projectId, doing }: { projectId: string; doing: BacklogDoing }) {
  const { t } = useTranslation(['sprint', 'shell']);
  const describe = useErrorMessage();
  const [create, { error, reset }] = useMutation(CreateBacklogTicketDocument);
  const [title, setTitle] = useState('');
  const [pasted, setPasted] = useState<readonly string[] | null>(null);
  const PastedTickets = useWanted(loadPasted, pasted !== null, () => setPasted(null));
  /** The id of the ticket that is being made: sent again after an answer that was lost, it is the same ticket. */
  const begun = useRef<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const excess = titleExcess(title);

  const add = async (): Promise<void> => {
    const text = titleOf(title);
    if (text === '' || excess > 0) return;
    begun.current ??= crypto.randomUUID();
    setTitle('');
    const { data } = await create({ variables: { input: { id: begun.current, projectId, type: 'TASK', title: text } } }).catch(() => ({ data: null }));
    if (!data) return setTitle((now) => (now === '' ? text : now));
    begun.current = null;
    const { id, key } = data.createTicket;
    doing.made(t('backlog.added', { key }), () => doing.changes.do([id], { kind: 'DELETE' }).then(({ outcome }) => outcome));
  };
  return (
    <div className={classes.root}>
      <TextInput
        ref={field}
        className={classes.field}
        aria-label={t('backlog.add')}
        placeholder={t('backlog.addHint')}
        leftSection={<IconPlus size={14} aria-hidden="true" />}
        value={title}
        error={error ? describe(error) : excess > 0 && t('shell:excess', { count: excess, max: TICKET_TITLE_MAX })}
        onChange={(event) => {
          setTitle(event.currentTarget.value);
          if (error) reset();
        }}
        onPaste={(event) => {
          const titles = pastedTitles(event.clipboardData.getData('text/plain'));
          if (titles.length < 2) return;
          event.preventDefault();
          setPasted(titles);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') void add();
          else if (event.key === 'Escape') event.currentTarget.blur();
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {title !== '' && (
        <Button variant="default" disabled={titleOf(title) === '' || excess > 0} onClick={() => void add()}>
          {t('backlog.addOne')}
        </Button>
      )}
      {pasted && PastedTickets && (
        <PastedTickets
          titles={pasted}
          projectId={projectId}
          onClose={() => {
            setPasted(null);
            field.current?.focus();
          }}
          onMade={(ids) =>
            doing.made(t('backlog.addedMany', { count: ids.length }), () => doing.changes.do(ids, { kind: 'DELETE' }).then(({ outcome }) => outcome))
          }
        />
      )}
    </div>
  );
}
