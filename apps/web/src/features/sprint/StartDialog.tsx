import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Modal, Radio, Stack, Text } from '@mantine/core';
import { daysBetween, OTHER_CARDS, print, TICKET_FIELDS, type OtherCards } from '@trainyard/domain';
import { ConfirmDialog, DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { timeZone } from '../lists/export-address.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { COURSE_CHANGES, type KnownSprint } from './known-sprint.ts';
import { pointsInWords } from './sprint-days.ts';
import { OtherCardsDocument, StartSprintDocument } from './sprints.generated.ts';

export interface StartDialogProps {
  sprint: KnownSprint;
  projectId: string;
  /** Of the project. */
  today: string;
  onClose: () => void;
  onStarted: () => void;
}

/** What starting does, before it is done. One whose last day has passed is asked about first: it would be overdue at once. */
export function StartDialog(props: StartDialogProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const { sprint, today, onClose } = props;
  const [isSure, setSure] = useState(sprint.endsOn >= today);
  if (isSure) return <Starting {...props} />;
  return (
    <ConfirmDialog
      opened
      title={t('starting.late')}
      labels={{ confirm: t('starting.allTheSame'), cancel: t('starting.notNow') }}
      onConfirm={() => setSure(true)}
      onCancel={onClose}
    >
      {t('starting.lateText', { name: sprint.name, day: format.date(sprint.endsOn), count: daysBetween(sprint.endsOn, today) })}
    </ConfirmDialog>
  );
}

/** What it commits to, and what becomes of other cards on the board. */
function Starting({ sprint, projectId, onClose, onStarted }: StartDialogProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const [others, setOthers] = useState<OtherCards>('LEAVE');
  const [start, { loading, error }] = useMutation(StartSprintDocument, { errorPolicy: 'all', refetchQueries: COURSE_CHANGES });
  const { tickets, points } = sprint.totals;
  const query = print(
    {
      conditions: [
        { field: 'board', negated: false, values: [{ is: 'TEXT', text: sprint.boardId ?? '' }] },
        { field: 'sprint', negated: false, values: [{ is: 'NONE' }] },
      ],
      words: [],
      sort: [],
    },
    TICKET_FIELDS,
  );
  const { data } = useQuery(OtherCardsDocument, {
    variables: { boardId: sprint.boardId ?? '', projectId, query, timeZone: timeZone() },
    fetchPolicy: 'network-only',
    skip: sprint.boardId === null,
  });
  const there = data?.tickets.totalCount ?? 0;
  const send = async (): Promise<void> => {
    const answer = await start({ variables: { id: sprint.id, version: sprint.version, others } });
    if (answer.data) onStarted();
  };
  return (
    <Modal opened onClose={onClose} title={t('starting.title', { name: sprint.name })}>
      <Stack gap="sm">
        <Text size="sm">
          {tickets === 0
            ? t('starting.empty')
            : t('starting.what', {
                count: tickets,
                points: pointsInWords(t, format, points),
                board: data?.board?.name ?? '…',
              })}
        </Text>
        {there > 0 && (
          <Radio.Group value={others} onChange={(value) => setOthers(value as OtherCards)} label={`${t('starting.others')} (${format.number(there)})`}>
            <Stack gap={6} mt={4}>
              {[...OTHER_CARDS].toReversed().map((one) => (
                <Radio key={one} value={one} label={t(`starting.${one}`)} />
              ))}
            </Stack>
          </Radio.Group>
        )}
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button data-autofocus loading={loading} onClick={() => void send()}>
            {t('sprint.start')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
