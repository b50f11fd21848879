import { TextInput } from '@mantine/core';
import { RELEASE_NAME_MAX, RELEASE_TEXT_MAX } from '@trainyard/domain';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { DialogForm } from '../../shell/form/DialogForm.tsx';
import { optionalText, requiredText } from '../../shell/form/rules.ts';
import { useMutationForm, type MutationForm } from '../../shell/form/useMutationForm.ts';
import { GrowingText } from '../../shell/GrowingText.tsx';
import { CreateReleaseDocument, UpdateReleaseDocument, type ReleaseHeadFragment } from '../sprints.generated.ts';
import { TimelineDocument } from '../timeline/timeline.generated.ts';

const facts = z.object({
  name: requiredText(RELEASE_NAME_MAX),
  plannedOn: z.string('required').check(z.minLength(1, 'required')),
  /** Empty: it is not out. */
  releasedOn: z.string(),
  description: optionalText(RELEASE_TEXT_MAX),
});
type Facts = z.infer<typeof facts>;

const sent = ({ releasedOn, ...rest }: Facts) => ({ ...rest, releasedOn: releasedOn === '' ? null : releasedOn });
const SHARED = { schema: facts, refetchQueries: [TimelineDocument], at: { RELEASE_TAKEN: 'name' as const } };

export interface ReleaseFormProps {
  projectId: string;
  /** What is changed; null: a new one. */
  release: ReleaseHeadFragment | null;
  /** Of the project: nothing was released later. */
  today: string;
  onDone: (release: ReleaseHeadFragment) => void;
}

export function ReleaseForm({ release, ...rest }: ReleaseFormProps) {
  return release ? <EditRelease release={release} {...rest} /> : <NewRelease {...rest} />;
}

function NewRelease({ projectId, today, onDone }: Omit<ReleaseFormProps, 'release'>) {
  const { t } = useTranslation('sprint');
  const form = useMutationForm(CreateReleaseDocument, {
    ...SHARED,
    values: { name: '', plannedOn: today, releasedOn: '', description: '' },
    variables: (values) => ({ input: { projectId, ...sent(values) } }),
    onDone: ({ createRelease }) => onDone(createRelease),
  });
  return (
    <DialogForm form={form} submit={t('releases.create')}>
      <Fields form={form} today={today} />
    </DialogForm>
  );
}

function EditRelease({ release, today, onDone }: Omit<ReleaseFormProps, 'release'> & { release: ReleaseHeadFragment }) {
  const { t } = useTranslation('sprint');
  const { id, version, name, plannedOn, releasedOn, description } = release;
  const form = useMutationForm(UpdateReleaseDocument, {
    ...SHARED,
    values: { name, plannedOn, releasedOn: releasedOn ?? '', description },
    variables: (values) => ({ id, version, input: sent(values) }),
    onDone: ({ updateRelease }) => onDone(updateRelease),
  });
  return (
    <DialogForm form={form} submit={t('sprint.save')}>
      <Fields form={form} today={today} />
    </DialogForm>
  );
}

function Fields({ form, today }: { form: MutationForm<Facts>; today: string }) {
  const { t } = useTranslation('sprint');
  return (
    <>
      <TextInput {...form.field('name')} label={t('releases.name')} placeholder={t('releases.nameHint')} autoFocus data-autofocus />
      <TextInput {...form.field('plannedOn')} type="date" label={t('releases.plannedOn')} />
      <TextInput {...form.field('releasedOn')} type="date" max={today} label={t('releases.releasedOn')} description={t('releases.releasedHint')} />
      <GrowingText {...form.field('description')} label={t('releases.description')} minRows={2} maxRows={8} />
    </>
  );
}
