import { Button, Stack } from '@mantine/core';
import { DialogFoot } from '@trainyard/ui';
import type { ReactNode } from 'react';
import type { FieldValues } from 'react-hook-form';
import { FormDraftNote } from '../drafts/FormDraftNote.tsx';
import { ErrorNotice } from '../error/ErrorNotice.tsx';
import type { MutationForm } from './useMutationForm.ts';

export interface DialogFormProps<Values extends FieldValues> {
  form: MutationForm<Values>;
  /** What its button says. */
  submit: string;
  /** Stands beside that button. */
  beside?: ReactNode;
  children: ReactNode;
}

/** A form as the content of a dialog: what was left of before, the fields, and what went wrong above the button that sends it. */
export function DialogForm<Values extends FieldValues>({ form, submit, beside, children }: DialogFormProps<Values>) {
  return (
    <form onSubmit={form.onSubmit} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={form.draft} />
        {children}
        <DialogFoot notice={<ErrorNotice {...form.notice} />}>
          {beside}
          <Button type="submit" loading={form.pending}>
            {submit}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
