import { useMutation } from '@apollo/client/react';
import { Button, Checkbox, Modal, Select, Stack, Text } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { describeError } from '../shell/error/describe-error.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { useToast } from '../shell/useToast.ts';
import { useGone } from '../shell/useToldWhenGone.ts';
import { COURSE_CHANGES, type KnownSprint } from './known-sprint.ts';
import { pointsInWords } from './sprint-days.ts';
import { CompleteSprintDocument } from './sprints.generated.ts';

/** The choice of no sprint. */
const BACKLOG = 'BACKLOG';

export interface CompleteDialogProps {
  sprint: KnownSprint;
  /** Sprints of the project that can take what is not done. */
  next: readonly { id: string; name: string; startsOn: string; endsOn: string }[];
  onClose: () => void;
}

const byStart = (a: { startsOn: string }, b: { startsOn: string }): number => (a.startsOn < b.startsOn ? -1 : 1);

/** What completing does, before it is done. */
export function CompleteDialog({ sprint, next, onClose }: CompleteDialogProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const toast = useToast();
  const gone = useGone();
  // One that was to end before this one takes nothing unasked.
  const [to, setTo] = useState(() => next.filter(({ endsOn }) => endsOn > sprint.endsOn).toSorted(byStart)[0]?.id ?? BACKLOG);
  const [abandoned, setAbandoned] = useState(false);
  const [complete, { loading, error }] = useMutation(CompleteSprintDocument, {
    errorPolicy: 'all',
    refetchQueries: COURSE_CHANGES,
    onError: (refusal) => {
      // somebody else completed it: the news of that take this dialog away, before or after the refusal comes
      if (gone() || describeError(refusal).code === 'SPRINT_CLOSED') toast.failed(refusal);
    },
  });
  const { done, donePoints, tickets, cancelled } = sprint.totals;
  const unfinished = tickets - done;
  const send = async (): Promise<void> => {
    const answer = await complete({ variables: { id: sprint.id, version: sprint.version, unfinishedTo: to === BACKLOG ? null : to, abandoned } });
    if (!answer.data) return;
    toast.done(t('completing.done', { name: sprint.name }));
    onClose();
  };
  return (
    <Modal opened onClose={onClose} title={t('completing.title', { name: sprint.name })}>
      <Stack gap="sm">
        <Text size="sm">{t('completing.finished', { count: done, points: pointsInWords(t, format, donePoints) })}</Text>
        {cancelled > 0 && <Text size="sm">{t('completing.cancelled', { count: cancelled })}</Text>}
        {unfinished > 0 && (
          <Select
            label={t('completing.unfinished', { count: unfinished })}
            data={[...next.map(({ id, name }) => ({ value: id, label: name })), { value: BACKLOG, label: t('backlog.toBacklog') }]}
            value={to}
            onChange={(value) => value !== null && setTo(value)}
            allowDeselect={false}
          />
        )}
        <Checkbox checked={abandoned} onChange={(event) => setAbandoned(event.currentTarget.checked)} label={t('completing.abandoned')} />
        <Text size="sm" c="dimmed">
          {t('completing.frozen')}
        </Text>
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button data-autofocus loading={loading} onClick={() => void send()}>
            {t('sprint.complete')}
          </Button>
        </DialogFoot>
      </Stack>
    </Modal>
  );
}
