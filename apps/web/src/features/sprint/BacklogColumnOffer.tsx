import { useMutation } from '@apollo/client/react';
import { Button, Group, Modal } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import classes from './BoardSprint.module.css';
import { BoardSprintsDocument, KeepBacklogColumnDocument, RetireBacklogColumnDocument, type BoardSprintsQuery } from './sprints.generated.ts';

export interface BacklogColumnOfferProps {
  boardId: string;
  column: NonNullable<NonNullable<BoardSprintsQuery['board']>['backlogColumn']>;
}

/** Says that a board can do without its column "Backlog" now, and removes it where that is confirmed; once refused it is not offered again. */
export function BacklogColumnOffer({ boardId, column: { id, name, version, cards, ofSprint, nextName } }: BacklogColumnOfferProps) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const [isAsking, setAsking] = useState(false);
  const again = { refetchQueries: [BoardSprintsDocument], awaitRefetchQueries: true, onError: toast.failed };
  const [retire, { loading: retiring }] = useMutation(RetireBacklogColumnDocument, {
    ...again,
    onCompleted: () => toast.done(t('backlogColumn.done', { name })),
  });
  const [keep, { loading: keeping }] = useMutation(KeepBacklogColumnDocument, again);
  const leaving = cards - ofSprint;
  return (
    <div className={classes.root}>
      <span className={classes.goal}>{t('backlogColumn.offer', { name })}</span>
      <Button size="compact-sm" variant="default" onClick={() => setAsking(true)}>
        {t('backlogColumn.remove')}
      </Button>
      <Button size="compact-sm" variant="subtle" color="gray" loading={keeping} onClick={() => void keep({ variables: { boardId } })}>
        {t('backlogColumn.keep')}
      </Button>
      <Modal opened={isAsking} onClose={() => setAsking(false)} title={t('backlogColumn.title', { name })}>
        <p>
          {leaving > 0 && t('backlogColumn.leaving', { count: leaving })} {ofSprint > 0 && t('backlogColumn.ofSprint', { count: ofSprint, column: nextName })}{' '}
          {cards === 0 && t('backlogColumn.empty')}
        </p>
        <Group justify="flex-end">
          <Button variant="default" onClick={() => setAsking(false)}>
            {t('backlogColumn.cancel')}
          </Button>
          <Button loading={retiring} onClick={() => void retire({ variables: { id, version } }).finally(() => setAsking(false))}>
            {t('backlogColumn.remove')}
          </Button>
        </Group>
      </Modal>
    </div>
  );
}
