import { useApolloClient, useMutation } from '@apollo/client/react';
import { ConfirmDialog, HeadOfActions, Table } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toldByQuery } from '../../apollo-failure.ts';
import { useFormat } from '../../i18n/useFormat.ts';
import { LabelDot } from './LabelDot.tsx';
import { useToast } from '../shell/useToast.ts';
import { AddLabel } from './AddLabel.tsx';
import { LabelRow } from './LabelRow.tsx';
import classes from './ProjectLabels.module.css';
import { ProjectSettingsDocument, RemoveLabelDocument, type ProjectSettingsQuery, type SettingsLabelFragment } from './project-settings.generated.ts';

/** The labels of a project, with how many tickets carry each. */
export function ProjectLabels({ project, readOnly }: { project: NonNullable<ProjectSettingsQuery['project']>; readOnly: boolean }) {
  const { t } = useTranslation(['project', 'shell']);
  const format = useFormat();
  const toast = useToast();
  const client = useApolloClient();
  const { labels } = project;
  const [doomed, setDoomed] = useState<SettingsLabelFragment | null>(null);
  const [asking, setAsking] = useState(false);
  const [remove, { loading }] = useMutation(RemoveLabelDocument, {
    errorPolicy: 'all',
    onError: toast.failed,
    refetchQueries: [ProjectSettingsDocument],
  });

  const ask = (label: SettingsLabelFragment): void => {
    setDoomed(label);
    setAsking(true);
    // what is asked names how many tickets carry it now
    toldByQuery(client.refetchQueries({ include: [ProjectSettingsDocument] }));
  };
  const confirm = async (): Promise<void> => {
    const latest = labels.find((label) => label.id === doomed?.id);
    if (latest) await remove({ variables: { id: latest.id, version: latest.version } });
    setAsking(false);
  };
  const count = (labels.find((label) => label.id === doomed?.id) ?? doomed)?.ticketCount ?? 0;

  return (
    <>
      {labels.length === 0 && <p className={classes.none}>{t('label.none')}</p>}
      {labels.length > 0 && readOnly && (
        <ul className={classes.list} aria-label={t('labels')}>
          {labels.map((label) => (
            <li key={label.id} className={classes.chip}>
              <LabelDot color={label.color} />
              {label.name}
            </li>
          ))}
        </ul>
      )}
      {labels.length > 0 && !readOnly && (
        <Table
          caption={t('labels')}
          head={
            <>
              <th scope="col">{t('label.name')}</th>
              <th scope="col" data-numeric>
                {t('label.tickets')}
              </th>
              <HeadOfActions label={t('label.delete')} />
            </>
          }
        >
          {labels.map((label) => (
            <LabelRow key={label.id} label={label} onDelete={() => ask(label)} />
          ))}
        </Table>
      )}
      {!readOnly && <AddLabel projectId={project.id} />}
      <ConfirmDialog
        opened={asking}
        title={t('label.deleteTitle', { name: doomed?.name ?? '' })}
        labels={{ confirm: t('label.delete'), cancel: t('shell:cancel') }}
        pending={loading}
        onConfirm={() => void confirm()}
        onCancel={() => setAsking(false)}
      >
        {count === 0 ? t('label.deleteUnused') : t('label.deleteText', { count, formatted: format.number(count) })}
      </ConfirmDialog>
    </>
  );
}
