import { useMutation } from '@apollo/client/react';
import { Button, Textarea } from '@mantine/core';
import { RETRO_KINDS, RETRO_NOTE_MAX, type RetroKind } from '@trainyard/domain';
import { ConfirmDialog } from '@trainyard/ui';
import { IconEye } from '@tabler/icons-react';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { textOf } from '../../shell/drafts/draft-store.ts';
import { useDraft } from '../../shell/drafts/drafts.ts';
import { Section } from '../../shell/Page.tsx';
import { useToast } from '../../shell/useToast.ts';
import { RetroNote } from './RetroNote.tsx';
import { AddRetroNoteDocument, RetroPageDocument, RevealRetroDocument, type RetroFieldsFragment } from './retro.generated.ts';
import classes from './Retro.module.css';

export interface RetroNotesProps {
  retro: RetroFieldsFragment;
  mayWrite: boolean;
  mayReveal: boolean;
}

/** What people say, in three columns: each sees their own notes alone until they are revealed. */
export function RetroNotes({ retro, mayWrite, mayReveal }: RetroNotesProps) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const [asks, setAsks] = useState(false);
  const [reveal, { loading }] = useMutation(RevealRetroDocument, { onError: toast.failed });
  const { revealedAt, hidden, votesLeft } = retro;
  const lead = revealedAt === null ? (hidden === 0 ? t('retro.onlyYou') : t('retro.hidden', { count: hidden })) : t('retro.votesLeft', { count: votesLeft });
  return (
    <Section
      title={t('retro.notes')}
      lead={mayWrite || revealedAt === null ? lead : undefined}
      actions={
        revealedAt === null &&
        mayReveal && (
          <Button size="compact-sm" variant="default" leftSection={<IconEye size={14} aria-hidden="true" />} onClick={() => setAsks(true)}>
            {t('retro.reveal')}
          </Button>
        )
      }
    >
      <div className={classes.columns}>
        {RETRO_KINDS.map((kind) => (
          <div key={kind} className={classes.column} data-kind={kind}>
            <h3 className={classes.name}>{t(`retro.kind.${kind}`)}</h3>
            <ul className={classes.notes}>
              {retro.notes
                .filter((note) => note.kind === kind)
                .map((note) => (
                  <RetroNote key={note.id} note={note} canVote={mayWrite && revealedAt !== null} votesLeft={votesLeft} />
                ))}
            </ul>
            {mayWrite && <NewNote sprintId={retro.sprintId} kind={kind} />}
          </div>
        ))}
      </div>
      <ConfirmDialog
        opened={asks}
        title={t('retro.revealTitle')}
        labels={{ confirm: t('retro.reveal'), cancel: t('retro.notYet') }}
        pending={loading}
        onCancel={() => setAsks(false)}
        onConfirm={() => void reveal({ variables: { sprintId: retro.sprintId } }).then(() => setAsks(false))}
      >
        {t('retro.revealText')}
      </ConfirmDialog>
    </Section>
  );
}

function NewNote({ sprintId, kind }: { sprintId: string; kind: RetroKind }) {
  const { t } = useTranslation('sprint');
  const toast = useToast();
  const { draft, write, end } = useDraft(`retro:${sprintId}:${kind}`);
  const [add, { loading }] = useMutation(AddRetroNoteDocument, { refetchQueries: [RetroPageDocument], onError: toast.failed });
  const body = draft ? textOf(draft) : '';
  const send = async (): Promise<void> => {
    if (body.trim() === '' || loading) return;
    const { data } = await add({ variables: { input: { sprintId, kind, body } } });
    if (data) end(body);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || event.shiftKey) return;
    event.preventDefault();
    void send();
  };
  return (
    <div className={classes.add}>
      <Textarea
        autosize
        minRows={1}
        maxLength={RETRO_NOTE_MAX}
        aria-label={t('retro.addTo', { column: t(`retro.kind.${kind}`) })}
        placeholder={t('retro.add')}
        value={body}
        onChange={({ currentTarget }) => (currentTarget.value === '' ? end() : write(currentTarget.value))}
        onKeyDown={onKeyDown}
      />
      {body.trim() !== '' && (
        <Button size="compact-sm" loading={loading} onClick={() => void send()}>
          {t('retro.addIt')}
        </Button>
      )}
    </div>
  );
}
