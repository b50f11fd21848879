import { Group, Modal, NumberInput, Radio, Select, Stack, TextInput } from '@mantine/core';
import { holdsOn, TEAM_ROLES } from '@trainyard/domain';
import { useState } from 'react';
import { Controller, useWatch } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import * as z from 'zod/mini';
import { serverToday } from '../../server-clock.ts';
import { DialogForm } from '../shell/form/DialogForm.tsx';
import { wholePercent } from '../shell/form/rules.ts';
import { useMutationForm, type MutationForm } from '../shell/form/useMutationForm.ts';
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
      {membership ? <EditMembership key={membership.id} membership={membership} onDone={onClose} /> : <AddMembership teamId={teamId} onDone={onClose} />}
    </Modal>
  );
}

const refetchQueries = [TeamDocument, TeamsDocument];
const at = { ALLOCATION_OUT_OF_RANGE: 'allocation' } as const;

/** Of a new one nothing is written but chosen, and the choice of a person is shown by what the server says of them: no draft is kept. */
function AddMembership({ teamId, onDone }: { teamId: string; onDone: () => void }) {
  const { t } = useTranslation('staffing');
  const form = useMutationForm(AddMembershipDocument, {
    schema: membershipForm,
    values: { userId: '', roleId: '', teamRole: 'MEMBER', allocation: 100, fromDate: '', toDate: '', counts: 'ALWAYS', since: '' },
    refetchQueries,
    at,
    variables: ({ counts: _counts, since: _since, fromDate, toDate, ...input }) => ({
      input: { teamId, ...input, fromDate: fromDate || null, toDate: toDate || null },
    }),
    onDone,
  });
  return <MembershipFields form={form} submit={t('member.add')} />;
}

function EditMembership({ membership, onDone }: { membership: Membership; onDone: () => void }) {
  const { t } = useTranslation('shell');
  const { id, version, user, profession, teamRole, allocation, fromDate, toDate } = membership;
  const today = serverToday();
  // what has not begun before today has nothing that could stay as it was
  const hasPast = holdsOn(membership, today) && fromDate !== today;
  const form = useMutationForm(UpdateMembershipDocument, {
    schema: membershipForm,
    values: {
      userId: user.id,
      roleId: profession.id,
      teamRole,
      allocation,
      fromDate: fromDate ?? '',
      toDate: toDate ?? '',
      counts: hasPast ? 'SINCE' : 'ALWAYS',
      since: hasPast ? today : '',
    },
    changes: TeamDocument,
    draft: `membership:${id}`,
    refetchQueries,
    at,
    variables: ({ userId: _userId, counts, since, ...input }) => {
      const isFromDay = counts === 'SINCE';
      return {
        id,
        version,
        ...input,
        fromDate: (isFromDay ? fromDate : input.fromDate) || null,
        toDate: input.toDate || null,
        since: isFromDay ? since : null,
      };
    },
    onDone,
  });
  return <MembershipFields form={form} membership={membership} hasPast={hasPast} submit={t('save')} />;
}

interface MembershipFieldsProps {
  form: MutationForm<MembershipForm>;
  membership?: Membership;
  hasPast?: boolean;
  submit: string;
}

function MembershipFields({ form, membership, hasPast = false, submit }: MembershipFieldsProps) {
  const { t } = useTranslation('staffing');
  const professions = useProfessionChoices();
  const [person, setPerson] = useState<Candidate | null>(membership?.user ?? null);
  const { control, theirs, errorOf } = form;
  const [allocation, fromDate, toDate, counts, since] = useWatch({ control, name: ['allocation', 'fromDate', 'toDate', 'counts', 'since'] });
  const begins = counts === 'SINCE' ? since : fromDate;

  return (
    <DialogForm form={form} submit={submit}>
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
              error={errorOf('userId')}
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
            error={errorOf('roleId')}
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
              error={errorOf('allocation')}
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
          <TextInput {...form.field('since')} type="date" label={t('member.since')} description={t('member.sinceText')} />
        ) : (
          <TextInput {...form.field('fromDate')} type="date" label={t('member.from')} description={theirs('fromDate') ?? t('member.fromText')} />
        )}
        <TextInput {...form.field('toDate')} type="date" label={t('member.to')} description={theirs('toDate') ?? t('member.toText')} />
      </Group>
      {person && (
        <AllocationWarning
          person={person}
          membershipId={membership?.id}
          wanted={{ allocation: Number(allocation) || 0, fromDate: begins || null, toDate: toDate || null }}
        />
      )}
    </DialogForm>
  );
}
