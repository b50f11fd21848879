import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal, Progress, Select, Textarea } from '@mantine/core';
import { TICKET_KINDS, titleExcess, type TicketKind } from '@trainyard/domain';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { CreateBacklogTicketDocument } from '../sprints.generated.ts';
import { PASTED_MAX, pastedTitles } from './pasted-titles.ts';

export interface PastedTicketsProps {
  titles: readonly string[];
  projectId: string;
  onClose: () => void;
  onMade: (ids: readonly string[]) => void;
}

/** Several lines that were pasted, before they become as many tickets, in this order. Each is made once, also where it is tried again. */
export function PastedTickets({ titles, projectId, onClose, onMade }: PastedTicketsProps) {
  const { t } = useTranslation(['sprint', 'ticket', 'shell']);
  const [text, setText] = useState(titles.join('\n'));
  const [type, setType] = useState<TicketKind>('TASK');
  const [create] = useMutation(CreateBacklogTicketDocument);
  const [made, setMade] = useState<number | null>(null);
  const [error, setError] = useState<unknown>(null);
  /** Ids by line: a line that is tried again is the same ticket. */
  const begun = useRef<{ title: string; type: TicketKind; id: string }[]>([]);
  const now = pastedTitles(text);
  const tooLong = now.findIndex((title) => titleExcess(title) > 0);
  const problem =
    now.length > PASTED_MAX ? t('backlog.tooManyLines', { max: PASTED_MAX }) : tooLong >= 0 ? t('backlog.lineTooLong', { line: tooLong + 1 }) : null;

  const make = async (): Promise<void> => {
    setError(null);
    const ids: string[] = [];
    for (const [i, title] of now.entries()) {
      setMade(i);
      const known = begun.current[i];
      const one = known?.title === title && known.type === type ? known : { title, type, id: crypto.randomUUID() };
      begun.current[i] = one;
      try {
        await create({ variables: { input: { id: one.id, projectId, type, title } } });
        ids.push(one.id);
      } catch (failure) {
        setError(failure);
        setMade(null);
        return;
      }
    }
    onMade(ids);
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('backlog.pasted', { count: now.length })} closeOnClickOutside={made === null} closeOnEscape={made === null}>
      <Textarea
        data-autofocus
        label={t('backlog.pastedLines')}
        autosize
        minRows={3}
        maxRows={16}
        value={text}
        disabled={made !== null}
        error={problem}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Select
        mt="sm"
        label={t('ticket:field.type')}
        data={TICKET_KINDS.map((kind) => ({ value: kind, label: t(`ticket:type.${kind}`) }))}
        value={type}
        allowDeselect={false}
        disabled={made !== null}
        onChange={(kind) => setType(TICKET_KINDS.find((one) => one === kind) ?? type)}
      />
      <ErrorNotice error={error} />
      {made !== null && <Progress mt="sm" value={(100 * made) / now.length} aria-label={t('backlog.pasted', { count: now.length })} />}
      <Group mt="md" justify="flex-end">
        <Button variant="default" disabled={made !== null} onClick={onClose}>
          {t('shell:cancel')}
        </Button>
        <Button disabled={now.length === 0 || problem !== null} loading={made !== null} onClick={() => void make()}>
          {t('backlog.make', { count: now.length })}
        </Button>
      </Group>
    </Modal>
  );
}
