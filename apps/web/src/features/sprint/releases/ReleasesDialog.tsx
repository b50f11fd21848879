import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconPencil, IconPlus, IconTrash } from '@tabler/icons-react';
import { releaseStanding } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/useFormat.ts';
import type { ReleaseHeadFragment } from '../sprints.generated.ts';
import { releaseWords } from './release-words.ts';
import { ReleaseForm } from './ReleaseForm.tsx';
import { ReleaseMark } from './ReleaseMark.tsx';
import classes from './Releases.module.css';
import { useReleases } from './useReleases.ts';

/** The list of releases, the form of a new one, or that of one by its id. */
export type ReleasesAt = 'LIST' | 'NEW' | { id: string };

export interface ReleasesDialogProps {
  projectId: string;
  releases: readonly ReleaseHeadFragment[];
  /** Of the project. */
  today: string;
  mayManage: boolean;
  at: ReleasesAt;
  onAt: (at: ReleasesAt) => void;
  onClose: () => void;
}

/** The releases of a project: read by all, made, changed and deleted by whoever plans it. */
export function ReleasesDialog({ projectId, releases, today, mayManage, at, onAt, onClose }: ReleasesDialogProps) {
  const { t } = useTranslation('sprint');
  const { remove, done } = useReleases();
  const one = typeof at === 'object' ? releases.find(({ id }) => id === at.id) : undefined;
  const isForm = mayManage && (at === 'NEW' || one !== undefined);
  const title = !isForm ? t('releases.title') : t(one ? 'releases.edit' : 'releases.new');
  return (
    <Modal opened onClose={onClose} title={title}>
      {isForm ? (
        <ReleaseForm
          key={one?.id ?? ''}
          projectId={projectId}
          release={one ?? null}
          today={today}
          onDone={(made) => {
            done(made, one ?? null);
            onAt('LIST');
          }}
        />
      ) : (
        <>
          {releases.length === 0 ? (
            <p className={classes.none}>{t('releases.none')}</p>
          ) : (
            <ul className={classes.list} aria-label={t('releases.title')}>
              {releases.map((release) => (
                <ReleaseRow
                  key={release.id}
                  release={release}
                  today={today}
                  mayManage={mayManage}
                  onEdit={() => onAt({ id: release.id })}
                  onDelete={() => remove(release)}
                />
              ))}
            </ul>
          )}
          {mayManage && (
            <Button mt="sm" variant="default" leftSection={<IconPlus size={14} aria-hidden="true" />} onClick={() => onAt('NEW')} data-autofocus>
              {t('releases.new')}
            </Button>
          )}
        </>
      )}
    </Modal>
  );
}

interface RowProps {
  release: ReleaseHeadFragment;
  today: string;
  mayManage: boolean;
  onEdit: () => void;
  onDelete: () => void;
}

function ReleaseRow({ release, today, mayManage, onEdit, onDelete }: RowProps) {
  const { t } = useTranslation('sprint');
  const format = useFormat();
  const standing = releaseStanding(release, today);
  const { name, description } = release;
  return (
    <li className={classes.row}>
      <ReleaseMark standing={standing} />
      <span className={classes.name}>{name}</span>
      {mayManage && (
        <span className={classes.tools}>
          <ActionIcon variant="subtle" color="gray" aria-label={t('releases.editOne', { name })} title={t('releases.editOne', { name })} onClick={onEdit}>
            <IconPencil size={15} aria-hidden="true" />
          </ActionIcon>
          <ActionIcon variant="subtle" color="red" aria-label={t('releases.delete', { name })} title={t('releases.delete', { name })} onClick={onDelete}>
            <IconTrash size={15} aria-hidden="true" />
          </ActionIcon>
        </span>
      )}
      <span className={standing === 'OVERDUE' ? `${classes.facts} ${classes.late}` : classes.facts}>{releaseWords(t, format, release, today)}</span>
      {description !== '' && <span className={classes.text}>{description}</span>}
    </li>
  );
}
