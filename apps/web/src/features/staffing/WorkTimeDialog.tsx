import { useQuery } from '@apollo/client/react';
import { Modal, Skeleton, Stack } from '@mantine/core';
import { can, shiftedDay } from '@trainyard/domain';
import { Delayed } from '@trainyard/ui';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/useFormat.ts';
import { serverToday } from '../../server-clock.ts';
import { useActor } from '../access/useActor.ts';
import { ErrorNotice } from '../shell/error/ErrorNotice.tsx';
import { DaysOff } from './DaysOff.tsx';
import { WeekOfWork } from './WeekOfWork.tsx';
import classes from './WorkTime.module.css';
import { WorkTimeDocument, type WorkTimeQuery } from './work-time.generated.ts';

export type PersonTime = NonNullable<WorkTimeQuery['user']>;

/** Days off are shown so far ahead. */
const AHEAD_DAYS = 365;
const FOUR_WEEKS = 27;

/** When a person works, for everybody to see: the week, days off, and how many hours that leaves. */
export function WorkTimeDialog({ person, opened, onClose }: { person: { id: string; name: string }; opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('staffing');
  return (
    <Modal opened={opened} onClose={onClose} title={t('work.title', { name: person.name })} size="lg">
      {opened && <WorkTime userId={person.id} />}
    </Modal>
  );
}

export function WorkTime({ userId }: { userId: string }) {
  const { t } = useTranslation('staffing');
  const format = useFormat();
  const actor = useActor();
  const today = serverToday();
  const { data, error, refetch } = useQuery(WorkTimeDocument, {
    variables: { id: userId, from: today, to: shiftedDay(today, AHEAD_DAYS), capacityTo: shiftedDay(today, FOUR_WEEKS) },
    fetchPolicy: 'cache-and-network',
  });
  const person = data?.user;
  if (!person)
    return (
      <>
        <ErrorNotice error={error} onRetry={refetch} />
        {!error && (
          <Delayed>
            <Skeleton height={260} />
          </Delayed>
        )}
      </>
    );
  const teams = person.memberships.map(({ team }) => team.id);
  const teamId = teams.find((id) => actor.teams[id] === 'LEAD') ?? teams[0] ?? '';
  const mayChange = can(actor, 'workTime.manage', { teamId, ownerId: person.id });
  return (
    <Stack gap="lg">
      <ErrorNotice error={error} onRetry={refetch} />
      <p className={classes.capacity}>{t('work.capacity', { hours: format.number(Math.round(person.capacityMinutes / 6) / 10) })}</p>
      <WeekOfWork person={person} calendars={data.calendars} mayChange={mayChange} />
      <DaysOff person={person} mayChange={mayChange} />
    </Stack>
  );
}
