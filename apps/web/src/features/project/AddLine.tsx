import { Button, Group, Select, TextInput } from '@mantine/core';
import { Controller, type FieldPath } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import type { MutationForm } from '../shell/form/useMutationForm.ts';

interface NameAndKind<Kind> {
  name: string;
  kind: Kind;
}

export interface AddLineProps<Kind extends string> {
  form: MutationForm<NameAndKind<Kind>>;
  name: string;
  kind: { label: string; width: number; options: readonly { value: Kind; label: string }[] };
  submit: string;
  onClose: () => void;
}

/** A line that adds a thing of a name and a kind. */
export function AddLine<Kind extends string>({ form, name, kind, submit, onClose }: AddLineProps<Kind>) {
  const { t } = useTranslation('shell');
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <FormDraftNote draft={form.draft} />
      <Group align="flex-start" gap="xs">
        <TextInput {...form.field('name')} aria-label={name} placeholder={name} autoFocus />
        <Controller
          control={form.control}
          name={'kind' as FieldPath<NameAndKind<Kind>>}
          render={({ field }) => <Select {...field} aria-label={kind.label} w={kind.width} allowDeselect={false} data={kind.options} />}
        />
        <Button type="submit" loading={form.pending}>
          {submit}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            form.draft.discard();
            onClose();
          }}
        >
          {t('cancel')}
        </Button>
      </Group>
      <ErrorNotice {...form.notice} />
    </form>
  );
}
