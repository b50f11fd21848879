import { useMutation, useQuery } from '@apollo/client/react';
import { ActionIcon, Button, Modal, MultiSelect, Skeleton, Stack, TextInput } from '@mantine/core';
import { IconPlus, IconTrash } from '@tabler/icons-react';
import { CHECK_TEXT_MAX, CHECKS_EACH, REQUIRABLE_FIELDS, SET_FIELDS } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import classes from './ColumnRow.module.css';
import { ColumnPolicyDocument, SetColumnPolicyDocument, type ColumnPolicyQuery, type SettingsColumnFragment } from './project-settings.generated.ts';

export interface ColumnPolicyDialogProps {
  column: SettingsColumnFragment;
  onClose: () => void;
}

/** What a column asks of tickets that come into it. */
export function ColumnPolicyDialog({ column, onClose }: ColumnPolicyDialogProps) {
  const { t } = useTranslation('project');
  const { data, error, refetch } = useQuery(ColumnPolicyDocument, { variables: { id: column.id }, fetchPolicy: 'network-only' });
  const read = data?.column;
  return (
    <Modal opened onClose={onClose} title={t('gate.title', { name: column.name })}>
      {error && !read && <ErrorNotice error={error} onRetry={refetch} />}
      {!read && !error && <Skeleton height={120} />}
      {read && <PolicyForm key={read.version} column={read} onClose={onClose} />}
    </Modal>
  );
}

function PolicyForm({ column, onClose }: { column: NonNullable<ColumnPolicyQuery['column']>; onClose: () => void }) {
  const { t } = useTranslation('project');
  const { t: ticket } = useTranslation('ticket');
  const [requiredFields, setRequired] = useState<readonly string[]>(column.policy.requiredFields);
  const [checks, setChecks] = useState<readonly { id: string | null; text: string }[]>(column.policy.checks.map(({ id, text }) => ({ id, text })));
  const [save, { loading, error }] = useMutation(SetColumnPolicyDocument, { errorPolicy: 'all' });
  const nameOf = (as: string): string => ticket(`list.field.${SET_FIELDS.find((field) => field.as === as)?.name ?? 'title'}`);
  const send = async (): Promise<void> => {
    const { data } = await save({
      variables: { id: column.id, version: column.version, requiredFields: [...requiredFields], checks: checks.filter(({ text }) => text.trim() !== '') },
    });
    if (data) onClose();
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      <Stack gap="sm">
        <MultiSelect
          label={t('gate.fields')}
          description={t('gate.fieldsText')}
          data={REQUIRABLE_FIELDS.map((as) => ({ value: as as string, label: nameOf(as) }))}
          value={[...requiredFields]}
          onChange={setRequired}
          data-autofocus
        />
        <fieldset className={classes.checks}>
          <legend>{t('gate.checks')}</legend>
          {checks.map((check, i) => (
            <div key={check.id ?? `new-${i}`} className={classes.check}>
              <TextInput
                aria-label={t('gate.check', { number: i + 1 })}
                value={check.text}
                // one that is added is written next
                autoFocus={check.id === null}
                maxLength={CHECK_TEXT_MAX}
                onChange={(event) => setChecks(checks.with(i, { ...check, text: event.currentTarget.value }))}
              />
              <ActionIcon variant="subtle" color="gray" aria-label={t('gate.remove', { number: i + 1 })} onClick={() => setChecks(checks.toSpliced(i, 1))}>
                <IconTrash size={16} aria-hidden="true" />
              </ActionIcon>
            </div>
          ))}
          {checks.length < CHECKS_EACH && (
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<IconPlus size={14} aria-hidden="true" />}
              onClick={() => setChecks([...checks, { id: null, text: '' }])}
            >
              {t('gate.add')}
            </Button>
          )}
        </fieldset>
        <DialogFoot notice={<ErrorNotice error={error} />}>
          <Button type="submit" loading={loading}>
            {t('gate.save')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
