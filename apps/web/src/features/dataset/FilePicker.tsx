import { IconFileUpload, IconX } from '@tabler/icons-react';
import type { DatasetFileRole, DatasetKind } from '@trainyard/domain';
import { useId, useRef, useState, type ChangeEvent, type DragEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { neededRoles, rolesOf } from './dataset-form.ts';
import classes from './FilePicker.module.css';
import { guessRoles, type ChosenFiles } from './file-roles.ts';

export interface FilePickerProps {
  kind: DatasetKind;
  files: ChosenFiles;
  onChoose: (files: ChosenFiles) => void;
  /** The role that was found missing. */
  missing: DatasetFileRole | null;
  disabled: boolean;
}

/** Drop all files at once, or choose them one by one: which is which is guessed from their names and shown. */
export function FilePicker({ kind, files, onChoose, missing, disabled }: FilePickerProps) {
  const { t } = useTranslation('dataset');
  const [over, setOver] = useState(false);
  const inputId = useId();
  const input = useRef<HTMLInputElement>(null);
  const many = kind === 'IDX';
  const take = (taken: readonly File[]): void => {
    const [table] = taken;
    if (disabled || !table) return;
    onChoose(many ? { ...files, ...guessRoles(taken) } : { TABLE: table });
  };
  const onDrop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  const onPick = (event: ChangeEvent<HTMLInputElement>): void => {
    take([...(event.currentTarget.files ?? [])]);
    event.currentTarget.value = '';
  };
  return (
    <div className={classes.root}>
      <div
        className={classes.zone}
        data-over={over || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={onDrop}
      >
        <IconFileUpload size={20} aria-hidden="true" />
        <label htmlFor={inputId}>{many ? t('create.dropImages') : t('create.dropTable')}</label>
        <input ref={input} id={inputId} type="file" multiple={many} disabled={disabled} onChange={onPick} className={classes.input} />
      </div>
      <ul className={classes.list}>
        {rolesOf(kind).map((role) => (
          <FileSlot
            key={role}
            role={role}
            file={files[role]}
            needed={neededRoles(kind).includes(role)}
            missing={missing === role}
            disabled={disabled}
            onRemove={() => {
              // The button goes with its file.
              input.current?.focus();
              onChoose(withoutRole(files, role));
            }}
          />
        ))}
      </ul>
    </div>
  );
}

function FileSlot({
  role,
  file,
  needed,
  missing,
  disabled,
  onRemove,
}: {
  role: DatasetFileRole;
  file: File | undefined;
  needed: boolean;
  missing: boolean;
  disabled: boolean;
  onRemove: () => void;
}) {
  const { t } = useTranslation('dataset');
  const format = useFormat();
  return (
    <li className={classes.slot}>
      <span className={classes.role}>{t(`role.${role}`)}</span>
      {file ? (
        <>
          <span className={classes.file} title={file.name}>
            {file.name}
          </span>
          <span className={classes.size}>{format.bytes(file.size)}</span>
          <button type="button" className={classes.remove} disabled={disabled} onClick={onRemove} aria-label={t('create.remove', { file: file.name })}>
            <IconX size={14} aria-hidden="true" />
          </button>
        </>
      ) : (
        <span className={missing ? classes.missing : classes.none} role={missing ? 'alert' : undefined}>
          {missing ? t('create.fileMissing') : needed ? t('create.needed') : t('create.optional')}
        </span>
      )}
    </li>
  );
}

function withoutRole(files: ChosenFiles, role: DatasetFileRole): ChosenFiles {
  const rest = { ...files };
  delete rest[role];
  return rest;
}
