import { Button, Group, Select, TextInput } from '@mantine/core';
import { Controller, useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { requiredText } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';

export interface AddLineProps<Kind extends string> {
  draftKey: string;
  name: { label: string; max: number };
  kind: { label: string; width: number; first: Kind; options: readonly { value: Kind; label: string }[] };
  submit: string;
  pending: boolean;
  /** Says whether it was added. */
  onAdd: (name: string, kind: Kind) => Promise<boolean>;
  onClose: () => void;
}

/** A line that adds a thing of a name and a kind. */
export function AddLine<Kind extends string>({ draftKey, name, kind, submit, pending, onAdd, onClose }: AddLineProps<Kind>) {
  const { t } = useTranslation('shell');
  const fieldError = useFieldError();
  const form = useForm<{ name: string; kind: string }>({
    resolver: zodResolver(z.object({ name: requiredText(name.max), kind: z.enum(kind.options.map(({ value }): string => value)) })),
    defaultValues: { name: '', kind: kind.first },
  });
  const { register, control, handleSubmit, formState } = form;
  const draft = useFormDraft(draftKey, form);

  const add = handleSubmit(async (input) => {
    if (!(await onAdd(input.name, input.kind as Kind))) return;
    draft.sent();
    onClose();
  });

  return (
    <form onSubmit={(event) => void add(event)} noValidate>
      <FormDraftNote draft={draft} />
      <Group align="flex-start" gap="xs">
        <TextInput {...register('name')} aria-label={name.label} placeholder={name.label} autoFocus error={fieldError(formState.errors.name)} />
        <Controller
          control={control}
          name="kind"
          render={({ field }) => <Select {...field} aria-label={kind.label} w={kind.width} allowDeselect={false} data={kind.options} />}
        />
        <Button type="submit" loading={pending}>
          {submit}
        </Button>
        <Button
          variant="default"
          onClick={() => {
            draft.discard();
            onClose();
          }}
        >
          {t('cancel')}
        </Button>
      </Group>
    </form>
  );
}
