import { useApolloClient, useMutation } from '@apollo/client/react';
import { Button, Group, Modal, NumberInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { holdsOn, TEAM_ROLES } from '@trainyard/domain';
import { DialogFoot } from '@trainyard/ui';
import { useState } from 'react';
import { Controller, useForm, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { zodResolver } from '@hookform/resolvers/zod';
import * as z from 'zod/mini';
import { serverToday } from '../../server-clock.ts';
import { FormDraftNote } from '../shell/drafts/FormDraftNote.tsx';
import { useFormDraft } from '../shell/drafts/useFormDraft.ts';
import { useTheirs } from '../shell/drafts/useTheirs.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { wholePercent } from '../shell/form/rules.ts';
import { useFieldError } from '../shell/form/useFieldError.ts';
import { useToast } from '../shell/useToast.ts';
import { useToldWhenGone } from '../shell/useToldWhenGone.ts';
import { AllocationWarning } from './AllocationWarning.tsx';
import { PersonSelect, type Candidate } from './PersonSelect.tsx';
import { AddMembershipDocument, TeamDocument, UpdateMembershipDocument } from './team.generated.ts';
import type { Membership } from './TeamPage.tsx';
import { TeamsDocument } from './teams.generated.ts';
import { useProfessionChoices } from './useProfessionChoices.ts';

const chosen = z.string('required').check(z.minLength(1, 'required'));
const COUNTS = ['SINCE', 'ALWAYS'] as const;
const membershipForm = z
  .object({
    userId: chosen,
    roleId: chosen,
    teamRole: z.enum(TEAM_ROLES),
    allocation: wholePercent,
    fromDate: z.string(),
    toDate: z.string(),
    /** Whether a change counts from a day on, or always did. */
    counts: z.enum(COUNTS),
    since: z.string(),
  })
  .check(
    z.refine((form) => form.counts === 'ALWAYS' || form.since !== '', { error: 'required', path: ['since'] }),
    z.refine((form) => form.counts === 'ALWAYS' || form.toDate === '' || form.since <= form.toDate, { error: 'period', path: ['toDate'] }),
  )
  .check(z.refine((form) => form.fromDate === '' || form.toDate === '' || form.fromDate <= form.toDate, { error: 'period', path: ['toDate'] }));
type MembershipForm = z.infer<typeof membershipForm>;

export interface MembershipDialogProps {
  teamId: string;
  /** The one to change; absent to add one. */
  membership?: Membership;
  opened: boolean;
  onClose: () => void;
}

export function MembershipDialog({ teamId, membership, opened, onClose }: MembershipDialogProps) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={membership ? t('member.editTitle', { name: membership.user.name }) : t('member.add')}>
      <MembershipFields key={membership?.id} teamId={teamId} membership={membership} onDone={onClose} />
    </Modal>
  );
}

