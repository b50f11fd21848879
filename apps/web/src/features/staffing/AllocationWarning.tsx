import { holdsOn, mostAllocated, type Allocation } from '@trainyard/domain';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { serverToday } from '../../server-clock.ts';
import classes from './AllocationWarning.module.css';
import type { Candidate } from './PersonSelect.tsx';
import { useDayText } from './useDayText.ts';

export interface AllocationWarningProps {
  person: Candidate;
  /** The membership that `wanted` replaces. */
  membershipId?: string;
  wanted: Allocation;
}

/** Says, before it is saved, that a person would be promised for more time than they have. Allowed all the same. */
export function AllocationWarning({ person, membershipId, wanted }: AllocationWarningProps) {
  const { t } = useTranslation('staffing');
  const day = useDayText();
  const others = person.memberships.filter((membership) => membership.id !== membershipId);
  const today = serverToday();
  const fromDate = wanted.fromDate !== null && wanted.fromDate > today ? wanted.fromDate : today;
  const most = mostAllocated([...others, wanted], { fromDate, toDate: wanted.toDate });
  const held = others.filter((membership) => holdsOn(membership, most.day));
  return (
    <div role="status">
      {most.total > 100 && (
        <p className={classes.warning}>
          <IconAlertTriangle size={16} aria-hidden="true" />
          <span>
            {most.day === today
              ? t('wouldBeOver', { name: person.name, total: most.total })
              : t('wouldBeOverOn', { name: person.name, total: most.total, day: day(most.day) })}{' '}
            {held.map((membership) => `${membership.team.name} ${membership.allocation}%`).join(' · ')}
          </span>
        </p>
      )}
    </div>
  );
}
