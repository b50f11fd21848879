import { useApolloClient, useMutation, useQuery } from '@apollo/client/react';
import { ActionIcon, Menu, Modal } from '@mantine/core';
import { IconDots, IconLock, IconPencil, IconReplace, IconTrash, IconUsers } from '@tabler/icons-react';
import { ConfirmDialog } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useToast } from '../shell/useToast.ts';
import { Waiting } from '../shell/Waiting.tsx';
import { RenameViewDialog } from './SaveViewDialog.tsx';
import { ViewNote } from './ViewNote.tsx';
import { DeleteSavedViewDocument, SavedViewsDocument, UpdateSavedViewDocument, type SavedViewPartsFragment } from './saved-views.generated.ts';
import type { ViewPlace, ViewRights } from './useViewRights.ts';
import classes from './ManageViews.module.css';

interface ManagedProps {
  place: ViewPlace;
  /** The query that is asked for; null: what stands there is none. */
  query: string | null;
  rights: ViewRights;
}

/** All views of a place with what may be done to them. What is asked about one takes the place of the list. */
export function ManageViews({ opened, onClose, ...props }: ManagedProps & { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('lists');
  const [renaming, setRenaming] = useState<SavedViewPartsFragment | null>(null);
  const [doomed, setDoomed] = useState<SavedViewPartsFragment | null>(null);
  return (
    <>
      <Modal opened={opened && !renaming && !doomed} onClose={onClose} title={t('view.manageTitle')}>
        <Views {...props} onRename={setRenaming} onDelete={setDoomed} />
      </Modal>
      <RenameViewDialog view={renaming} onDone={() => setRenaming(null)} />
      <DeleteView view={doomed} onDone={() => setDoomed(null)} />
    </>
  );
}

interface Asking {
  onRename: (view: SavedViewPartsFragment) => void;
  onDelete: (view: SavedViewPartsFragment) => void;
}

function Views({ place: { list, project }, ...props }: ManagedProps & Asking) {
  const { t } = useTranslation('lists');
  const { data, error, refetch } = useQuery(SavedViewsDocument, {
    variables: { list, projectId: project?.id ?? null },
    fetchPolicy: 'cache-and-network',
  });
  if (!data) {
    return <Waiting error={error} onRetry={refetch} height={120} />;
  }
  if (data.savedViews.length === 0) return <p className={classes.none}>{t('view.none')}</p>;
  return (
    <ul className={classes.list}>
      {data.savedViews.map((view) => (
        <View key={view.id} view={view} {...props} />
      ))}
    </ul>
  );
}

function View({ view, query, rights, onRename, onDelete }: { view: SavedViewPartsFragment } & Omit<ManagedProps, 'place'> & Asking) {
  const { t } = useTranslation('lists');
  const toast = useToast();
  const [update] = useMutation(UpdateSavedViewDocument, { errorPolicy: 'all', onError: toast.failed, refetchQueries: [SavedViewsDocument] });
  const { id, name, shared, version } = view;
  const change = async (input: { query: string } | { shared: boolean }, done: string): Promise<void> => {
    const { data } = await update({ variables: { id, version, input } });
    if (data) toast.done(done);
  };
  return (
    <li className={classes.view}>
      <div className={classes.text}>
        <span>{name}</span>
        <code className={classes.query}>{view.query === '' ? t('view.ofAll') : view.query}</code>
        <ViewNote view={view} />
      </div>
      {rights.change(view) && (
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('view.moreOf', { name })}>
              <IconDots size={16} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={16} stroke={1.6} />} onClick={() => onRename(view)}>
              {t('view.rename')}
            </Menu.Item>
            {query !== null && query !== view.query && (
              <Menu.Item leftSection={<IconReplace size={16} stroke={1.6} />} onClick={() => void change({ query }, t('view.replaced', { name }))}>
                {t('view.replace')}
              </Menu.Item>
            )}
            {(shared || rights.share) && (
              <Menu.Item
                leftSection={shared ? <IconLock size={16} stroke={1.6} /> : <IconUsers size={16} stroke={1.6} />}
                onClick={() => void change({ shared: !shared }, t(shared ? 'view.unshared' : 'view.nowShared', { name }))}
              >
                {t(shared ? 'view.unshare' : 'view.share')}
              </Menu.Item>
            )}
            <Menu.Item color="red" leftSection={<IconTrash size={16} stroke={1.6} />} onClick={() => onDelete(view)}>
              {t('view.delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
    </li>
  );
}

function DeleteView({ view, onDone }: { view: SavedViewPartsFragment | null; onDone: () => void }) {
  const { t } = useTranslation(['lists', 'shell']);
  const toast = useToast();
  const { cache } = useApolloClient();
  const [remove, { loading }] = useMutation(DeleteSavedViewDocument, { errorPolicy: 'all', onError: toast.failed });
  const confirm = async ({ id, name, version }: SavedViewPartsFragment): Promise<void> => {
    const { data } = await remove({ variables: { id, version } });
    if (data) {
      cache.evict({ id: cache.identify({ __typename: 'SavedView', id }) });
      toast.done(t('view.deleted', { name }));
    }
    onDone();
  };
  return (
    <ConfirmDialog
      opened={view !== null}
      title={t('view.deleteTitle')}
      labels={{ confirm: t('view.delete'), cancel: t('shell:cancel') }}
      pending={loading}
      onConfirm={() => view && void confirm(view)}
      onCancel={onDone}
    >
      {t(view?.shared ? 'view.deleteShared' : 'view.deleteOwn', { name: view?.name ?? '' })}
    </ConfirmDialog>
  );
}