function MembershipFields({ teamId, membership, onDone }: { teamId: string; membership?: Membership; onDone: () => void }) {
  const { t } = useTranslation(['staffing', 'shell']);
  const fieldError = useFieldError();
  const professions = useProfessionChoices();
  const [person, setPerson] = useState<Candidate | null>(membership?.user ?? null);
  const refetchQueries = [TeamDocument, TeamsDocument];
  const told = useToldWhenGone();
  const [add, added] = useMutation(AddMembershipDocument, { refetchQueries, errorPolicy: 'all', ...told });
  const [update, updated] = useMutation(UpdateMembershipDocument, { refetchQueries, errorPolicy: 'all', ...told });
  const toast = useToast();
  const client = useApolloClient();
  const today = serverToday();
  // what has not begun before today has nothing that could stay as it was
  const hasPast = membership !== undefined && holdsOn(membership, today) && membership.fromDate !== today;
  const values: MembershipForm = {
    userId: membership?.user.id ?? '',
    roleId: membership?.profession.id ?? '',
    teamRole: membership?.teamRole ?? 'MEMBER',
    allocation: membership?.allocation ?? 100,
    fromDate: membership?.fromDate ?? '',
    toDate: membership?.toDate ?? '',
    counts: hasPast ? 'SINCE' : 'ALWAYS',
    since: hasPast ? today : '',
  };
  const form = useForm<MembershipForm>({ resolver: zodResolver(membershipForm), defaultValues: values });
  const { register, control, handleSubmit, formState } = form;
  // of a new one nothing is written but chosen, and the choice of a person is shown by what the server says of them
  const draft = useFormDraft(membership ? `membership:${membership.id}` : null, form, membership && { following: values });
  const theirs = useTheirs(draft);
  const { errors } = formState;
  const [allocation, fromDate, toDate, counts, since] = useWatch({ control, name: ['allocation', 'fromDate', 'toDate', 'counts', 'since'] });
  const begins = counts === 'SINCE' ? since : fromDate;

  const submit = handleSubmit(async ({ userId, counts: chosenCounts, since: day, ...form }) => {
    const isFromDay = chosenCounts === 'SINCE';
    const input = { ...form, fromDate: (isFromDay ? membership?.fromDate : form.fromDate) || null, toDate: form.toDate || null };
    const { data } = membership
      ? await update({ variables: { id: membership.id, version: membership.version, ...input, since: isFromDay ? day : null } })
      : await add({ variables: { input: { teamId, userId, ...input } } });
    if (!data) return;
    draft.sent();
    onDone();
  });
  const error = added.error ?? updated.error;
  /** Somebody else was faster: read what they chose, and show it under what was chosen here. */
  const catchUp = (): Promise<void> => client.refetchQueries({ include: [TeamDocument] }).then(updated.reset, toast.failed);

  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="sm">
        <FormDraftNote draft={draft} />
        {!membership && (
          <Controller
            control={control}
            name="userId"
            render={({ field }) => (
              <PersonSelect
                label={t('member.person')}
                value={person}
                onChange={(candidate) => {
                  setPerson(candidate);
                  field.onChange(candidate?.id ?? '');
                }}
                error={fieldError(errors.userId)}
              />
            )}
          />
        )}
        <Controller
          control={control}
          name="roleId"
          render={({ field }) => (
            <Select
              {...field}
              label={t('member.profession')}
              description={theirs('roleId', (id) => professions.flatMap(({ items }) => items).find(({ value }) => value === id)?.label ?? '')}
              searchable
              allowDeselect={false}
              data={professions}
              nothingFoundMessage={t('profession.none')}
              error={fieldError(errors.roleId)}
            />
          )}
        />
        <Group grow align="flex-start" gap="sm">
          <Controller
            control={control}
            name="teamRole"
            render={({ field }) => (
              <Select
                {...field}
                label={t('member.rights')}
                description={theirs('teamRole', (role) => t(`teamRole.${role as MembershipForm['teamRole']}`))}
                allowDeselect={false}
                data={TEAM_ROLES.map((value) => ({ value, label: t(`teamRole.${value}`) }))}
              />
            )}
          />
          <Controller
            control={control}
            name="allocation"
            render={({ field }) => (
              <NumberInput
                {...field}
                label={t('member.allocation')}
                description={theirs('allocation', (share) => `${share}%`)}
                min={0}
                max={100}
                step={10}
                clampBehavior="none"
                allowDecimal={false}
                suffix="%"
                error={fieldError(errors.allocation)}
              />
            )}
          />
        </Group>
        {hasPast && (
          <Controller
            control={control}
            name="counts"
            render={({ field }) => (
              <Radio.Group {...field} label={t('member.counts')}>
                <Stack gap={6} mt={6}>
                  {COUNTS.map((value) => (
                    <Radio key={value} value={value} label={t(`member.countsAs.${value}`)} description={t(`member.countsText.${value}`)} />
                  ))}
                </Stack>
              </Radio.Group>
            )}
          />
        )}
        <Group grow align="flex-start" gap="sm">
          {counts === 'SINCE' ? (
            <TextInput {...register('since')} type="date" label={t('member.since')} description={t('member.sinceText')} error={fieldError(errors.since)} />
          ) : (
            <TextInput {...register('fromDate')} type="date" label={t('member.from')} description={theirs('fromDate') ?? t('member.fromText')} />
          )}
          <TextInput
            {...register('toDate')}
            type="date"
            label={t('member.to')}
            description={theirs('toDate') ?? t('member.toText')}
            error={fieldError(errors.toDate)}
          />
        </Group>
        {person && (
          <AllocationWarning
            person={person}
            membershipId={membership?.id}
            wanted={{ allocation: Number(allocation) || 0, fromDate: begins || null, toDate: toDate || null }}
          />
        )}
        <DialogFoot notice={<ErrorNotice error={error} onStale={membership && catchUp} />}>
          <Button type="submit" loading={added.loading || updated.loading}>
            {membership ? t('shell:save') : t('member.add')}
          </Button>
        </DialogFoot>
      </Stack>
    </form>
  );
}
