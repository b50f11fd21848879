import { useMutation } from '@apollo/client/react';
import { ActionIcon } from '@mantine/core';
import { IconDownload, IconFile, IconTrash } from '@tabler/icons-react';
import { can, isShownImage, type ProjectScope } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { useActor } from '../access/useActor.ts';
import { offerUndo } from '../shell/offer-undo.tsx';
import { useToast } from '../shell/useToast.ts';
import classes from './Files.module.css';
import { DeleteAttachmentDocument, RestoreAttachmentDocument, type AttachmentFactsFragment } from './subject.generated.ts';

export interface FileItemProps {
  file: AttachmentFactsFragment;
  scope: ProjectScope;
  onChanged: () => void;
  /** It is not shown any more. */
  onGone: () => void;
}

/** A file with who attached it and when: images open in a new tab, all else is saved. */
export function FileItem({ file, scope, onChanged, onGone }: FileItemProps) {
  const { t } = useTranslation('subject');
  const format = useFormat();
  const actor = useActor();
  const { name } = file;
  const isImage = isShownImage(file.mediaType);
  const mayDelete = can(actor, 'attachment.delete', { ...scope, ownerId: file.author?.id ?? null });
  const { remove, loading } = useDelete(file, onChanged);
  const opening = isImage ? { target: '_blank', rel: 'noopener' } : { download: name };
  return (
    <li className={classes.item}>
      {isImage ? (
        <a href={file.url} {...opening} className={classes.picture} tabIndex={-1} aria-hidden="true">
          <img src={file.url} alt="" loading="lazy" decoding="async" />
        </a>
      ) : (
        <span className={classes.picture}>
          <IconFile size={20} stroke={1.5} aria-hidden="true" />
        </span>
      )}
      <div className={classes.text}>
        <a href={file.url} {...opening} className={classes.name} title={name}>
          {name}
        </a>
        <span className={classes.facts}>
          {format.bytes(file.size)} · {file.author?.name ?? t('somebody')} · <time dateTime={file.createdAt}>{format.dateTime(file.createdAt)}</time>
        </span>
      </div>
      <ActionIcon component="a" href={file.url} download={name} variant="subtle" color="gray" aria-label={t('download', { name })}>
        <IconDownload size={16} aria-hidden="true" />
      </ActionIcon>
      {mayDelete && (
        <ActionIcon
          variant="subtle"
          color="gray"
          loading={loading}
          aria-label={t('delete', { name })}
          onClick={() => void remove().then((gone) => gone && onGone())}
        >
          <IconTrash size={16} aria-hidden="true" />
        </ActionIcon>
      )}
    </li>
  );
}

/** Deletes a file at once, and offers for a while to bring it back. True when it is gone. */
function useDelete({ id, name }: AttachmentFactsFragment, onChanged: () => void): { remove: () => Promise<boolean>; loading: boolean } {
  const { t } = useTranslation('subject');
  const toast = useToast();
  const [send, { loading }] = useMutation(DeleteAttachmentDocument);
  const [bringBack] = useMutation(RestoreAttachmentDocument);
  const undo = async (): Promise<void> => {
    try {
      await bringBack({ variables: { id } });
      onChanged();
      toast.done(t('restored', { name }));
    } catch (error) {
      toast.failed(error);
    }
  };
  const remove = async (): Promise<boolean> => {
    try {
      await send({ variables: { id } });
    } catch (error) {
      toast.failed(error);
      onChanged();
      return false;
    }
    onChanged();
    offerUndo(`deleted-${id}`, t('deleted', { name }), undo);
    return true;
  };
  return { remove, loading };
}
