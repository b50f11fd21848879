import { ActionIcon } from '@mantine/core';
import { PROJECT_NAME_MAX } from '@trainyard/domain';
import { IconArchive, IconArchiveOff, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import classes from './BoardRow.module.css';
import { NameField } from './NameField.tsx';
import type { SettingsBoardFragment } from './project-state.generated.ts';

export interface BoardRowProps {
  board: SettingsBoardFragment;
  projectKey: string;
  readOnly: boolean;
  /** The one that must remain. */
  isLast: boolean;
  /** Gives the error where the new name is refused. */
  onRename: (name: string) => Promise<unknown>;
  /** Absent where it already is first, or last. */
  onUp?: () => void;
  onDown?: () => void;
  onArchive: () => void;
  onRestore: () => void;
  onDelete: () => void;
}

/** One board as a row: its name is edited in place, an archived one is marked and opens by its link. */
export function BoardRow({ board, projectKey, readOnly, isLast, onRename, onUp, onDown, onArchive, onRestore, onDelete }: BoardRowProps) {
  const { t } = useTranslation('project');
  const format = useFormat();
  const { name, archived } = board;
  const button = { variant: 'subtle', color: 'gray' } as const;
  return (
    <tr data-archived={archived || undefined}>
      <td className={classes.name}>
        {readOnly ? (
          name
        ) : (
          <NameField draftKey={`board:${board.id}:name`} label={t('column.nameOf', { name })} name={name} max={PROJECT_NAME_MAX} onSave={onRename} />
        )}
        {archived && (
          <Link className={classes.archived} to="/projects/$projectKey/board/$boardId" params={{ projectKey, boardId: board.id }}>
            {t('board.archived')}
          </Link>
        )}
      </td>
      <td>{t(`boardKind.${board.kind}`)}</td>
      <td data-numeric>{format.number(board.ticketCount)}</td>
      {!readOnly && (
        <td data-actions>
          <div className={classes.actions}>
            <ActionIcon {...button} disabled={!onUp} onClick={onUp} aria-label={t('column.up', { name })}>
              <IconArrowUp size={16} stroke={1.6} />
            </ActionIcon>
            <ActionIcon {...button} disabled={!onDown} onClick={onDown} aria-label={t('column.down', { name })}>
              <IconArrowDown size={16} stroke={1.6} />
            </ActionIcon>
            {archived ? (
              <ActionIcon {...button} onClick={onRestore} aria-label={t('board.restoreOf', { name })} title={t('board.restore')}>
                <IconArchiveOff size={16} stroke={1.6} />
              </ActionIcon>
            ) : (
              <ActionIcon
                {...button}
                disabled={isLast}
                onClick={onArchive}
                aria-label={t('board.archiveOf', { name })}
                title={isLast ? t('board.last') : t('board.archive')}
              >
                <IconArchive size={16} stroke={1.6} />
              </ActionIcon>
            )}
            <ActionIcon
              {...button}
              disabled={!archived}
              onClick={onDelete}
              aria-label={t('board.deleteTitle', { name })}
              title={archived ? t('board.delete') : t('board.deleteArchivedOnly')}
            >
              <IconTrash size={16} stroke={1.6} />
            </ActionIcon>
          </div>
        </td>
      )}
    </tr>
  );
}
