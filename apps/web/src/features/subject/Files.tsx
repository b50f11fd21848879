import { Button, FileButton, VisuallyHidden } from '@mantine/core';
import { IconPaperclip } from '@tabler/icons-react';
import { ATTACHMENT_BYTES_MAX, can, type ProjectScope } from '@trainyard/domain';
import { useEffect, useRef, useState, useSyncExternalStore, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { sendFile } from '../shell/send-file.ts';
import { useToast } from '../shell/useToast.ts';
import { useGone } from '../shell/useToldWhenGone.ts';
import { FileItem } from './FileItem.tsx';
import { FileQueue } from './file-queue.ts';
import classes from './Files.module.css';
import { SentFileItem } from './SentFileItem.tsx';
import type { AttachmentFactsFragment } from './subject.generated.ts';
import { useDroppedFiles } from './useDroppedFiles.ts';

export interface FilesProps {
  /** What they are attached to. One of these holds the files of one thing: give it a key. */
  subjectId: string;
  /** Takes a file by POST. */
  address: string;
  /** Null: not known yet. */
  attachments: readonly AttachmentFactsFragment[] | null;
  error: unknown;
  /** What may be done follows from it, and from who attached a file. */
  scope: ProjectScope;
  /** Where files are dropped, and images pasted. */
  zone: RefObject<HTMLElement | null>;
  onChanged: () => void;
  /** One has arrived. */
  onAttached: (file: AttachmentFactsFragment) => void;
}

/** The files of a thing, oldest first, those on their way behind them, and how more are attached. */
export function Files({ subjectId, address, attachments, error, scope, zone, onChanged, onAttached }: FilesProps) {
  const { t } = useTranslation('subject');
  const format = useFormat();
  const mayAttach = can(useActor(), 'attachment.write', scope);
  const [said, setSaid] = useState('');
  const add = useRef<HTMLButtonElement>(null);
  const reset = useRef<() => void>(null);
  const queue = useQueue(address, (file) => {
    onAttached(file);
    setSaid(t('attached', { name: file.name }));
  });
  const sent = useSyncExternalStore(queue.subscribe, queue.current);
  const isOver = useDroppedFiles(zone, mayAttach, (files) => queue.add(files));
  const isEmpty = attachments?.length === 0 && sent.length === 0;
  // The button of a file goes with it.
  const toAdd = (): void => add.current?.focus();

  return (
    <section className={classes.root} aria-labelledby={`files-${subjectId}`} data-dropping={isOver || undefined}>
      <div className={classes.head}>
        <h3 id={`files-${subjectId}`} className={classes.heading}>
          {attachments && attachments.length > 0 ? t('count', { count: attachments.length }) : t('title')}
        </h3>
        {mayAttach && (
          <FileButton
            multiple
            resetRef={reset}
            onChange={(files) => {
              queue.add(files);
              // The same file may be chosen once more.
              reset.current?.();
            }}
          >
            {(props) => (
              <Button ref={add} {...props} size="compact-sm" variant="default" leftSection={<IconPaperclip size={14} aria-hidden="true" />}>
                {t('add')}
              </Button>
            )}
          </FileButton>
        )}
      </div>
      <ErrorNotice error={error} onRetry={onChanged} />
      {((attachments && attachments.length > 0) || sent.length > 0) && (
        <ul className={classes.list}>
          {attachments?.map((file) => (
            <FileItem key={file.id} file={file} scope={scope} onChanged={onChanged} onGone={toAdd} />
          ))}
          {sent
            .filter(({ id }) => attachments?.every((file) => file.id !== id) ?? true)
            .map((one) => (
              <SentFileItem
                key={one.id}
                sent={one}
                onRetry={() => queue.retry(one.id)}
                onRemove={() => {
                  queue.remove(one.id);
                  toAdd();
                }}
              />
            ))}
        </ul>
      )}
      {isEmpty && !mayAttach && <p className={classes.hint}>{t('none')}</p>}
      {mayAttach && (isOver || isEmpty) && <p className={classes.hint}>{isOver ? t('drop') : t('hint', { limit: format.bytes(ATTACHMENT_BYTES_MAX) })}</p>}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </section>
  );
}

/** Files go on being sent when the screen is closed; what fails then is told in the corner. */
function useQueue(address: string, onAttached: (file: AttachmentFactsFragment) => void): FileQueue {
  const toast = useToast();
  const isGone = useGone();
  const told = useRef({ onAttached, toast, isGone });
  useEffect(() => {
    told.current = { onAttached, toast, isGone };
  });
  const [queue] = useState(
    () =>
      new FileQueue(
        async (file, id, signal, onProgress) => {
          const to = `${address}?${new URLSearchParams({ name: file.name, id }).toString()}`;
          // Shown before it leaves the queue: it never vanishes in between.
          told.current.onAttached(attachmentOf(await sendFile(to, file, signal, onProgress)));
        },
        (error) => {
          if (told.current.isGone()) told.current.toast.failed(error);
        },
      ),
  );
  return queue;
}

/** The answer of the route, as Apollo's cache keeps attachments. */
function attachmentOf(answer: unknown): AttachmentFactsFragment {
  const { id, name, mediaType, size, url, author, createdAt } = answer as Omit<AttachmentFactsFragment, '__typename'>;
  return { __typename: 'Attachment', id, name, mediaType, size, url, author: author && { ...author, __typename: 'Person' }, createdAt };
}
