import { useMutation } from '@apollo/client/react';
import { ActionIcon, Button, Textarea } from '@mantine/core';
import { RETRO_NOTE_MAX } from '@trainyard/domain';
import { IconPencil, IconThumbUp, IconThumbUpFilled, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import { ErrorNotice } from '../../shell/error/ErrorNotice.tsx';
import { useToast } from '../../shell/useToast.ts';
import { ChangeRetroNoteDocument, RemoveRetroNoteDocument, VoteForRetroNoteDocument, type RetroFieldsFragment } from './retro.generated.ts';
import classes from './Retro.module.css';

export interface RetroNoteProps {
  note: RetroFieldsFragment['notes'][number];
  canVote: boolean;
  votesLeft: number;
}

/** One thing that somebody says. */
export function RetroNote({ note, canVote, votesLeft }: RetroNoteProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const toast = useToast();
  const [edited, setEdited] = useState<string | null>(null);
  const [change, changing] = useMutation(ChangeRetroNoteDocument, { errorPolicy: 'all' });
  const [remove] = useMutation(RemoveRetroNoteDocument, { onError: toast.failed });
  const [vote, voting] = useMutation(VoteForRetroNoteDocument, { onError: toast.failed });
  const { id, body, author, isOwn, isVotedFor, votes, version } = note;
  const save = async (): Promise<void> => {
    const { data } = await change({ variables: { id, version, body: edited ?? body } });
    if (data) setEdited(null);
  };
  if (edited !== null)
    return (
      <li className={classes.note}>
        <Textarea
          autosize
          autoFocus
          maxLength={RETRO_NOTE_MAX}
          aria-label={t('retro.edit')}
          value={edited}
          onChange={({ currentTarget }) => setEdited(currentTarget.value)}
          onKeyDown={(event) => event.key === 'Escape' && setEdited(null)}
        />
        <ErrorNotice error={changing.error} />
        <span className={classes.buttons}>
          <Button size="compact-sm" loading={changing.loading} disabled={edited.trim() === ''} onClick={() => void save()}>
            {t('sprint.save')}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setEdited(null)}>
            {t('retro.cancel')}
          </Button>
        </span>
      </li>
    );
  return (
    <li className={classes.note}>
      <p>{body}</p>
      <span className={classes.foot}>
        <span className={classes.author}>{author ?? t('retro.somebody')}</span>
        {isOwn && (
          <>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('retro.edit')} onClick={() => setEdited(body)}>
              <IconPencil size={14} aria-hidden="true" />
            </ActionIcon>
            <ActionIcon size="sm" variant="subtle" color="gray" aria-label={t('retro.remove')} onClick={() => void remove({ variables: { id, version } })}>
              <IconTrash size={14} aria-hidden="true" />
            </ActionIcon>
          </>
        )}
        {canVote ? (
          <Button
            size="compact-xs"
            variant={isVotedFor ? 'light' : 'default'}
            aria-pressed={isVotedFor}
            aria-label={t('retro.voteFor', { votes, note: body.slice(0, 60) })}
            disabled={!isVotedFor && votesLeft === 0}
            loading={voting.loading}
            leftSection={isVotedFor ? <IconThumbUpFilled size={12} aria-hidden="true" /> : <IconThumbUp size={12} aria-hidden="true" />}
            onClick={() => void vote({ variables: { id, isFor: !isVotedFor } })}
          >
            {format.number(votes)}
          </Button>
        ) : (
          votes > 0 && <span>{t('retro.votes', { count: votes })}</span>
        )}
      </span>
    </li>
  );
}
